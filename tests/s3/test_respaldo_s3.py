"""Respaldar desde un cubo y restaurar en otro: lo mismo, byte por byte."""

import os
import subprocess
import sys
import uuid
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as ajustes
from django.core.management import CommandError, call_command
from pytest_django import Settings

from stl_portal.archivo import almacen, deposito
from stl_portal.respaldo import carpeta as carpetas
from stl_portal.respaldo import simulacro
from stl_portal.respaldo.comprobar import comprobar
from stl_portal.respaldo.hacer import ARCHIVOS
from stl_portal.respaldo.informe import Informe
from stl_portal.secretos import DEL_ALMACEN
from stl_portal.sello.bitacora import anotar
from tests.respaldo.conftest import Llaves, carpeta, llaves
from tests.respaldo.test_ida_y_vuelta import como_migrada

from .conftest import en_crudo, objetos, usar
from .servicio import Cubo

__all__ = ["carpeta", "como_migrada", "llaves"]


@pytest.mark.usefixtures("como_migrada")
def test_se_respalda_de_un_cubo_y_se_restaura_en_otro_byte_por_byte(
    carpeta: Path, llaves: Llaves, settings: Settings, cubo: Cubo, caido: Cubo, tmp_path: Path
) -> None:
    for tamano in (0, 10, 300_000):
        almacen.guardar_propio(os.urandom(tamano), f"{tamano}.txt")
    anotar("prueba", {"n": 1})
    usar(settings, caido)
    with pytest.raises(CommandError, match="El almacén de archivos no responde"):
        call_command("respaldar")
    assert carpetas.hechos(carpeta) == {}
    usar(settings, cubo)
    call_command("respaldar", stdout=StringIO())
    ruta, guardados = carpetas.ultimo(carpeta), objetos()
    en_el_respaldo = comprobar(ruta, llaves.privada)
    llevados = {c.nombre for c in en_el_respaldo.cosas if c.nombre.startswith(ARCHIVOS)}
    assert llevados == {f"{ARCHIVOS}{nombre[3:]}" for nombre in guardados}

    otro = Cubo(cubo.url, f"otro-{uuid.uuid4().hex}")
    with simulacro._base_aparte(tmp_path) as base:
        usar(settings, otro)
        en_crudo().create()
        assert deposito.actual().esta_vacio()
        dicho = _restaurar(ruta, base, otro, tmp_path)
    assert {renglon[:4] for renglon in dicho.splitlines()} == {"BIEN"}
    assert (objetos(), deposito.actual().esta_vacio()) == (guardados, False)
    usar(settings, cubo)
    _el_simulacro_compara_con_el_cubo_sin_tocarlo(ruta, llaves, guardados, tmp_path)


def _restaurar(ruta: Path, base: str, donde: Cubo, aparte: Path) -> str:
    """La orden, en otro proceso con esa base y ese cubo; lo que dijo."""
    entorno = simulacro._entorno(base, aparte) | donde.entorno()
    orden = [sys.executable, str(ajustes.BASE_DIR / "manage.py"), "restaurar", str(ruta)]
    hecho = subprocess.run(orden, env=entorno, capture_output=True, text=True, check=False)
    return hecho.stdout + hecho.stderr


def _el_simulacro_compara_con_el_cubo_sin_tocarlo(
    ruta: Path, llaves: Llaves, guardados: dict[str, bytes], tmp_path: Path
) -> None:
    entorno = simulacro._entorno("sqlite://", tmp_path)
    assert {entorno[nombre] for nombre in DEL_ALMACEN} == {""}
    for nombre, contenido in guardados.items():
        (tmp_path / "restaurados" / nombre).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "restaurados" / nombre).write_bytes(contenido)
    perdido = sorted(guardados)[0]
    informe = Informe()
    simulacro._comparar(informe, ruta, llaves.privada, tmp_path / "restaurados")
    assert informe.bien
    en_crudo().Object(perdido).delete()
    informe = Informe()
    simulacro._comparar(informe, ruta, llaves.privada, tmp_path / "restaurados")
    assert f"{perdido[3:]}: el portal ya no lo tiene" in "\n".join(informe.renglones())
