"""La base misma impide periodos encimados: dos capturas simultáneas no pueden burlar la regla.

`ConVigencia.clean` explica el choque con palabras; esto es la red de abajo. PostgreSQL usa una
restricción de exclusión; SQLite, que no las tiene, un disparador. Se instalan después de migrar
porque SQLite rehace la tabla, y pierde sus disparadores, cada vez que cambia una columna.
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.utils import CursorWrapper

from stl_portal.vigencia import ConVigencia

PREFIJO = "sin_traslape_"


def al_migrar(app_config: AppConfig, using: str = "default", **_: Any) -> None:
    """Receptor de `post_migrate`: pone la guarda de cada modelo que declara `SIN_TRASLAPE`."""
    modelos = [m for m in app_config.get_models() if issubclass(m, ConVigencia) and m.SIN_TRASLAPE]
    if not modelos:
        return
    conexion = connections[using]
    existentes = set(conexion.introspection.table_names())
    poner = _excluir if conexion.vendor == "postgresql" else _disparar
    with conexion.cursor() as cursor:
        for modelo in modelos:
            if modelo._meta.db_table in existentes:
                poner(cursor, modelo)


def _columnas(modelo: type[ConVigencia]) -> list[str]:
    campos: list[Any] = [modelo._meta.get_field(c) for c in modelo.SIN_TRASLAPE]
    return [campo.column for campo in campos]


def _excluir(cursor: CursorWrapper, modelo: type[ConVigencia]) -> None:
    """Restricción de exclusión de PostgreSQL, si aún no está."""
    tabla = modelo._meta.db_table
    nombre = f"{PREFIJO}{tabla}"
    cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [nombre])
    if cursor.fetchone():
        return
    iguales = ", ".join(f'"{c}" WITH =' for c in _columnas(modelo))
    solo = " AND ".join(f"\"{c}\" = '{v}'" for c, v in modelo.TRASLAPE_SOLO_SI.items()) or "TRUE"
    cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    cursor.execute(
        f'ALTER TABLE "{tabla}" ADD CONSTRAINT "{nombre}" EXCLUDE USING gist '
        f"({iguales}, daterange(vigente_desde, vigente_hasta, '[]') WITH &&) WHERE ({solo})"
    )


def _disparar(cursor: CursorWrapper, modelo: type[ConVigencia]) -> None:
    """Disparadores de SQLite para alta y cambio."""
    tabla = modelo._meta.db_table
    iguales = " AND ".join(f'"{c}" = NEW."{c}"' for c in _columnas(modelo))
    solo = "".join(
        f" AND \"{c}\" = '{v}' AND NEW.\"{c}\" = '{v}'" for c, v in modelo.TRASLAPE_SOLO_SI.items()
    )
    for cuando in ("INSERT", "UPDATE"):
        nombre = f"{PREFIJO}{tabla}_{cuando.lower()}"
        cursor.execute(f'DROP TRIGGER IF EXISTS "{nombre}"')
        # Los nombres vienen de los modelos, no de una persona.
        cursor.execute(
            f'CREATE TRIGGER "{nombre}" BEFORE {cuando} ON "{tabla}" '  # noqa: S608
            f'WHEN EXISTS (SELECT 1 FROM "{tabla}" WHERE id IS NOT NEW.id AND {iguales}{solo} '
            "AND coalesce(vigente_desde, '0001-01-01') <= coalesce(NEW.vigente_hasta, '9999-12-31') "
            "AND coalesce(vigente_hasta, '9999-12-31') >= coalesce(NEW.vigente_desde, '0001-01-01')) "
            f"BEGIN SELECT RAISE(ABORT, '{PREFIJO}{tabla}'); END"
        )
