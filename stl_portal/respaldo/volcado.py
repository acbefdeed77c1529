"""Sacar la base en uso, tal como estaba en un instante. El archivo de SQLite nunca se copia.

En SQLite, `VACUUM INTO` escribe otra base mientras las escrituras siguen; en PostgreSQL, `pg_dump` y la foto
ven la misma instantánea.
"""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.db import OperationalError, connection

from . import sin_datos
from .errores import NoSePudo, SinEspacio
from .foto import Foto, tomar
from .paquete import BLOQUE


@dataclass(frozen=True)
class Volcado:
    """La base en ese instante: su foto y sus bytes, que se piden una sola vez."""

    foto: Foto
    bloques: Callable[[], Iterator[bytes]]


@contextmanager
def abrir(carpeta: Path) -> "Iterator[Volcado]":
    """La base de ahora mismo. En `carpeta`, ya privada, se escribe lo que haga falta y ahí se borra."""
    abierto = _sqlite(carpeta) if connection.vendor == "sqlite" else _postgresql()
    try:
        with abierto as volcado:
            yield volcado
    except OperationalError as error:
        raise NoSePudo(f"La base de datos no contesta o se cortó: {str(error).splitlines()[0]}") from error


@contextmanager
def _sqlite(carpeta: Path) -> Iterator[Volcado]:
    copia = carpeta / "base.sqlite3"
    try:
        with _otra_conexion() as otra, otra.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copia)])
        with closing(sqlite3.connect(copia, isolation_level=None)) as base:
            _vaciar(base)
            foto = foto_de_sqlite(base)
        yield Volcado(foto, lambda: _bloques_de(copia.open("rb")))
    except (OperationalError, sqlite3.OperationalError) as error:
        if "is full" not in str(error):
            raise
        raise SinEspacio from error
    finally:
        for ruta in carpeta.glob("base.sqlite3*"):
            ruta.unlink()


def foto_de_sqlite(base: sqlite3.Connection) -> Foto:
    """La foto de una base que nadie más usa. Los textos, en bytes: así se comparan como están escritos."""
    nombres = base.execute  # los nombres de las tablas sí son texto

    def consultar(orden: str) -> Iterator[Any]:
        base.text_factory = str if "sqlite_master" in orden else bytes
        return iter(nombres(orden))

    return tomar("sqlite", consultar)


def _vaciar(base: sqlite3.Connection) -> None:
    """Borra de la copia lo que no va, y también sus bytes."""
    base.execute("PRAGMA journal_mode=DELETE")
    base.execute("PRAGMA secure_delete=ON")
    hay = {nombre for (nombre,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for tabla in hay & set(sin_datos.tablas()):
        base.execute(f'DELETE FROM "{tabla}"')  # noqa: S608  # el nombre lo dan los modelos


@contextmanager
def _postgresql() -> Iterator[Volcado]:
    with _otra_conexion() as otra, otra.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        instantanea = cursor.fetchone()[0]
        yield Volcado(foto_de_postgresql(cursor), lambda: _de_pg_dump(instantanea))
        cursor.execute("ROLLBACK")


def foto_de_postgresql(cursor: Any) -> Foto:
    """La foto con ese cursor. Lo que va vacío en el respaldo cuenta como vacío."""
    vacias = {f'FROM "{tabla}" t' for tabla in sin_datos.tablas()}

    def consultar(orden: str) -> list[Any]:
        cursor.execute(f"{orden} WHERE false" if any(orden.endswith(v) for v in vacias) else orden)
        return cursor.fetchall()

    return tomar("postgresql", consultar)


def _de_pg_dump(instantanea: str) -> Iterator[bytes]:
    excluidas = [f"--exclude-table-data={tabla}" for tabla in sin_datos.tablas()]
    opciones = [
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        "--no-comments",
        f"--snapshot={instantanea}",
    ]
    orden = ["pg_dump", *opciones, *excluidas]
    with iniciar(orden, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=entorno_pg()) as proceso:
        assert proceso.stdout is not None  # noqa: S101  # se pidió
        yield from _bloques_de(proceso.stdout)
        terminar(proceso, "pg_dump no pudo sacar la base")


def iniciar(orden: list[str], **opciones: Any) -> "subprocess.Popen[bytes]":
    """Un programa del sistema. Lanza `NoSePudo` si no está instalado."""
    try:
        return subprocess.Popen(orden, stderr=subprocess.PIPE, **opciones)  # noqa: S603  # sin intérprete
    except FileNotFoundError as error:
        raise NoSePudo(f"Falta instalar el programa «{orden[0]}».") from error


def terminar(proceso: "subprocess.Popen[bytes]", frase: str) -> None:
    """Espera a que acabe. Lanza `NoSePudo` con lo que dijo, si acabó mal."""
    dicho = proceso.stderr.read().decode(errors="replace").strip() if proceso.stderr else ""
    if proceso.wait():
        raise NoSePudo(f"{frase}: {dicho.splitlines()[0] if dicho else 'sin explicación'}")


def entorno_pg(base: str = "") -> dict[str, str]:
    """Con qué se conectan las órdenes de PostgreSQL: la clave va por el entorno, nunca en la orden."""
    ajustes = connection.settings_dict
    _, entorno = connection.client.settings_to_cmd_args_env(ajustes, [])
    conexion = {"PGDATABASE": base or "NAME", "PGUSER": "USER", "PGHOST": "HOST", "PGPORT": "PORT"}
    dados = {variable: str(ajustes.get(clave) or "") for variable, clave in conexion.items()}
    dados["PGDATABASE"] = base or str(ajustes["NAME"])
    return os.environ | (entorno or {}) | {variable: valor for variable, valor in dados.items() if valor}


def _bloques_de(abierto: IO[bytes]) -> Iterator[bytes]:
    with abierto:
        while bloque := abierto.read(BLOQUE):
            yield bloque


@contextmanager
def _otra_conexion() -> Iterator[Any]:
    """Una aparte: ve lo confirmado y no depende de la transacción de quien llama."""
    otra = connection.copy()
    try:
        yield otra
    finally:
        otra.close()
