"""Un acta recién concluida, y momentos fijos de su revisión."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sesiones import models as m
from sesiones import revision
from sesiones.cierre import cerrar
from tests.fabricas import crear_en_curso
from tests.personas import Reparto

CIERRE = dt.time(11, 42)
# La sesión de prueba es el miércoles 18 de marzo de 2026; se circula al día siguiente.
JUEVES = timezone.make_aware(dt.datetime(2026, 3, 19, 9, 0))


def concluida(reparto: Reparto, **cambios: Any) -> m.Acta:
    """El acta de una sesión cerrada, con su hoja de firmas propuesta."""
    sesion = crear_en_curso(reparto, puntos=2, **cambios)
    for punto in sesion.puntos.all():
        punto.resolver("presentado")
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=CIERRE)
    m.Firmante.proponer(sesion)
    return m.Acta.de(sesion)


@pytest.fixture
def acta(reparto: Reparto) -> m.Acta:
    """El acta en borrador de una sesión concluida."""
    return concluida(reparto)


@pytest.fixture
def ronda(reparto: Reparto, acta: m.Acta) -> m.Ronda:
    """El acta circulada hoy: abierta para las cuatro personas."""
    return revision.circular(acta, reparto.cuentas["facilitadora"], timezone.now())


@pytest.fixture
def como(reparto: Reparto) -> Callable[[str], Client]:
    """Un navegador en el que ya entró la persona del papel."""

    def entrar(papel: str) -> Client:
        cliente = Client()
        cliente.force_login(reparto.cuentas[papel])
        return cliente

    return entrar
