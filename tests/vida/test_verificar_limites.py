"""Verificar es de todo el mundo, pero nadie ocupa el portal con preguntas sin fin."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _poquitos(settings: Settings) -> Iterator[None]:
    """Tres de cada uno, contados desde cero."""
    settings.ACCOUNT_RATE_LIMITS = {"verificar_archivo": "3/10m/ip", "verificar_codigo": "3/10m/ip"}
    cache.clear()
    yield
    cache.clear()


def _archivo(client: Client, desde: str = "198.51.100.7") -> int:
    subido = SimpleUploadedFile("acta.pdf", b"%PDF-1.7 cualquiera")
    return client.post("/verificar/", {"pdf": subido}, REMOTE_ADDR=desde).status_code


def test_de_archivos(client: Client) -> None:
    assert [_archivo(client) for _ in range(5)] == [404, 404, 404, 429, 429]
    assert _archivo(client, "198.51.100.8") == 404  # desde otra dirección, sí
    assert (
        client.get("/verificar/", REMOTE_ADDR="198.51.100.7").status_code == 200
    )  # y ver la página, siempre


def test_de_codigos_y_huellas(client: Client) -> None:
    direcciones = [
        "/verificar/?codigo=AAAA-BBBB-CCCC-DDDD",
        "/verificar/aaaa-bbbb-cccc-dddd/",
        f"/verificar/?huella={'0' * 64}",
    ]
    assert [client.get(una).status_code for una in direcciones] == [404] * 3
    assert [client.get(una).status_code for una in direcciones] == [429] * 3
    assert client.head(direcciones[0]).status_code == 429
    assert _archivo(client, "127.0.0.1") == 404  # se cuentan aparte


def test_la_respuesta_dice_que_esperar_y_cuanto(client: Client) -> None:
    respuestas = [client.get("/verificar/?codigo=AAAA-BBBB-CCCC-DDDD") for _ in range(4)]
    assert respuestas[-1]["Retry-After"] == "600"
    assert "hay que esperar 10 minutos" in respuestas[-1].content.decode()
    assert "Retry-After" not in respuestas[0].headers


def test_los_limites_de_verdad_alcanzan_para_una_oficina(settings: Settings) -> None:
    from stl_portal import settings as originales

    cuantos = {accion: int(tasa.split("/")[0]) for accion, tasa in originales.ACCOUNT_RATE_LIMITS.items()}
    assert cuantos["verificar_archivo"] >= 60
    assert cuantos["verificar_codigo"] >= 600
