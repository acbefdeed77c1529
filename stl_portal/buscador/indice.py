"""El índice de palabras: FTS5 en SQLite, mantenido por disparadores; tsvector y GIN en PostgreSQL.

Las dos guardan las mismas raíces, que ya vienen reducidas: la base no decide qué es una palabra. Se pone
después de migrar, como las guardas, y solo si falta o cambió.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from stl_portal.buscador.models import Hallable

TABLA = Hallable._meta.db_table
TEXTO = f"{TABLA}_texto"

# En SQLite los filtros van en el mismo índice, en su propia columna: cruzar dos listas es barato; mirar la
# fila de cada coincidencia, no. La clave del órgano va en hexadecimal para que sea una sola palabra.
RASGOS = "'clase' || {fila}.clase || ' organo' || lower(hex({fila}.organo))"


def rasgo(campo: str, valor: str) -> str:
    """La palabra con la que SQLite guarda un filtro."""
    return f"clase{valor}" if campo == "clase" else f"organo{valor.encode().hex()}"


def _meter(fila: str) -> str:
    return (
        f'INSERT INTO "{TEXTO}"(rowid, raices, rasgos) '  # noqa: S608 -- nombres del modelo
        f"VALUES ({fila}.numero, {fila}.raices, {RASGOS.format(fila=fila)});"
    )


def _sacar(fila: str) -> str:
    return (
        f'INSERT INTO "{TEXTO}"("{TEXTO}", rowid, raices, rasgos) '  # noqa: S608 -- nombres del modelo
        f"VALUES ('delete', {fila}.numero, {fila}.raices, {RASGOS.format(fila=fila)});"
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
    f'ALTER TABLE "{TABLA}" ADD COLUMN IF NOT EXISTS vector tsvector '
    "GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, raices)) STORED",
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
        f'SELECT numero, raices, {RASGOS.format(fila="fila")} FROM "{TABLA}" AS fila'
    )
    return [*quitar, f'DROP TABLE IF EXISTS "{TEXTO}"', *DE_SQLITE.values(), llenar]
