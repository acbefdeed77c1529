"""Meter en una base vacía lo que se sacó de otra: entra todo o no entra nada."""

import os
import sqlite3
import subprocess
from contextlib import closing, suppress
from pathlib import Path
from typing import Protocol

from django.db import connection

from . import volcado
from .errores import NoSePudo
from .foto import Foto


class Carga(Protocol):
    """Recibe los bytes de la base, en orden; al terminar la deja puesta y dice qué quedó."""

    def escribir(self, datos: bytes) -> None:
        """Los siguientes bytes."""

    def terminar(self) -> Foto:
        """La base ya puesta. Lanza `NoSePudo` si no entró."""

    def abandonar(self) -> None:
        """Deja la base vacía, como estaba."""


def nueva() -> Carga:
    """La de la base configurada."""
    connection.close()
    return _EnSqlite() if connection.vendor == "sqlite" else _EnPostgresql()


def esta_vacia() -> bool:
    """Si la base configurada no tiene tablas."""
    return not connection.introspection.table_names()


class _EnSqlite:
    """Se arma al lado y recibe su nombre al final."""

    def __init__(self) -> None:
        self._destino = Path(connection.settings_dict["NAME"])
        self._provisional = self._destino.with_name(f"{self._destino.name}.restaurando")
        self._provisional.unlink(missing_ok=True)
        descriptor = os.open(self._provisional, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._abierto = os.fdopen(descriptor, "wb")

    def escribir(self, datos: bytes) -> None:
        self._abierto.write(datos)

    def terminar(self) -> Foto:
        self._abierto.flush()
        os.fsync(self._abierto.fileno())
        self._abierto.close()
        with closing(sqlite3.connect(self._provisional)) as base:
            ((dicho,),) = base.execute("PRAGMA integrity_check(1)").fetchall()
            if dicho != "ok":
                raise NoSePudo(f"La base del respaldo está dañada: {dicho}.")
            foto = volcado.foto_de_sqlite(base)
        for resto in ("-wal", "-shm"):
            self._destino.with_name(f"{self._destino.name}{resto}").unlink(missing_ok=True)
        self._provisional.replace(self._destino)
        return foto

    def abandonar(self) -> None:
        self._abierto.close()
        self._provisional.unlink(missing_ok=True)


class _EnPostgresql:
    """`pg_restore` en una sola transacción."""

    def __init__(self) -> None:
        opciones = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
        entorno = volcado.entorno_pg()
        orden = ["pg_restore", *opciones, f"--dbname={entorno['PGDATABASE']}"]
        self._proceso = volcado.iniciar(orden, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=entorno)

    def escribir(self, datos: bytes) -> None:
        assert self._proceso.stdin is not None  # noqa: S101  # se pidió
        with suppress(BrokenPipeError):  # se detuvo: `terminar` dice por qué
            self._proceso.stdin.write(datos)

    def terminar(self) -> Foto:
        assert self._proceso.stdin is not None  # noqa: S101  # se pidió
        with suppress(BrokenPipeError):
            self._proceso.stdin.close()
        volcado.terminar(self._proceso, "pg_restore no pudo restaurar la base")
        with connection.cursor() as cursor:
            return volcado.foto_de_postgresql(cursor)

    def abandonar(self) -> None:
        self._proceso.kill()
        self._proceso.wait()
