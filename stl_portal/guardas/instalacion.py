"""Poner las guardas de la base y comprobar que siguen ahí.

Se ponen después de migrar: SQLite rehace la tabla, y pierde sus disparadores, cada vez que cambia
una columna. Solo se toca lo que falta o lo que no dice lo que debe.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Warning
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from .guarda import Guarda
from .sellado import de_sellado
from .traslape import de_traslape

_PUESTAS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    # Un disparador apagado (tgenabled = 'D') no guarda nada: cuenta como que no está.
    "postgresql": (
        "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') "
        "UNION ALL SELECT conname, '' FROM pg_constraint WHERE contype = 'x'"
    ),
}


def al_migrar(app_config: AppConfig, using: str = "default", **_: Any) -> None:
    """Receptor de `post_migrate`: pone las guardas que le falten a la aplicación."""
    conexion = connections[using]
    faltan = faltantes(conexion, list(app_config.get_models()))
    with conexion.cursor() as cursor:
        for orden in (orden for guarda in faltan for orden in guarda.ordenes):
            cursor.execute(orden)


def esperadas(conexion: BaseDatabaseWrapper, modelos: Sequence[Any] | None = None) -> list[Guarda]:
    """Las que declaran los modelos (todos, si no se dice cuáles) cuya tabla ya existe."""
    vendor = conexion.vendor
    declaradas = [
        (modelo, guarda)
        for modelo in (apps.get_models() if modelos is None else modelos)
        for guarda in (*de_traslape(modelo, vendor), *de_sellado(modelo, vendor))
    ]
    existentes = set(conexion.introspection.table_names()) if declaradas else set()
    return [guarda for modelo, guarda in declaradas if modelo._meta.db_table in existentes]


def puestas(conexion: BaseDatabaseWrapper) -> dict[str, str]:
    """Las que la base tiene encendidas, por nombre, con su texto."""
    with conexion.cursor() as cursor:
        cursor.execute(_PUESTAS[conexion.vendor])
        return dict(cursor.fetchall())


def faltantes(conexion: BaseDatabaseWrapper, modelos: Sequence[Any] | None = None) -> list[Guarda]:
    """Las que no están, están apagadas o dicen otra cosa."""
    debidas = esperadas(conexion, modelos)
    hay = puestas(conexion) if debidas else {}
    return [g for g in debidas if g.nombre not in hay or (g.texto and hay[g.nombre] != g.texto)]


def revisar(app_configs: Any = None, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Comprobación del sistema (`manage.py check --database default`): nombra cada guarda que falta."""
    return [
        Warning(
            f"A la base «{alias}» le falta la guarda {guarda.nombre}, o está cambiada.",
            hint="manage.py migrate la repone.",
            id="guardas.W001",
        )
        for alias in databases or ()
        for guarda in faltantes(connections[alias])
    ]
