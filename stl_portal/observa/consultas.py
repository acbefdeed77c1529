"""Cuántas consultas hace cada petición y cuáles tardaron; de ellas solo la forma, nunca los valores."""

import logging
import re
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from .peticion import EN_CURSO

LO_MAS = 2000  # caracteres de una consulta en el registro
_TEXTO = re.compile(r"'(?:[^']|'')*'")
_LISTA = re.compile(r"%s(?:, ?%s)+")
bitacora = logging.getLogger(__name__)


def observar(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Receptor de `connection_created`: desde ahora se cuentan las de esa conexión."""
    if contar not in connection.execute_wrappers:
        connection.execute_wrappers.append(contar)


def contar(ejecutar: Callable[..., Any], sql: str, params: Any, many: bool, contexto: Any) -> Any:
    """Una consulta, contada y medida."""
    empezo = perf_counter()
    try:
        return ejecutar(sql, params, many, contexto)
    finally:
        peticion = EN_CURSO.get()
        if peticion is not None:
            peticion.consultas += 1
        ms = (perf_counter() - empezo) * 1000
        if settings.CONSULTA_LENTA_MS and ms >= settings.CONSULTA_LENTA_MS:
            ruta = peticion.ruta if peticion else ""
            datos = {"ms": round(ms, 1), "ruta": ruta, "sql": sin_valores(str(sql))}
            bitacora.warning("consulta lenta", extra={"datos": datos})


def sin_valores(sql: str) -> str:
    """La consulta sin los textos que traiga escritos y con cada lista reducida a uno de sus lugares."""
    return _LISTA.sub("%s, …", _TEXTO.sub("'…'", sql))[:LO_MAS]
