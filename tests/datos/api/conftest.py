"""Cada prueba empieza con la cuenta de peticiones en cero."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from sesiones import models as m
from tests import fabricas
from tests.personas import Reparto


@pytest.fixture(autouse=True)
def _sin_peticiones_previas() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def acordada(reparto: Reparto) -> m.Sesion:
    """Una sesión concluida con siete acuerdos, y otra que todavía no concluye con uno."""
    concluida = fabricas.crear_en_curso(reparto)
    for numero in range(1, 8):
        m.Acuerdo.agregar(concluida.puntos.get(), texto=f"Acuerdo de prueba {numero}")
    m.Sesion.objects.filter(pk=concluida.pk).update(estado="concluida")
    abierta = fabricas.crear_en_curso(reparto)
    m.Acuerdo.agregar(abierta.puntos.get(), texto="Acuerdo todavía reservado")
    return concluida
