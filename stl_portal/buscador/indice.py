"""El índice de palabras: FTS5 en SQLite, mantenido por disparadores; tsvector y GIN en PostgreSQL.

Las dos guardan las mismas raíces, que ya vienen reducidas: la base no decide qué es una palabra. Se pone
después de migrar, como las guardas, y solo si falta o cambió.
"""

from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from stl_portal.buscador.models import Hallable
from stl_portal.buscador.numero import DE_LA_CLAVE

TABLA = Hallable._meta.db_table
TEXTO = f"{TABLA}_texto"

RAICES = " || char(10) || ".join("{fila}.raices_" + campo for campo in ("titulo", "texto", "de_donde"))

# Los filtros van en el mismo índice: cruzar dos listas es barato; mirar la fila de cada coincidencia, no. En
# SQLite la clave del órgano va en hexadecimal, para que sea una sola palabra.
RASGOS = "'clase' || {fila}.clase || ' organo' || lower(hex({fila}.organo))"

# PostgreSQL, además, no sabe dar primero las más recientes de lo que su índice encuentra: tendría que mirar
# todas. Cada lugar lleva en qué tramos de tiempo está, y se pregunta por tramos hasta juntar las que hacen
# falta (`coincidencias.py`). Son potencias de dos de días: se sacan del número sin saber de calendarios.
FINO, GRUESO = DE_LA_CLAVE + 5, DE_LA_CLAVE + 10  # 32 y 1024 días


def rasgo(campo: str, valor: str) -> str:
    """La palabra con la que se guarda un filtro; en PostgreSQL lleva un punto, que ninguna raíz lleva."""
    if connection.vendor == "postgresql":
        return f".{campo}{valor}"
    return f"clase{valor}" if campo == "clase" else f"organo{valor.encode().hex()}"


def de_tramo(tramo: int, ancho: int) -> str:
    """La palabra de un tramo de tiempo: un número sin sus últimos bits, `FINO` o `GRUESO`."""
    return f".{'f' if ancho == FINO else 'g'}{tramo}"


def _meter(fila: str) -> str:
    return (
        f'INSERT INTO "{TEXTO}"(rowid, raices, rasgos) '  # noqa: S608 -- nombres del modelo
        f"VALUES ({fila}.numero, {RAICES.format(fila=fila)}, {RASGOS.format(fila=fila)});"
    )


def _sacar(fila: str) -> str:
    return (
        f'INSERT INTO "{TEXTO}"("{TEXTO}", rowid, raices, rasgos) '  # noqa: S608 -- nombres del modelo
        f"VALUES ('delete', {fila}.numero, {RAICES.format(fila=fila)}, {RASGOS.format(fila=fila)});"
    )


DE_SQLITE = {
    TEXTO: (
        f"CREATE VIRTUAL TABLE \"{TEXTO}\" USING fts5(raices, rasgos, content='', "
        "tokenize='unicode61 remove_diacritics 0', prefix='3')"
    ),
    f"{TEXTO}_alta": f'CREATE TRIGGER "{TEXTO}_alta" AFTER INSERT ON "{TABLA}" BEGIN {_meter("NEW")} END',
    f"{TEXTO}_baja": f'CREATE TRIGGER "{TEXTO}_baja" AFTER DELETE ON "{TABLA}" BEGIN {_sacar("OLD")} END',
    f"{TEXTO}_cambio": (
        f'CREATE TRIGGER "{TEXTO}_cambio" AFTER UPDATE ON "{TABLA}" BEGIN {_sacar("OLD")} {_meter("NEW")} END'
    ),
}
DE_POSTGRES = (
    f'ALTER TABLE "{TABLA}" ADD COLUMN IF NOT EXISTS vector tsvector GENERATED ALWAYS AS ('
    "to_tsvector('simple'::regconfig, raices_titulo || E'\\n' || raices_texto || E'\\n' || raices_de_donde)"
    " || "
    "array_to_tsvector(ARRAY['.clase' || clase, '.organo' || organo, "
    f"'.f' || (numero >> {FINO})::text, '.g' || (numero >> {GRUESO})::text])) STORED",
    # Se publica pocas veces y se busca muchas: que nada quede por acomodar al buscar.
    f'CREATE INDEX IF NOT EXISTS "{TEXTO}" ON "{TABLA}" USING gin (vector) WITH (fastupdate = off)',
)


def al_migrar(using: str = "default", **_: Any) -> None:
    """Receptor de `post_migrate`: pone el índice si la tabla ya existe y algo falta o cambió."""
    conexion = connections[using]
    if TABLA not in conexion.introspection.table_names():
        return
    ordenes = DE_POSTGRES if conexion.vendor == "postgresql" else _faltantes(conexion)
    with conexion.cursor() as cursor:
        for orden in ordenes:
            cursor.execute(orden)


def _faltantes(conexion: BaseDatabaseWrapper) -> list[str]:
    """Nada si está intacto; si no, se quita y se vuelve a llenar con lo que hay en la tabla."""
    with conexion.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'trigger')")
        hay = dict(cursor.fetchall())
    if all(hay.get(nombre) == orden for nombre, orden in DE_SQLITE.items()):
        return []
    quitar = [f'DROP TRIGGER IF EXISTS "{nombre}"' for nombre in DE_SQLITE if nombre != TEXTO]
    llenar = (
        f'INSERT INTO "{TEXTO}"(rowid, raices, rasgos) '  # noqa: S608 -- nombres del modelo
        f'SELECT numero, {RAICES.format(fila="fila")}, {RASGOS.format(fila="fila")} FROM "{TABLA}" AS fila'
    )
    return [*quitar, f'DROP TABLE IF EXISTS "{TEXTO}"', *DE_SQLITE.values(), llenar]
