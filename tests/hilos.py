"""Varias personas a la vez: cada una en su hilo y con su propia conexión a la base.

Quien lo usa necesita `transactional_db`: lo que no se ha confirmado no existe para otra conexión.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier
from typing import TypeVar

from django.db import connection, transaction

T = TypeVar("T")
PACIENCIA = 0.5  # segundos en que lo que no espera ya se habría hecho


def a_la_vez(actos: Sequence[Callable[[], T]]) -> list[T]:
    """Lo que da cada acto, en su orden; todos empiezan al mismo tiempo."""
    salida = Barrier(len(actos))

    def hacer(acto: Callable[[], T]) -> T:
        salida.wait()
        return _y_cerrar(acto)

    with ThreadPoolExecutor(len(actos)) as hilos:
        return list(hilos.map(hacer, actos))


def uno_tras_otro(primero: Callable[[], object], segundo: Callable[[], T]) -> T:
    """Lo que da `segundo`, que otra persona empieza cuando `primero` ya se hizo y no se ha confirmado.

    Falla si `segundo` termina antes de que `primero` se confirme: no lo esperó.
    """
    with ThreadPoolExecutor(1) as hilo:
        with transaction.atomic():
            primero()
            otra = hilo.submit(_y_cerrar, segundo)
            assert not wait([otra], timeout=PACIENCIA).done, "No esperó a que la primera terminara."
        return otra.result()


def _y_cerrar(acto: Callable[[], T]) -> T:
    try:
        return acto()
    finally:
        connection.close()
