"""Preguntarle a la base qué lugares dicen todo lo buscado: los más recientes, hasta un tope.

Es lo único distinto entre SQLite y PostgreSQL; las mismas pruebas corren en las dos.
"""

import datetime as dt
from typing import Any, NamedTuple

from django.db import connection

from stl_portal.buscador.consulta import Consulta, Parte
from stl_portal.buscador.indice import TABLA, TEXTO, rasgo
from stl_portal.buscador.numero import tramos

TOPE = 1000  # los que se ordenan por relevancia; de más, se dice que hay más


class Filtros(NamedTuple):
    """A qué se limita la búsqueda; vacío = a nada. `documento` es la clave de uno, con todas sus partes."""

    clase: str = ""
    organo: str = ""
    anio: int | None = None
    documento: str = ""


class Coincidencia(NamedTuple):
    """Lo de un lugar que hace falta para ordenarlo y contarlo."""

    numero: int
    clave: str
    clase: str
    organo: str
    fecha: dt.date | None
    raices: str


COLUMNAS = ", ".join(f"fila.{campo}" for campo in Coincidencia._fields)


def coincidencias(consulta: Consulta, filtros: Filtros, tope: int = TOPE) -> list[Coincidencia]:
    """Primero lo real y, de ello, lo más reciente; una más que el tope, si las hay, para saberlo."""
    condicion, valores = _condicion(consulta, filtros)
    halladas: list[Coincidencia] = []
    for desde, hasta in tramos(filtros.anio):
        faltan = tope + 1 - len(halladas)
        if faltan > 0:
            halladas += _preguntar(condicion, [*valores, desde, hasta, faltan])
    return halladas


def _preguntar(condicion: str, valores: list[Any]) -> list[Coincidencia]:
    if connection.vendor == "postgresql":
        de = f'"{TABLA}" AS fila WHERE {condicion} AND fila.numero BETWEEN %s AND %s ORDER BY fila.numero'
    else:
        de = (
            f'"{TEXTO}" CROSS JOIN "{TABLA}" AS fila ON fila.numero = "{TEXTO}".rowid '
            f'WHERE {condicion} AND "{TEXTO}".rowid BETWEEN %s AND %s ORDER BY "{TEXTO}".rowid'
        )
    with connection.cursor() as cursor:
        # Aquí solo hay nombres del modelo y condiciones fijas; lo buscado va aparte, como valor.
        cursor.execute(f"SELECT {COLUMNAS} FROM {de} DESC LIMIT %s", valores)  # noqa: S608
        return [_leida(fila) for fila in cursor.fetchall()]


def _leida(fila: tuple[Any, ...]) -> Coincidencia:
    numero, clave, clase, organo, fecha, raices = fila
    if isinstance(fecha, str):  # SQLite guarda las fechas como texto
        fecha = dt.date.fromisoformat(fecha)
    return Coincidencia(numero, clave, clase, organo, fecha, raices)


def _condicion(consulta: Consulta, filtros: Filtros) -> tuple[str, list[Any]]:
    de_la_base = _de_postgres if connection.vendor == "postgresql" else _de_sqlite
    condicion, valores = de_la_base(consulta, filtros)
    if filtros.documento:
        condicion += " AND (fila.clave = %s OR substr(fila.clave, 1, %s) = %s)"
        valores += [filtros.documento, len(filtros.documento) + 1, f"{filtros.documento}#"]
    return condicion, valores


def _de_postgres(consulta: Consulta, filtros: Filtros) -> tuple[str, list[Any]]:
    condicion = "fila.vector @@ %s::tsquery"
    valores: list[Any] = [" & ".join(map(_en_postgres, consulta.partes))]
    for campo in ("clase", "organo"):
        if valor := getattr(filtros, campo):
            condicion += f" AND fila.{campo} = %s"
            valores.append(valor)
    return condicion, valores


def _en_postgres(parte: Parte) -> str:
    """Las raíces son solo letras y cifras: entre comillas no significan nada más que a sí mismas."""
    if not parte.prefijo:
        return "(" + " <-> ".join(f"'{raiz}'" for raiz in parte.raices) + ")"
    return "(" + " | ".join([f"'{parte.prefijo}':*", *(f"'{raiz}'" for raiz in parte.completas)]) + ")"


def _de_sqlite(consulta: Consulta, filtros: Filtros) -> tuple[str, list[Any]]:
    dicho = f"({{raices}} : ({' AND '.join(map(_en_sqlite, consulta.partes))}))"
    for campo in ("clase", "organo"):
        if valor := getattr(filtros, campo):
            dicho += f' AND ({{rasgos}} : "{rasgo(campo, valor)}")'
    return f'"{TEXTO}" MATCH %s', [dicho]


def _en_sqlite(parte: Parte) -> str:
    if not parte.prefijo:
        return f'"{" ".join(parte.raices)}"'
    return "(" + " OR ".join([f'"{parte.prefijo}" *', *(f'"{raiz}"' for raiz in parte.completas)]) + ")"
