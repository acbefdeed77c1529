"""Cada prueba empieza sin intentos contados: si no, la quinta que cambia una contraseña recibe un 429."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _sin_intentos() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
