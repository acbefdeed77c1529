"""Preguntarle a la base qué lugares dicen lo buscado: los más recientes, hasta un tope.

Es lo único distinto entre SQLite y PostgreSQL; las mismas pruebas corren en las dos.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from django.db import connection

from stl_portal.buscador import reindexar
from stl_portal.buscador.consulta import Consulta, Parte
from stl_portal.buscador.indice import TABLA, TEXTO, rasgo
from stl_portal.buscador.numero import tramos
from stl_portal.buscador.pasos import pasos

TOPE = 1000  # los que se ordenan por relevancia; de más, se dice que hay más
SQL = tuple[str, list[Any]]


class Filtros(NamedTuple):
    """A qué se limita la búsqueda; vacío = a nada. `documento` es la clave de uno, con todas sus partes."""

    clase: str = ""
    organo: str = ""
    anio: int | None = None
    documento: str = ""


class Coincidencia(NamedTuple):
    """Lo de un lugar que hace falta para ordenarlo y contarlo; sus textos no se traen.

    `en_titulo` son las partes buscadas que dice su título; `veces`, las que su texto dice alguna.
    """

    numero: int
    clave: str
    clase: str
    organo: str
    fecha: dt.date | None
    en_titulo: int
    veces: int


DE_LA_FILA = Coincidencia._fields[:5]
ELEGIDAS = ", ".join(f"fila.{campo}" for campo in (*DE_LA_FILA, "objeto", "raices_titulo", "raices_texto"))

CON_SU_FILA = f' CROSS JOIN "{TABLA}" AS fila ON fila.numero = "{TEXTO}".rowid'


def coincidencias(consulta: Consulta, filtros: Filtros, tope: int = TOPE) -> list[Coincidencia]:
    """Primero lo real y, de ello, lo más reciente; una más que el tope, si las hay, para saberlo."""
    reindexar.al_dia()
    cuentas, contado = _cuentas(consulta)
    que = f"{', '.join(DE_LA_FILA)}, {cuentas}"
    return [_leida(fila) for fila in _primeras(que, contado, consulta, filtros, tope + 1)]


def objetos(consulta: Consulta, filtros: Filtros, cuantos: int) -> list[int]:
    """Las claves primarias de las primeras que coinciden, en ese mismo orden."""
    return [objeto for (objeto,) in _primeras("objeto", [], consulta, filtros, cuantos)]


def cuantas(consulta: Consulta, filtros: Filtros) -> int:
    """Cuántas coinciden, sin tope."""
    total = 0
    with connection.cursor() as cursor:
        for orden, valores in _contar(consulta, filtros):
            cursor.execute(orden, valores)
            total += cursor.fetchone()[0]
    return total


def todos_los_objetos(consulta: Consulta, clase: str) -> SQL:
    """La orden que da las claves primarias de todo lo de esa clase que lo dice, en ningún orden."""
    de, valores = _donde(consulta, Filtros(clase=clase))
    return f"SELECT fila.objeto FROM {de} AND fila.objeto IS NOT NULL", valores  # noqa: S608 -- como abajo


def _primeras(
    que: str, valores_de_que: list[Any], consulta: Consulta, filtros: Filtros, cuantas: int
) -> list[tuple[Any, ...]]:
    halladas: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for elegir, valores in _elegir(consulta, filtros, cuantas):
            if (faltan := cuantas - len(halladas)) > 0:
                # Aquí solo hay nombres del modelo y condiciones fijas; lo buscado va aparte, como valor.
                orden = f"SELECT {que} FROM ({elegir} LIMIT %s) AS elegidas"  # noqa: S608 -- ya dicho
                cursor.execute(orden, [*valores_de_que, *valores, faltan])
                halladas += cursor.fetchall()
    return halladas


def _contar(consulta: Consulta, filtros: Filtros) -> Iterator[SQL]:
    """Una orden por tramo; en SQLite basta el índice, sin mirar ninguna fila."""
    numero = "fila.numero" if connection.vendor == "postgresql" else f'"{TEXTO}".rowid'
    de, valores = _donde(consulta, filtros)
    if not filtros.documento:
        de = de.replace(CON_SU_FILA, "")
    for desde, hasta in tramos(filtros.anio):
        yield f"SELECT count(*) FROM {de} AND {numero} BETWEEN %s AND %s", [*valores, desde, hasta]  # noqa: S608 -- como arriba


def _leida(fila: tuple[Any, ...]) -> Coincidencia:
    numero, clave, clase, organo, fecha, *cuentas = fila
    if isinstance(fecha, str):  # SQLite guarda las fechas como texto
        fecha = dt.date.fromisoformat(fecha)
    return Coincidencia(numero, clave, clase, organo, fecha, *cuentas)


def _elegir(consulta: Consulta, filtros: Filtros, cuantas: int) -> Iterator[SQL]:
    """Las órdenes que dan las que coinciden, de la más reciente a la más antigua; las primeras bastan."""
    if connection.vendor == "postgresql":
        yield from _por_pasos(consulta, filtros, cuantas)
        return
    de, valores = _donde(consulta, filtros)
    for desde, hasta in tramos(filtros.anio):
        entre = f'"{TEXTO}".rowid BETWEEN %s AND %s ORDER BY "{TEXTO}".rowid DESC'
        yield f"SELECT {ELEGIDAS} FROM {de} AND {entre}", [*valores, desde, hasta]  # noqa: S608 -- como arriba


def _por_pasos(consulta: Consulta, filtros: Filtros, cuantas: int) -> Iterator[SQL]:
    """Una sola orden que se detiene en el tramo de tiempo donde junta las que se le piden.

    Sumar cero al número impide que la base recorra la tabla en ese orden: no sabe lo raro que es lo buscado.
    """
    renglones = [
        (f"{_en_tsquery(consulta, filtros)} & {_alguna(paso.palabras)}", paso.desde, paso.hasta)
        for paso in pasos(filtros.anio)
    ]
    if not renglones:
        return
    documento, de_el = _del_documento(filtros)
    valores = ", ".join(["(%s::tsquery, %s::bigint, %s::bigint)"] * len(renglones))
    de_un_paso = (
        f'SELECT {ELEGIDAS} FROM "{TABLA}" AS fila WHERE fila.vector @@ paso.dicho '  # noqa: S608 -- como arriba
        f"AND fila.numero + 0 BETWEEN paso.desde AND paso.hasta{documento} "
        "ORDER BY fila.numero + 0 DESC LIMIT %s"
    )
    orden = (
        f"SELECT fila.* FROM (VALUES {valores}) AS paso(dicho, desde, hasta) "  # noqa: S608 -- como arriba
        f"CROSS JOIN LATERAL ({de_un_paso}) AS fila"
    )
    yield orden, [*(valor for renglon in renglones for valor in renglon), *de_el, cuantas]


def _donde(consulta: Consulta, filtros: Filtros) -> SQL:
    """De qué tablas y con qué condición salen las que coinciden, sean de cuando sean."""
    documento, de_el = _del_documento(filtros)
    if connection.vendor == "postgresql":
        return f'"{TABLA}" AS fila WHERE fila.vector @@ %s::tsquery{documento}', [
            _en_tsquery(consulta, filtros),
            *de_el,
        ]
    condicion = f'"{TEXTO}"{CON_SU_FILA} WHERE "{TEXTO}" MATCH %s{documento}'
    return condicion, [_en_fts5(consulta, filtros), *de_el]


def _del_documento(filtros: Filtros) -> SQL:
    clave = filtros.documento
    if not clave:
        return "", []
    return " AND (fila.clave = %s OR substr(fila.clave, 1, %s) = %s)", [clave, len(clave) + 1, f"{clave}#"]


def _en_tsquery(consulta: Consulta, filtros: Filtros) -> str:
    return " & ".join(
        [f"({_juntas(consulta, ' & ', ' | ', _en_postgres)})", *_rasgos(filtros, _entre_comillas)]
    )


def _en_postgres(parte: Parte) -> str:
    """Las raíces son solo letras y cifras: entre comillas no significan nada más que a sí mismas."""
    if not parte.prefijo:
        return "(" + " <-> ".join(f"'{raiz}'" for raiz in parte.raices) + ")"
    return "(" + " | ".join([f"'{parte.prefijo}':*", *(f"'{raiz}'" for raiz in parte.completas)]) + ")"


def _alguna(palabras: list[str]) -> str:
    return f"({' | '.join(map(_entre_comillas, palabras))})"


def _entre_comillas(palabra: str) -> str:
    """Una palabra que puede llevar cualquier signo, como la entiende `tsquery`."""
    escrita = palabra.replace("\\", "\\\\").replace("'", "''")
    return f"'{escrita}'"


def _en_fts5(consulta: Consulta, filtros: Filtros) -> str:
    dicho = f"({{raices}} : ({_juntas(consulta, ' AND ', ' OR ', _en_sqlite)}))"
    return " AND ".join([dicho, *_rasgos(filtros, '({{rasgos}} : "{}")'.format)])


def _en_sqlite(parte: Parte) -> str:
    if not parte.prefijo:
        return f'"{" ".join(parte.raices)}"'
    return "(" + " OR ".join([f'"{parte.prefijo}" *', *(f'"{raiz}"' for raiz in parte.completas)]) + ")"


def _rasgos(filtros: Filtros, decir: Callable[[str], str]) -> Iterator[str]:
    for campo in ("clase", "organo"):
        if valor := getattr(filtros, campo):
            yield decir(rasgo(campo, valor))


def _juntas(consulta: Consulta, y: str, o: str, decir: Callable[[Parte], str]) -> str:
    """Todas las partes o, si bastan menos, cualquier grupo de tantas."""
    dichas = [decir(parte) for parte in consulta.partes]
    return o.join(f"({y.join(grupo)})" for grupo in combinations(dichas, consulta.bastan))


def _cuentas(consulta: Consulta) -> SQL:
    """Con qué se ordena cada una, contado por la base: `en_titulo` y `veces`."""
    titulo, texto = (f"(' ' || raices_{campo} || ' ')" for campo in ("titulo", "texto"))
    en_titulo, veces = [], []
    de_titulo: list[Any] = []
    de_veces: list[Any] = []
    for dichos in (list(_dichos(parte)) for parte in consulta.partes):
        alguno = " OR ".join([f"{titulo} LIKE %s"] * len(dichos))
        en_titulo.append(f"CASE WHEN {alguno} THEN 1 ELSE 0 END")
        de_titulo += [f"%{dicho}%" for dicho in dichos]
        veces += [f"(length({texto}) - length(replace({texto}, %s, ''))) / %s"] * len(dichos)
        de_veces += [valor for dicho in dichos for valor in (dicho, len(dicho))]
    return f"{' + '.join(en_titulo)}, {' + '.join(veces)}", [*de_titulo, *de_veces]


def _dichos(parte: Parte) -> Iterator[str]:
    """Cómo se ve la parte entre las raíces de un texto con espacios en los extremos."""
    if not parte.prefijo:
        yield f" {' '.join(parte.raices)} "
        return
    yield f" {parte.prefijo}"
    yield from (f" {raiz} " for raiz in parte.completas)
