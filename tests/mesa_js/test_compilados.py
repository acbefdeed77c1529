"""Con los estáticos compilados, cada módulo encuentra a los que importa."""

import re
from pathlib import Path

from django.core.management import call_command
from pytest_django import Settings

IMPORTACION = re.compile(r'from "(\./[^"]+)"')


def test_los_modulos_compilados_se_encuentran_entre_si(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "stl_portal.estaticos.ConModulos"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    carpeta = tmp_path / "js" / "mesa"
    pedidos = {
        pedido for modulo in carpeta.glob("*.js") for pedido in IMPORTACION.findall(modulo.read_text())
    }
    assert len(pedidos) >= 20
    assert {pedido for pedido in pedidos if not (carpeta / pedido).exists()} == set()
    assert not (carpeta / "guardado.js").exists()
