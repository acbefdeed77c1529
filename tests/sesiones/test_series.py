"""Números sin huecos ni repetidos aunque lleguen veinte personas a la vez."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from sesiones import models as m
from tests.fabricas import crear_en_curso, crear_punto, crear_sesion
from tests.personas import Reparto, crear_reparto

HILOS = 20


def a_la_vez(tarea: Callable[[int], Any]) -> list[Any]:
    """Corre la tarea en veinte hilos que arrancan juntos, cada uno con su conexión."""
    barrera = Barrier(HILOS)

    def una(numero: int) -> Any:
        barrera.wait(timeout=60)
        try:
            return tarea(numero)
        finally:
            connection.close()

    with ThreadPoolExecutor(HILOS) as hilos:
        return list(hilos.map(una, range(HILOS)))


@pytest.mark.django_db(transaction=True)
def test_veinte_sesiones_a_la_vez_se_numeran_sin_huecos() -> None:
    reparto = crear_reparto()
    numeros = a_la_vez(lambda _: crear_sesion(reparto).numero)
    assert sorted(numeros) == list(range(1, HILOS + 1))


@pytest.mark.django_db(transaction=True)
def test_veinte_acuerdos_a_la_vez_se_numeran_sin_huecos() -> None:
    reparto = crear_reparto()
    punto = crear_en_curso(reparto).puntos.get()
    numeros = a_la_vez(lambda n: m.Acuerdo.agregar(punto, texto=f"Acuerdo {n}").numero)
    assert sorted(numeros) == list(range(1, HILOS + 1))


@pytest.mark.django_db(transaction=True)
def test_veinte_puntos_a_la_vez_quedan_en_orden() -> None:
    reparto = crear_reparto()
    sesion = crear_sesion(reparto)
    a_la_vez(lambda n: crear_punto(sesion, f"Punto {n}"))
    assert [p.orden for p in sesion.puntos.en_arbol()] == list(range(1, HILOS + 1))


@pytest.mark.django_db(transaction=True)
def test_una_transaccion_deshecha_devuelve_su_numero() -> None:
    reparto = crear_reparto()
    with transaction.atomic():
        crear_sesion(reparto)
        transaction.set_rollback(True)
    assert crear_sesion(reparto).numero == 1


def test_un_numero_usado_se_rechaza(reparto: Reparto) -> None:
    crear_sesion(reparto, numero=7)
    with pytest.raises(ValidationError, match="Ya existe una sesión con ese número"):
        crear_sesion(reparto, numero=7)
    assert crear_sesion(reparto).numero == 8
