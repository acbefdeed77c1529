"""Qué errores de la base piden volver en un momento y cuáles son fallas del portal."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, ProgrammingError
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.utils import ConnectionHandler

from stl_portal.observa import base_caida

# Son de SQLite en las dos corridas: la marca solo deja abrir conexiones.
pytestmark = [pytest.mark.django_db, pytest.mark.apariencia]


def sqlite(archivo: Path) -> DatabaseWrapper:
    opciones = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(archivo), "OPTIONS": {"timeout": 0}}
    return ConnectionHandler({"default": opciones})["default"]  # type: ignore[return-value]


def error_de(archivo: Path, orden: str) -> DatabaseError:
    """El que da SQLite a esa orden."""
    with closing(sqlite(archivo)) as base, pytest.raises(DatabaseError) as atrapado:
        base.cursor().execute(orden)
    return atrapado.value


def test_la_que_esta_ocupada_o_no_se_puede_abrir_se_espera(tmp_path: Path) -> None:
    archivo = tmp_path / "una.sqlite3"
    with sqlite3.connect(archivo, isolation_level=None) as otra:
        otra.execute("CREATE TABLE t (a UNIQUE)")
        otra.execute("BEGIN EXCLUSIVE")
        ocupada = error_de(archivo, "INSERT INTO t VALUES (1)")
        otra.execute("ROLLBACK")
    otra.close()
    sin_abrir = error_de(tmp_path / "no-hay" / "carpeta.sqlite3", "SELECT 1")
    assert [base_caida.es(ocupada), base_caida.es(sin_abrir)] == [True, True]


def test_lo_que_esta_mal_escrito_es_una_falla(tmp_path: Path) -> None:
    sin_tabla = error_de(tmp_path / "una.sqlite3", "SELECT * FROM no_hay")
    assert isinstance(sin_tabla, OperationalError)
    for falla in (
        sin_tabla,
        ProgrammingError("x"),
        IntegrityError("x"),
        ValueError("database is locked"),
        None,
    ):
        assert base_caida.es(falla) is False


def test_vale_aunque_otro_error_lo_envuelva(tmp_path: Path) -> None:
    caida = error_de(tmp_path / "no-hay" / "carpeta.sqlite3", "SELECT 1")
    envuelta = RuntimeError("la vista lo dijo de otro modo")
    envuelta.__cause__ = caida
    assert base_caida.es(envuelta) is True
