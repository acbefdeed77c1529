"""Quién entra a la administración del portal."""

from typing import Any


def administra(usuario: Any) -> bool:
    """La cuenta con «administración técnica», activa: ve los registros de todos los órganos.

    No es un papel de un órgano: quien administra uno solo lo hace desde sus registros, en la mesa. Tampoco
    da permiso de conducir: las acciones preguntan además, fila por fila, lo mismo que sus páginas.
    """
    return bool(usuario.is_authenticated and usuario.is_active and usuario.is_staff)
