"""Ajustes comunes a todas las pruebas; los personajes y las fábricas viven en sus módulos."""

import base64
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.core.management.commands import flush
from django.db import connection, connections
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django import DjangoDbBlocker, Settings

from stl_portal.textos import lectura
from tests import turnos
from tests.personas import Reparto, crear_reparto
from tests.quitar_guardas import quitar_las_de_lo_sellado

# Ninguna prueba juzga tiempos: con la máquina ocupada fallaría sin que nada esté mal.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")
expect.set_options(timeout=20_000)  # milisegundos; con la máquina ocupada, cinco segundos no alcanzan
pytest_plugins = ["tests.demostracion"]
# En el entorno, para que todos los trabajadores de una corrida tengan la misma: comparten la demostración.
DIA_DE_LA_CORRIDA = turnos.HOY  # se fija aquí, antes de que nazcan los trabajadores
CLAVE_DEL_REGISTRO = os.environ.setdefault("CLAVE_DE_LA_CORRIDA", base64.b64encode(os.urandom(32)).decode())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """En PostgreSQL se prueba lo que toca la base; lo demás da lo mismo y ya se probó en SQLite.

    Lo del navegador se repite una vez si falla: con la máquina llena, Chromium pierde un clic de miles. El
    informe lo nombra (RERUN), y la que se repite seguido se arregla; lo demás falla a la primera.
    """
    con_base: list[pytest.Item] = []
    aparte: list[pytest.Item] = []
    for prueba in items:
        (con_base if _toca_la_base(prueba) else aparte).append(prueba)
        if "navegador" in getattr(prueba, "fixturenames", ()):
            prueba.add_marker(pytest.mark.flaky(reruns=1))
    if connections["default"].vendor == "postgresql" and con_base:
        config.hook.pytest_deselected(items=aparte)
        items[:] = con_base


def _toca_la_base(prueba: pytest.Item) -> bool:
    """Por lo que pide o porque lo dice; no si solo mira o maneja la página: otra revisa lo que guarda."""
    if prueba.get_closest_marker("ambas_bases"):
        return True
    pide = set(getattr(prueba, "fixturenames", ()))
    if "navegador" in pide or prueba.get_closest_marker("apariencia"):
        return False
    return bool({"db", "transactional_db"} & pide or prueba.get_closest_marker("django_db"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """La base de la corrida; al terminar se despide a quien siga conectado: con alguien no se borra."""
    yield
    if connection.vendor != "postgresql":
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and usename = current_user and pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _archivos_aparte(settings: Settings, tmp_path: Path) -> None:
    """Lo que una prueba escribe en disco va a su carpeta y desaparece con ella."""
    settings.MEDIA_ROOT = tmp_path / "archivos"
    settings.EMAIL_FILE_PATH = str(tmp_path / "correo")


@pytest.fixture(autouse=True)
def _sin_peticiones_previas() -> None:
    """La cuenta de peticiones por dirección vive en la caché: lo que pidió una prueba no cierra a otra."""
    cache.clear()


@pytest.fixture(autouse=True)
def _estaticos_al_pedirlos(settings: Settings) -> None:
    """Cada `Client()` arma de nuevo el portal: sin esto recorrería en cada prueba todos los estáticos."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def _textos_ya_leidos(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Como en un proceso que ya atendió algo: los textos se leyeron con la edición que rige.

    Dentro de la transacción de una prueba no hay páginas guardadas que la traigan, y preguntarla contaría en
    cada página pública. Las que sí confirman, la preguntan.
    """
    lectura.olvidar()
    marca = request.node.get_closest_marker("django_db")
    con_base = "db" in request.fixturenames or _sin_confirmar(marca)
    if not con_base or {"transactional_db", "live_server"} & set(request.fixturenames):
        return
    request.getfixturevalue("db")
    rige = lectura.vigente()
    lectura.Memoria.ultima = (rige, lectura.Foto())
    monkeypatch.setattr(lectura, "vigente", lambda: rige)


def _sin_confirmar(marca: pytest.Mark | None) -> bool:
    """Si la prueba toca la base sin confirmar nada."""
    return marca is not None and not marca.kwargs.get("transaction") and not marca.args


@pytest.fixture(scope="session")
def clave_del_registro() -> str:
    """Una clave de firma distinta en cada corrida: ninguna prueba usa la de quien la ejecuta."""
    return CLAVE_DEL_REGISTRO


@pytest.fixture(autouse=True)
def _clave_del_registro(settings: Settings, clave_del_registro: str) -> None:
    """Todas firman con ella."""
    settings.BITACORA_CLAVE = clave_del_registro


@pytest.fixture(autouse=True, scope="session")
def _lo_sellado_se_puede_vaciar() -> Iterator[None]:
    """Las pruebas de hilos terminan con `flush`, que las guardas de lo sellado rechazan, como deben.

    Se quitan justo antes de vaciar; el propio `flush` las repone con su `post_migrate`.
    """
    vaciar = flush.Command.handle

    def sin_guardas(orden: flush.Command, **opciones: Any) -> None:
        quitar_las_de_lo_sellado(connections[opciones["database"]])
        vaciar(orden, **opciones)

    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(flush.Command, "handle", sin_guardas)
        yield


@pytest.fixture(autouse=True)
def _claves_rapidas(settings: Settings) -> None:
    """El resumen lento de contraseñas protege a las personas, no a las pruebas."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def reparto(db: None) -> Reparto:
    """El órgano de prueba con su gente; las pruebas de hilos lo crean por su cuenta."""
    return crear_reparto()


BANDERAS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


@pytest.fixture(scope="session")
def navegador() -> Iterator[Browser]:
    """El Chromium de Debian, uno para todas las pruebas; cada prueba abre su propio contexto.

    Playwright mantiene un lazo de eventos en este hilo y Django creería que el ORM se llama desde
    código asíncrono: no es así, las pruebas son síncronas.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as motor:
        chromium = motor.chromium.launch(executable_path="/usr/bin/chromium", args=BANDERAS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
