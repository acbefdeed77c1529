"""Leer todas las tablas como estaban en el mismo momento, aunque alguien siga escribiendo."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def un_solo_instante() -> Iterator[None]:
    """Dentro no se escribe nada, y lo que otros escriban no se ve."""
    suelta = not connection.in_atomic_block
    with transaction.atomic():
        if suelta and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
