"""El diccionario de un conjunto como Table Schema (Frictionless): lo que cada columna significa y admite."""

from typing import Any

from .registro import Columna, Conjunto, Tipo

PERFIL = "https://specs.frictionlessdata.io/schemas/table-schema.json"


def table_schema(conjunto: Conjunto) -> dict[str, Any]:
    """Del CSV: la celda vacía es lo que falta, y `id` no se repite."""
    return {
        "$schema": PERFIL,
        "title": conjunto.titulo,
        "description": conjunto.descripcion,
        "fields": [_campo(columna, primera=n == 0) for n, columna in enumerate(conjunto.columnas)],
        "primaryKey": ["id"],
        "missingValues": [""],
    }


def _campo(columna: Columna, *, primera: bool) -> dict[str, Any]:
    campo: dict[str, Any] = {
        "name": columna.nombre,
        "title": columna.titulo,
        "type": _tipo(columna.tipo),
        "format": _formato(columna.tipo),
        "description": columna.descripcion,
    }
    if columna.ejemplo:
        campo["example"] = columna.ejemplo
    if columna.unidad:
        campo["unit"] = columna.unidad
    limites = _limites(columna, primera=primera)
    return campo | ({"constraints": limites} if limites else {})


def _limites(columna: Columna, *, primera: bool) -> dict[str, Any]:
    limites: dict[str, Any] = {}
    if columna.requerida or primera:
        limites["required"] = True
    if primera:
        limites["unique"] = True
    if columna.valores:
        limites["enum"] = [valor for valor, _ in columna.valores]
    return limites


def _tipo(tipo: Tipo) -> str:
    return "string" if tipo is Tipo.LIGA else tipo.esquema


def _formato(tipo: Tipo) -> str:
    """El que se usa: la hora va sin segundos, y el instante, con la diferencia con UTC."""
    return {Tipo.LIGA: "uri", Tipo.HORA: "%H:%M", Tipo.INSTANTE: "any"}.get(tipo, "default")
