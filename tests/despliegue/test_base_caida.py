"""Se detiene la base bajo carga: lo público se sigue leyendo por nginx y, al volver, se recupera."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread

import pytest
from django.conf import settings

from bench import enfrente
from tests.despliegue import postgres_propio

PAGINAS = ("/", "/sesiones/", "/plan/", "/municipios/", "/integrantes/")
FICHA = "una-ficha-de-prueba-bastante-larga"
VENCIDA = 3.2  # segundos: lo que nginx repite una página sin que el portal conteste
PUBLICAR = "from sesiones.models import *; Denominacion.objects.update(nombre_corto='Con otro nombre')"
CREAR = "from tests.personas import crear_reparto; from tests.fabricas import crear_en_curso; "
CREAR += "crear_en_curso(crear_reparto())"


class Lectores:
    """Gente que pide todas las páginas sin parar, cada quien por su lado; cuenta qué se le contesta."""

    def __init__(self, puerto: int, cuantos: int = 4) -> None:
        """Empiezan de inmediato."""
        self.puerto, self.alto = puerto, Event()
        self.contestado: Counter[int] = Counter()
        self.hilos = [Thread(target=self._leer) for _ in range(cuantos)]
        for hilo in self.hilos:
            hilo.start()

    def _leer(self) -> None:
        while not self.alto.is_set():
            for direccion in PAGINAS:
                self.contestado[pedir(self.puerto, direccion)[0]] += 1

    def reparto(self, segundos: float) -> Counter[int]:
        """Lo que se contesta desde ahora hasta dentro de ese tiempo."""
        antes = Counter(self.contestado)
        time.sleep(segundos)
        return Counter(self.contestado) - antes

    def parar(self) -> None:
        """Espera a que cada quien termine lo que pidió."""
        self.alto.set()
        for hilo in self.hilos:
            hilo.join()


def pedir(puerto: int, direccion: str, **cabeceras: str) -> tuple[int, bytes]:
    """El estado y el cuerpo."""
    with closing(HTTPConnection("127.0.0.1", puerto, timeout=30)) as conexion:
        conexion.request("GET", direccion, headers=cabeceras)
        respuesta = conexion.getresponse()
        return respuesta.status, respuesta.read()


def manage(entorno: dict[str, str], *orden: str) -> None:
    """Una orden del portal sobre esa base."""
    subprocess.run(
        [sys.executable, "manage.py", *orden],
        check=True,
        env=os.environ | entorno,
        cwd=enfrente.RAIZ,
        stdout=subprocess.DEVNULL,
    )


@pytest.fixture
def base() -> Iterator[postgres_propio.Servidor]:
    with postgres_propio.servidor() as uno:
        yield uno


def test_la_base_cae_bajo_carga_y_nadie_deja_de_leer(base: postgres_propio.Servidor, tmp_path: Path) -> None:
    entorno = {"DATABASE_URL": base.direccion, "VAR": str(tmp_path), "ALLOWED_HOSTS": "127.0.0.1"}
    entorno |= {"MEDIA_ROOT": str(settings.MEDIA_ROOT), "NIVEL_REGISTRO": "CRITICAL"}
    entorno |= {"FICHA_DE_OPERACION": FICHA}
    manage(entorno, "migrate", "--verbosity", "0")
    manage(entorno, "shell", "--verbosity", "0", "--command", CREAR)
    with (
        enfrente.granian("stl_portal.wsgi:application", entorno, hilos=4) as portal,
        enfrente.nginx(tmp_path, portal=portal, archivos=tmp_path, ritmo=1_000_000) as puerto,
    ):
        antes = {direccion: pedir(puerto, direccion) for direccion in PAGINAS}
        assert {estado for estado, _ in antes.values()} == {200}
        lectores = Lectores(puerto)
        try:
            base.detener()
            estado, cuerpo = pedir(portal, "/sesiones/")  # al portal sí le hace falta
            assert (estado, "no puede atender en este momento" in cuerpo.decode()) == (503, True)
            assert pedir(portal, "/salud/")[0] == 200
            assert pedir(portal, "/salud/listo/")[0] == 503
            estado, cuerpo = pedir(portal, "/metricas/", Authorization=f"Bearer {FICHA}")
            assert (estado, b"portal_base_disponible 0.0" in cuerpo) == (200, True)
            assert b'portal_errores_total{codigo="503",ruta="ninguna"}' in cuerpo
            time.sleep(VENCIDA)
            assert set(lectores.reparto(3)) == {200}
            assert {d: pedir(puerto, d) for d in PAGINAS} == antes
            base.encender()
            manage(entorno, "shell", "--verbosity", "0", "--command", PUBLICAR)
            time.sleep(VENCIDA)
            assert b"Con otro nombre" in pedir(puerto, "/sesiones/")[1]
            assert pedir(portal, "/sesiones/")[0] == 200
        finally:
            lectores.parar()
        assert set(lectores.contestado) == {200}
