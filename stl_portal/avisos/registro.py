"""Cada aplicación apunta aquí quién ve sus avisos y cuáles están por salir."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .envio import Mensaje


@dataclass(frozen=True)
class Serie:
    """Los avisos de una cosa (una sesión…), vistos por quien la conduce o por quien los recibe."""

    titulo: str
    volver: str  # dirección de la página de donde se llegó
    por_enviar: Sequence[Mensaje] = ()  # lo que saldría si se emitiera ahora
    sin_correo: Sequence[str] = ()  # nombres de quienes no tienen a dónde escribirles
    puede_reintentar: bool = False
    solo_de: str | None = None  # correo de quien mira: solo ve lo suyo (vacío, nada); None, ve todo


# Clase de serie («sesion») → función (cuenta, clave) que la arma, o None si no le toca verla.
SERIES: dict[str, Callable[[Any, str], Serie | None]] = {}
