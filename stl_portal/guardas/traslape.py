"""Periodos encimados: dos capturas simultáneas no pueden burlar la regla.

`ConVigencia.clean` explica el choque con palabras; esto es la red de abajo. PostgreSQL usa una
restricción de exclusión; SQLite, que no las tiene, un disparador.
"""

from typing import Any

from stl_portal.vigencia import ConVigencia

from .guarda import Guarda, disparador

PREFIJO = "sin_traslape_"


def de_traslape(modelo: Any, vendor: str) -> list[Guarda]:
    """Las guardas del modelo que declara `SIN_TRASLAPE`."""
    if not (issubclass(modelo, ConVigencia) and modelo.SIN_TRASLAPE):
        return []
    return [_exclusion(modelo)] if vendor == "postgresql" else _disparadores(modelo)


def _columnas(modelo: type[ConVigencia]) -> list[str]:
    campos: list[Any] = [modelo._meta.get_field(c) for c in modelo.SIN_TRASLAPE]
    return [campo.column for campo in campos]


def _exclusion(modelo: type[ConVigencia]) -> Guarda:
    """Restricción de exclusión de PostgreSQL."""
    tabla = modelo._meta.db_table
    iguales = ", ".join(f'"{c}" WITH =' for c in _columnas(modelo))
    solo = " AND ".join(f"\"{c}\" = '{v}'" for c, v in modelo.TRASLAPE_SOLO_SI.items()) or "TRUE"
    agregar = (
        f'ALTER TABLE "{tabla}" ADD CONSTRAINT "{PREFIJO}{tabla}" EXCLUDE USING gist '
        f"({iguales}, daterange(vigente_desde, vigente_hasta, '[]') WITH &&) WHERE ({solo})"
    )
    return Guarda(f"{PREFIJO}{tabla}", "", ("CREATE EXTENSION IF NOT EXISTS btree_gist", agregar))


def _disparadores(modelo: type[ConVigencia]) -> list[Guarda]:
    """Disparadores de SQLite para alta y cambio."""
    tabla = modelo._meta.db_table
    iguales = " AND ".join(f'"{c}" = NEW."{c}"' for c in _columnas(modelo))
    solo = "".join(
        f" AND \"{c}\" = '{v}' AND NEW.\"{c}\" = '{v}'" for c, v in modelo.TRASLAPE_SOLO_SI.items()
    )
    encimado = (
        f'EXISTS (SELECT 1 FROM "{tabla}" WHERE id IS NOT NEW.id AND {iguales}{solo} '  # noqa: S608 -- nombres de modelos
        "AND coalesce(vigente_desde, '0001-01-01') <= coalesce(NEW.vigente_hasta, '9999-12-31') "
        "AND coalesce(vigente_hasta, '9999-12-31') >= coalesce(NEW.vigente_desde, '0001-01-01'))"
    )
    return [
        disparador(f"{PREFIJO}{tabla}_{cuando.lower()}", tabla, cuando, encimado, f"{PREFIJO}{tabla}")
        for cuando in ("INSERT", "UPDATE")
    ]
