"""Lo que el OpenAPI promete se cumple con peticiones generadas: válidas, inválidas y de otros métodos.

La versión corta se repite igual en cada corrida; `make contrato` hace al menos 20 000 y cambia cada vez.
"""

import os
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from pytest_django import Settings as Ajustes
from schemathesis import Case, GenerationMode

from stl_portal.datos.registro import CONJUNTOS
from tests.permisos.mundo import crear_mundo
from tests.personas import Reparto

CASOS = int(os.environ.get("CONTRATO", "0"))  # cuántos en total; 0 es la versión corta
# De cada conjunto: su lista bien pedida, su lista mal pedida y una fila; con un décimo de más, porque
# algunas se agotan antes.
POR_OPERACION = -(-CASOS * 11 // (30 * len(CONJUNTOS))) if CASOS else 6
SIN_PRISA = list(HealthCheck)


@pytest.fixture
def contrato(reparto: Reparto, request: pytest.FixtureRequest) -> Iterator[Any]:
    """El OpenAPI que se publica, con identificadores que existen entre los que se pueden pedir."""
    ajustes: Ajustes = request.getfixturevalue("settings")  # `settings` es aquí el de hypothesis
    ajustes.ACCOUNT_RATE_LIMITS = ajustes.ACCOUNT_RATE_LIMITS | {"api": None}
    crear_mundo(reparto)
    documento = Client().get("/api/v1/openapi.json").json()
    for ruta, metodos in documento["paths"].items():
        partes = ruta.split("/")
        if "{id}" in partes:
            _que_existan(metodos["get"]["parameters"], partes[3])
    esquema = schemathesis.openapi.from_dict(documento)
    esquema.app = get_wsgi_application()
    # Como hace el cliente de pruebas: al terminar, la petición no cierra la conexión donde están las filas.
    request_finished.disconnect(close_old_connections)
    request_started.disconnect(close_old_connections)
    yield esquema
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def _que_existan(parametros: list[dict[str, Any]], clave: str) -> None:
    """La mitad de las veces, una fila de verdad."""
    ids = [str(fila[0]) for fila in CONJUNTOS[clave].todas()][:20]
    for parametro in parametros:
        if parametro["name"] == "id" and ids:
            parametro["schema"] = {
                "anyOf": [{"type": "string", "enum": ids}, {"type": "string", "minLength": 1}]
            }


MODOS = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def _pedir(operacion: Any, modo: GenerationMode, respondidas: Counter[tuple[str, int]]) -> None:
    """Peticiones generadas de una operación; falla con la más corta que no cumpla lo prometido."""

    @settings(max_examples=POR_OPERACION, derandomize=not CASOS, suppress_health_check=SIN_PRISA)
    @given(caso=operacion.as_strategy(generation_mode=modo))
    def una(caso: Case) -> None:
        respondidas[modo.value, caso.call_and_validate().status_code] += 1

    una()


def test_responde_lo_que_promete(contrato: Any) -> None:
    respondidas: Counter[tuple[str, int]] = Counter()
    for operacion, modo in product([r.ok() for r in contrato.get_all_operations()], MODOS):
        # Un `id` es cualquier texto: solo donde se filtra hay algo que mandar mal.
        if modo is GenerationMode.POSITIVE or len(operacion.query):
            _pedir(operacion, modo, respondidas)
    print(f"\n{respondidas.total()} peticiones: {dict(sorted(respondidas.items()))}")
    assert respondidas.total() >= CASOS
    # Que lo mal pedido se rechace y lo bien pedido no lo comprueba cada caso; aquí, que hubo de todo.
    assert {status for _, status in respondidas} == {200, 404, 422}
