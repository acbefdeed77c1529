"""Ejecuta lo asíncrono de pyHanko desde código síncrono, haya o no un lazo de eventos en este hilo.

`asyncio.run` se niega si el hilo ya tiene un lazo (un servidor ASGI, Playwright): por eso va en otro.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def esperar(tarea: Coroutine[Any, Any, T]) -> T:
    """El resultado de la corrutina; sus excepciones salen tal cual."""
    with ThreadPoolExecutor(1) as hilo:
        return hilo.submit(asyncio.run, tarea).result()
