"""El almacén en un cubo nuevo para cada prueba; el servicio, uno para todas."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from stl_portal.archivo import ajustes, deposito

from .servicio import Cubo, encendido, puerto_libre


@pytest.fixture(scope="session")
def servicio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Su dirección."""
    with encendido(tmp_path_factory.mktemp("s3")) as url:
        yield url


@pytest.fixture
def cubo(servicio: str, settings: Settings) -> Cubo:
    """Vacío, y en él guarda el portal."""
    suyo = Cubo(servicio, f"cubo-{uuid.uuid4().hex}")
    usar(settings, suyo)
    en_crudo().create()
    return suyo


@pytest.fixture
def caido(cubo: Cubo) -> Cubo:
    """El mismo cubo, donde nadie contesta."""
    return replace(cubo, url=f"http://127.0.0.1:{puerto_libre()}")


def usar(settings: Settings, suyo: Cubo) -> None:
    """Desde ahora el almacén es ese cubo, configurado como lo configura el entorno."""
    settings.STORAGES = settings.STORAGES | {"default": ajustes.del_entorno(suyo.entorno())}


def en_crudo() -> Any:
    """El cubo visto sin el portal."""
    suyo: Any = deposito.actual()
    return suyo.bucket


def objetos() -> dict[str, bytes]:
    """Todo lo que hay en él."""
    return {objeto.key: objeto.get()["Body"].read() for objeto in en_crudo().objects.all()}
