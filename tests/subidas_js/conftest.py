"""Un navegador con la página que recibe archivos abierta, y un portal que se puede apagar."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django import Settings

from tests.mesa_js.conftest import como, portal, reparto

__all__ = ["como", "portal", "reparto"]
Abrir = Callable[[BrowserContext], Page]


@pytest.fixture(autouse=True)
def _con_la_pagina(settings: Settings) -> None:
    """Antes de que el portal se encienda."""
    settings.ROOT_URLCONF = "tests.subidas_js.pagina"


@pytest.fixture
def contexto(_con_la_pagina: None, como: Callable[[str], BrowserContext]) -> BrowserContext:
    """El navegador de quien prepara los reportes."""
    return como("integrante")


@pytest.fixture
def abrir() -> Iterator[Abrir]:
    """Abre la página; falla si el navegador protesta."""
    protestas: list[str] = []

    def abierta(contexto: BrowserContext) -> Page:
        hoja = contexto.new_page()
        hoja.on("pageerror", lambda error: protestas.append(str(error)))
        hoja.on("console", lambda dicho: protestas.append(dicho.text) if "Security" in dicho.text else None)
        hoja.goto("/prueba/")
        return hoja

    yield abierta
    assert protestas == []
