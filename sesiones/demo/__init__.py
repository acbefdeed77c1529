"""Demostración: el secretariado de 2020 con dos sesiones reales y un secretariado ficticio para probar."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .elenco import PersonaDemo


def personas() -> "tuple[PersonaDemo, ...]":
    """Las cuentas ficticias con las que se puede entrar (se importa tarde: necesita los modelos)."""
    from .elenco import personas as del_elenco

    return del_elenco()


def contrasena() -> str:
    """La contraseña que comparten las cuentas ficticias."""
    from .elenco import contrasena as del_elenco

    return del_elenco()
