"""Cuánto más cuesta cada página con cuarenta y seis órganos y diez años de sesiones que con uno y un año.

Se mide el trabajo del proceso, no el reloj, en dos bases aparte: la pequeña y la grande.
"""

import json
import os
import subprocess
import sys
import tempfile
from statistics import median
from time import process_time

from bench.medida import Medida, segundos

PUBLICAS = ("/", "/sesiones/", "/sesiones/muchos-1/", "/acuerdos/", "/integrantes/?organo=muchos-1")
BUSQUEDAS = ("/sesiones/?q=ensayo", "/acuerdos/?q=informe")
MESA = ("/mesa/muchos-1/", "/mesa/muchos-1/sesiones/", "/mesa/muchos-1/acuerdos/", "/mesa/muchos-1/nueva/")
GRUPOS = {"publicas": PUBLICAS, "busquedas": BUSQUEDAS, "mesa": MESA, "mi_portal": ("/mi/",)}
VECES = 9
META = 1.3
GRANDE = (46, 10)  # órganos y años


def medir() -> dict[str, Medida]:
    """La mayor razón de cada grupo de páginas."""
    pequena, grande = _en_otra_base(1, 1), _en_otra_base(*GRANDE)
    return {nombre: _peor(paginas, pequena, grande) for nombre, paginas in GRUPOS.items()}


def _peor(paginas: tuple[str, ...], pequena: dict[str, float], grande: dict[str, float]) -> Medida:
    razones = {pagina: grande[pagina] / pequena[pagina] for pagina in paginas}
    cual = max(razones, key=lambda pagina: razones[pagina])
    return Medida("46 órganos × 10 años", "1 órgano × 1 año", razones[cual], META, nota=f"la que más, {cual}")


def _en_otra_base(organos: int, anios: int) -> dict[str, float]:
    """Segundos de proceso de cada página, en un proceso con su propia base."""
    with tempfile.TemporaryDirectory(prefix="portal-crecimiento-") as carpeta:
        entorno = os.environ | {"VAR": carpeta, "DATABASE_URL": f"sqlite:///{carpeta}/base.sqlite3"}
        orden = [sys.executable, "-m", "bench.crecimiento", str(organos), str(anios)]
        salida = subprocess.run(orden, env=entorno, check=True, capture_output=True, text=True).stdout
    tiempos: dict[str, float] = json.loads(salida.splitlines()[-1])
    return tiempos


def _medir_aqui(organos: int, anios: int) -> dict[str, float]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("cargar_municipios", verbosity=0)
    call_command("cargar_muchos", organos=organos, anios=anios, verbosity=0)
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
    print(json.dumps(_medir_aqui(int(sys.argv[1]), int(sys.argv[2]))))
