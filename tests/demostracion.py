"""La demostración entera se carga una sola vez por corrida; cada prueba que la pide recibe una copia.

Cargarla hace más de nueve mil consultas. En SQLite, el primer trabajador que la necesita la carga y guarda la
base y los archivos aparte; los demás los copian. En PostgreSQL se carga una vez por módulo.
"""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from stl_portal.buscador import reindexar

LIGEROS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def _cargar(carpeta: Path, clave: str) -> None:
    """Como la deja la orden `cargar_demo`, con sus archivos en la carpeta."""
    de_ahi = {"VAR": carpeta, "MEDIA_ROOT": carpeta / "archivos", "EMAIL_FILE_PATH": str(carpeta / "correo")}
    with override_settings(**de_ahi, PASSWORD_HASHERS=LIGEROS, BITACORA_CLAVE=clave):
        # En una sola transacción: el índice del buscador se rehace una vez y no con cada fila.
        with open(carpeta / "dicho.txt", "w") as dicho, transaction.atomic():
            call_command("cargar_demo", stdout=dicho)
        reindexar.al_dia()


def _guardar(archivo: Path) -> None:
    connection.ensure_connection()
    with sqlite3.connect(archivo) as copia:
        connection.connection.backup(copia)
    copia.close()


def _poner(archivo: Path) -> None:
    connection.ensure_connection()
    with sqlite3.connect(archivo) as copia:
        copia.backup(connection.connection)
    copia.close()


@pytest.fixture(scope="session")
def _molde(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    clave_del_registro: str,
) -> Path | None:
    """La carpeta con la base cargada, la vacía y los archivos; None si la base no es SQLite."""
    if connection.vendor != "sqlite":
        return None
    raiz = tmp_path_factory.getbasetemp()
    carpeta = (raiz.parent if os.environ.get("PYTEST_XDIST_WORKER") else raiz) / "demostracion"
    carpeta.mkdir(exist_ok=True)
    with open(carpeta / "candado", "w") as candado, django_db_blocker.unblock():
        fcntl.flock(candado, fcntl.LOCK_EX)
        if not (carpeta / "lista").exists():
            _guardar(carpeta / "vacia.sqlite3")
            _cargar(carpeta, clave_del_registro)
            _guardar(carpeta / "cargada.sqlite3")
            _poner(carpeta / "vacia.sqlite3")
            (carpeta / "lista").touch()
    return carpeta


@pytest.fixture(scope="module")
def demostracion(
    _molde: Path | None,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    clave_del_registro: str,
) -> Iterator[None]:
    """La base cargada durante todo el módulo; lo que una prueba cambie se deshace al terminar esa prueba.

    Por eso, en un módulo la usan todas sus pruebas o ninguna. Sus archivos no están.
    """
    with django_db_blocker.unblock():
        if _molde is None:
            with transaction.atomic():
                _cargar(tmp_path_factory.mktemp("demostracion"), clave_del_registro)
                yield
                transaction.set_rollback(True)
        else:
            _poner(_molde / "cargada.sqlite3")
            yield
            _poner(_molde / "vacia.sqlite3")


@pytest.fixture
def demostracion_servida(
    _molde: Path | None, transactional_db: None, settings: Settings, tmp_path: Path
) -> None:
    """Confirmada y con sus archivos, para el navegador; `transactional_db` la vacía al terminar."""
    if _molde is None:
        _cargar(tmp_path, settings.BITACORA_CLAVE)
    else:
        _poner(_molde / "cargada.sqlite3")
        shutil.copytree(_molde / "archivos", tmp_path / "archivos", copy_function=os.link)
    settings.MEDIA_ROOT = tmp_path / "archivos"
