"""Lo que las aplicaciones le dicen a las cuentas; estas no las conocen.

Cada aplicación se apunta desde `AppConfig.ready()`.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

# Si la cuenta sella, publica o administra algo en esa fecha: a ella se le exige segundo paso y su sesión
# vence por inactividad.
CON_PODER: list[Callable[[Any, dt.date], bool]] = []
# Qué se deshace al retirarle a esa cuenta la invitación de un ámbito (la clave de un órgano).
AL_REVOCAR: list[Callable[[Any, str], None]] = []


def tiene_poder(cuenta: Any) -> bool:
    """Si hoy puede sellar, publicar o administrar, en el portal o en un órgano."""
    hoy = timezone.localdate()
    if not (cuenta.is_authenticated and cuenta.is_active):
        return False
    return bool(cuenta.is_staff) or any(puede(cuenta, hoy) for puede in CON_PODER)
