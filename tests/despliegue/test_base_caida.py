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
from typing import Any

import psycopg
import pytest
from django.conf import settings

from bench import enfrente
from tests.despliegue import postgres_propio
from tests.despliegue.editoras import Editoras

PAGINAS = ("/", "/sesiones/", "/plan/", "/municipios/", "/integrantes/")
FICHA = "una-ficha-de-prueba-bastante-larga"
VENCIDA = 3.2  # segundos: lo que nginx repite una página sin que el portal conteste
PUBLICAR = "from sesiones.models import *; Denominacion.objects.update(nombre_corto='Con otro nombre')"
CREAR = "from tests.despliegue.editoras import sembrar; sembrar()"
REINICIOS = int(os.environ.get("REINICIOS", "1"))
ENTRE = 1.0  # segundos de trabajo entre un reinicio y el siguiente


class Lectores:
    """Gente que pide todas las páginas sin parar, cada quien por su lado; cuenta qué se le contesta."""

    def __init__(self, puerto: int, cuantos: int = 4) -> None:
        """Empiezan de inmediato."""
        self.puerto, self.alto = puerto, Event()
        self.contestado: Counter[int] = Counter()
        self.vistas: dict[str, set[bytes]] = {direccion: set() for direccion in PAGINAS}
        self.hilos = [Thread(target=self._leer) for _ in range(cuantos)]
        for hilo in self.hilos:
            hilo.start()

    def _leer(self) -> None:
        while not self.alto.is_set():
            for direccion in PAGINAS:
                estado, cuerpo = pedir(self.puerto, direccion)
                self.contestado[estado] += 1
                if estado == 200:
                    self.vistas[direccion].add(cuerpo)

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


def correr(entorno: dict[str, str], *orden: str) -> str:
    """Lo que dice un programa del portal sobre esa base."""
    return subprocess.run(
        [sys.executable, *orden],
        check=True,
        env=os.environ | entorno,
        cwd=enfrente.RAIZ,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def reiniciar_bajo_carga(
    base: postgres_propio.Servidor, portal: int, puerto: int, sembrado: str, antes: dict[str, bytes]
) -> str:
    """Varias veces, mientras se escribe y se lee: por nginx y sin él. Devuelve las cifras."""
    escriben, leen, sin_nginx = Editoras(puerto, sembrado), Lectores(puerto), Lectores(portal, cuantos=2)
    tardo: list[float] = []
    try:
        escriben.esperar_desde(0.0)
        for _ in range(REINICIOS):
            time.sleep(ENTRE)
            base.detener()
            base.encender()
            tardo.append(escriben.esperar_desde(time.monotonic()))
    finally:
        for gente in (escriben, leen, sin_nginx):
            gente.parar()
    assert [(r.estado, r.texto) for una in escriben.todas for r in una.mal] == []
    assert set(leen.contestado) == {200}
    assert set(sin_nginx.contestado) <= {200, 503}
    for lectores in (leen, sin_nginx):  # lo que se contestó es siempre lo publicado, nunca otra cosa
        assert lectores.vistas == {direccion: {cuerpo} for direccion, cuerpo in antes.items()}
    with psycopg.connect(base.direccion) as conexion:
        quedo: dict[int, str] = dict(conexion.execute("SELECT id, desahogo FROM sesiones_punto").fetchall())
    assert quedo == {una.punto: una.texto(una.version) for una in escriben.todas}
    return (
        f"{REINICIOS} reinicios de la base: {escriben.confirmados} guardados confirmados, 0 perdidos; "
        f"a quien escribe, {_dicho(escriben.contestado)}; por nginx, {_dicho(leen.contestado)}; "
        f"sin nginx, {_dicho(sin_nginx.contestado)}; se repuso en {max(tardo):.1f} s cuando mucho"
    )


def _dicho(contestado: Counter[int]) -> str:
    return " y ".join(f"{veces} con {estado}" for estado, veces in sorted(contestado.items()))


@pytest.fixture
def base() -> Iterator[postgres_propio.Servidor]:
    with postgres_propio.servidor() as uno:
        yield uno


def test_la_base_cae_bajo_carga_y_nadie_deja_de_leer(
    base: postgres_propio.Servidor, tmp_path: Path, record_property: Any
) -> None:
    entorno = {"DATABASE_URL": base.direccion, "VAR": str(tmp_path), "ALLOWED_HOSTS": "127.0.0.1"}
    entorno |= {"MEDIA_ROOT": str(settings.MEDIA_ROOT), "NIVEL_REGISTRO": "CRITICAL"}
    entorno |= {"FICHA_DE_OPERACION": FICHA}
    correr(entorno, "-m", "tests.fallas.base_nueva")
    sembrado = correr(entorno, "manage.py", "shell", "--verbosity", "0", "--command", CREAR)
    with (
        enfrente.granian("stl_portal.wsgi:application", entorno, hilos=4) as portal,
        enfrente.nginx(tmp_path, portal=portal, archivos=tmp_path, ritmo=1_000_000) as puerto,
    ):
        antes = {direccion: pedir(puerto, direccion) for direccion in PAGINAS}
        assert {estado for estado, _ in antes.values()} == {200}
        publicado = {direccion: cuerpo for direccion, (_, cuerpo) in antes.items()}
        record_property("cifras", reiniciar_bajo_carga(base, portal, puerto, sembrado, publicado))
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
            correr(entorno, "manage.py", "shell", "--verbosity", "0", "--command", PUBLICAR)
            time.sleep(VENCIDA)
            assert b"Con otro nombre" in pedir(puerto, "/sesiones/")[1]
            assert pedir(portal, "/sesiones/")[0] == 200
        finally:
            lectores.parar()
        assert set(lectores.contestado) == {200}
