"""Clientes con sesión abierta y direcciones de la mesa."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sesiones import models as m
from tests.personas import Reparto


def url(sesion: m.Sesion, nombre: str, *args: Any) -> str:
    """Dirección de una acción de la mesa para esa sesión."""
    return reverse(f"mesa:{nombre}", args=(sesion.organo.clave, sesion.clave, *args))


@pytest.fixture
def como(reparto: Reparto) -> Callable[[str], Client]:
    """Un navegador en el que ya entró la persona del papel."""

    def entrar(papel: str) -> Client:
        cliente = Client()
        cliente.force_login(reparto.cuentas[papel])
        return cliente

    return entrar


@pytest.fixture
def mesa(como: Callable[[str], Client]) -> Client:
    """El navegador de la facilitadora."""
    return como("facilitadora")
