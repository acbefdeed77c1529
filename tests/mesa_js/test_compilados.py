"""Con los estáticos compilados, cada módulo encuentra a los que importa."""

import re
from pathlib import Path

from django.core.management import call_command
from django.template.loader import render_to_string
from pytest_django import Settings

IMPORTACION = re.compile(r'from "(\.{1,2}/[^"]+)"')


def test_los_modulos_compilados_se_encuentran_entre_si(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "stl_portal.estaticos.ConModulos"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    js = tmp_path / "js"
    pedidos = {
        (modulo.parent / pedido).resolve()
        for modulo in js.rglob("*.js")
        for pedido in IMPORTACION.findall(modulo.read_text())
    }
    assert {pedido.parent.name for pedido in pedidos} == {
        "js",
        "mesa",
        "firma",
        "municipios",
        "subidas",
        "terceros",
    }
    assert len(pedidos) >= 20
    assert {pedido for pedido in pedidos if not pedido.exists()} == set()
    assert not (js / "mesa" / "guardado.js").exists()


def test_la_biblioteca_de_la_firma_se_sirve_desde_aqui(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "stl_portal.estaticos.ConModulos"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    programas = render_to_string("firma/_programas.html")
    pedidos = re.findall(r'src="/static/([^"]+)"', programas)
    assert [re.sub(r"\.[0-9a-f]{12}\.", ".", pedido) for pedido in pedidos] == [
        "terceros/forge.min.js",
        "js/firma/efirma.js",
    ]
    assert all((tmp_path / pedido).is_file() for pedido in pedidos)


def test_las_de_las_subidas_tambien(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "stl_portal.estaticos.ConModulos"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    pedidos = re.findall(r'src="/static/([^"]+)"', render_to_string("componentes/subida_programas.html"))
    assert [re.sub(r"\.[0-9a-f]{12}\.", ".", pedido) for pedido in pedidos] == [
        "terceros/tus.min.js",
        "js/subidas/subidas.js",
    ]
    assert all((tmp_path / pedido).is_file() for pedido in pedidos)
    # De esas bibliotecas no se publica lo que el navegador no usa.
    assert not list((tmp_path / "terceros").glob("*test-bundle*"))
