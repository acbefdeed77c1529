"""Cuántos renglones tiene cada recurso, en una sola consulta."""

from typing import Any

from django.db import connection

from .recurso import Recurso


def cuantos(recursos: list[type[Recurso]]) -> dict[type[Recurso], int]:
    """Por recurso."""
    if not recursos:
        return {}
    partes: list[str] = []
    valores: list[Any] = []
    for n, recurso in enumerate(recursos):
        orden, suyos = recurso.filas().order_by().values("pk").query.sql_with_params()
        partes.append(f"SELECT {n}, COUNT(*) FROM ({orden}) AS t{n}")  # noqa: S608 -- lo escribe el ORM
        valores += suyos
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(partes), valores)
        return {recursos[n]: cuenta for n, cuenta in cursor.fetchall()}
