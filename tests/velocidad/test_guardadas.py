"""Las páginas guardadas: qué se guarda, cuándo deja de servir y que nada de nadie entra."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stl_portal.publico import edicion
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.django_db(transaction=True)

UNA = 1  # la de la edición: todo lo que cuesta una página guardada


@pytest.fixture
def cliente() -> Client:
    """Alguien que no ha entrado; con él arranca una memoria vacía."""
    return Client()


def consultas(cliente: Client, direccion: str, **cabeceras: str) -> int:
    """Cuántas cuesta."""
    with CaptureQueriesContext(connection) as hechas:
        cliente.get(direccion, headers=cabeceras)
    return len(hechas)


def test_la_segunda_vez_cuesta_una_consulta_y_es_la_misma(cliente: Client) -> None:
    crear_reparto()
    primera, segunda = cliente.get("/sesiones/"), cliente.get("/sesiones/")
    assert segunda.content == primera.content
    assert segunda.headers == primera.headers
    assert consultas(cliente, "/sesiones/") == UNA
