"""Cuánto más cuesta cada página con cuarenta y seis órganos y diez años de sesiones que con uno y dos años.

Dos años, y no uno, para que en las dos bases la primera página de cada lista esté llena. Se mide el trabajo
del proceso, no el reloj, y las bases se turnan: la mediana de las rondas no la decide un vecino ruidoso.
"""

import json
import os
import subprocess
import sys
import tempfile
from statistics import median
from time import process_time

from bench.medida import Medida, segundos

PUBLICAS = ("/", "/sesiones/", "/sesiones/muchos-1/", "/acuerdos/", "/integrantes/", "/integrantes/muchos-1/")
BUSQUEDAS = ("/sesiones/?q=ensayo", "/acuerdos/?q=informe")
MESA = ("/mesa/muchos-1/", "/mesa/muchos-1/sesiones/", "/mesa/muchos-1/acuerdos/", "/mesa/muchos-1/nueva/")
GRUPOS = {"publicas": PUBLICAS, "busquedas": BUSQUEDAS, "mesa": MESA, "mi_portal": ("/mi/",)}
VECES = 7
RONDAS = 3
META = 1.3
CHICA, GRANDE = (1, 2), (46, 10)  # órganos y años


def medir() -> dict[str, Medida]:
    """La mayor razón de cada grupo de páginas."""
    with tempfile.TemporaryDirectory(prefix="portal-crecimiento-") as carpeta:
        chica, grande = (_entorno(carpeta, nombre) for nombre in ("chica", "grande"))
        _correr(chica, "crear", *CHICA), _correr(grande, "crear", *GRANDE)
        rondas = [(_correr(chica, "medir"), _correr(grande, "medir")) for _ in range(RONDAS)]
    razones = {
        pagina: median(la_grande[pagina] / la_chica[pagina] for la_chica, la_grande in rondas)
        for pagina in rondas[0][0]
    }
    return {nombre: _peor(paginas, razones) for nombre, paginas in GRUPOS.items()}


def _peor(paginas: tuple[str, ...], razones: dict[str, float]) -> Medida:
    cual = max(paginas, key=lambda pagina: razones[pagina])
    demas = ", ".join(f"{pagina} {razones[pagina]:.2f}" for pagina in paginas if pagina != cual)
    nota = f"la que más, {cual}" + (f"; {demas}" if demas else "")
    return Medida("46 órganos × 10 años", "1 órgano × 2 años", razones[cual], META, nota=nota)


def _entorno(carpeta: str, nombre: str) -> dict[str, str]:
    """Una base y unos archivos propios."""
    propia = f"{carpeta}/{nombre}"
    os.mkdir(propia)
    return os.environ | {"VAR": propia, "DATABASE_URL": f"sqlite:///{propia}/base.sqlite3"}


def _correr(entorno: dict[str, str], que: str, *cuanto: int) -> dict[str, float]:
    """Lo hace en un proceso con esa base; al medir, los segundos de proceso de cada página."""
    orden = [sys.executable, "-m", "bench.crecimiento", que, *map(str, cuanto)]
    salida = subprocess.run(orden, env=entorno, check=True, capture_output=True, text=True).stdout
    tiempos: dict[str, float] = json.loads(salida.splitlines()[-1])
    return tiempos


def _crear(organos: int, anios: int) -> dict[str, float]:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("cargar_municipios", verbosity=0)
    call_command("cargar_muchos", organos=organos, anios=anios, verbosity=0)
    return {}


def _medir_aqui() -> dict[str, float]:
    from django.test.utils import setup_test_environment

    setup_test_environment()
    return {pagina: _mediana(pagina) for paginas in GRUPOS.values() for pagina in paginas}


def _mediana(pagina: str) -> float:
    """La página pedida varias veces por quien administra todos los órganos; la primera no cuenta."""
    from django.test import Client

    from sesiones import muchos
    from stl_portal.cuentas.models import Usuario

    client = Client()
    client.force_login(Usuario.objects.get(email=muchos.QUIEN))
    client.get(pagina)
    return median(segundos(lambda: client.get(pagina), process_time) for _ in range(VECES))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stl_portal.settings")
    import django

    django.setup()
    hecho = _crear(*map(int, sys.argv[2:])) if sys.argv[1] == "crear" else _medir_aqui()
    print(json.dumps(hecho))
