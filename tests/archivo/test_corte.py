"""Se va la luz mientras se reciben archivos: ningún renglón confirmado queda sin su archivo."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parent.parent.parent
CORTES = 4
# Recibe archivos sin parar y anuncia cada uno cuando ya quedó confirmado.
RECEPTOR = """
import os, django
django.setup()
from stl_portal.archivo import almacen
while True:
    contenido = os.urandom(300_000)
    print(almacen.guardar_propio(contenido, "dato.txt").huella, flush=True)
"""


@pytest.fixture
def entorno(tmp_path: Path) -> dict[str, str]:
    """Base y carpeta propias, con las tablas ya creadas."""
    propio = {
        "DJANGO_SETTINGS_MODULE": "stl_portal.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'base.sqlite3'}",
        "MEDIA_ROOT": str(tmp_path / "archivos"),
    }
    entorno = {**os.environ, **propio}
    orden = [sys.executable, "manage.py", "migrate", "--run-syncdb", "--verbosity=0"]
    subprocess.run(orden, cwd=RAIZ, env=entorno, check=True)
    return entorno


def cortar(entorno: dict[str, str], despues_de: float) -> Iterator[str]:
    """Arranca un receptor y lo mata sin aviso; da las huellas que alcanzó a confirmar."""
    orden = [sys.executable, "-c", RECEPTOR]
    with subprocess.Popen(orden, cwd=RAIZ, env=entorno, stdout=subprocess.PIPE, text=True) as receptor:
        assert receptor.stdout
        yield receptor.stdout.readline().strip()
        time.sleep(despues_de)
        receptor.send_signal(signal.SIGKILL)
        yield from (linea.strip() for linea in receptor.stdout if len(linea) == 65)


@pytest.mark.ambas_bases
def test_ningun_corte_pierde_lo_confirmado(entorno: dict[str, str], tmp_path: Path) -> None:
    confirmadas = {h for n in range(CORTES) for h in cortar(entorno, 0.05 + 0.037 * n)}
    assert len(confirmadas) > CORTES
    with sqlite3.connect(tmp_path / "base.sqlite3") as base:
        renglones = {huella for (huella,) in base.execute("SELECT huella FROM archivo_archivo")}
    base.close()
    archivos = {r.name: r for r in (tmp_path / "archivos").glob("[0-9a-f][0-9a-f]/*")}
    sanos = {h for h, ruta in archivos.items() if hashlib.sha256(ruta.read_bytes()).hexdigest() == h}
    assert confirmadas <= renglones <= sanos
    assert set(archivos) == sanos  # los que sobran tampoco están a medias
    assert len(archivos) - len(renglones) <= CORTES
