"""El tiempo que cierra una sesión por inactividad, sin esperarlo."""

import time
from typing import Any

from django.contrib.sessions.models import Session

from stl_portal.cuentas.limites_de_sesion import CLAVE
from stl_portal.cuentas.sesion import SessionStore


def pasar_media_hora() -> None:
    """Deja como estarían las sesiones abiertas tras treinta minutos sin que nadie haga nada."""
    for llave in Session.objects.values_list("session_key", flat=True):
        sesion = SessionStore(llave)
        marcas: Any = sesion[CLAVE]
        sesion[CLAVE] = {**marcas, "visto": time.time() - 30 * 60}
        sesion.save()
