"""Quitar guardas a propósito: para vaciar la base entre pruebas y para hacer de quien la altera."""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from stl_portal.guardas import PREFIJO_SELLADA
from stl_portal.guardas.instalacion import esperadas


def quitar_guardas(conexion: BaseDatabaseWrapper, nombres: Iterable[str]) -> None:
    """Borra esos disparadores, como lo haría quien administra la base."""
    with conexion.cursor() as cursor:
        for nombre in nombres:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{nombre}"{_tabla(conexion, nombre)}')


def _tabla(conexion: BaseDatabaseWrapper, nombre: str) -> str:
    """PostgreSQL pide decir de qué tabla es."""
    if conexion.vendor != "postgresql":
        return ""
    return f' ON "{nombre.removeprefix(PREFIJO_SELLADA).rpartition("_")[0]}"'


def quitar_las_de_lo_sellado(conexion: BaseDatabaseWrapper) -> None:
    """Todas las de filas selladas; las repone el siguiente `post_migrate`."""
    quitar_guardas(conexion, [g.nombre for g in esperadas(conexion) if g.nombre.startswith(PREFIJO_SELLADA)])
