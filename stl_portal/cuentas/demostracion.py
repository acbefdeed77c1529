"""El segundo factor de las cuentas ficticias: el portal mismo enseña el código que toca.

Sirve para probar la demostración sin teléfono. Solo ocurre con `DEMO`, que `PRODUCCION` apaga, y solo con las
cuentas del dominio reservado que crea `cargar_demo`.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings

from . import segundo_factor

DOMINIO = "@demo.example"


def es_de_demostracion(cuenta: Any) -> bool:
    """Si es una cuenta ficticia en una instalación de demostración."""
    return settings.DEMO and not settings.PRODUCCION and cuenta.email.endswith(DOMINIO)


def dar_segundo_factor(cuenta: Any) -> None:
    """Activa la aplicación de códigos de una cuenta ficticia. Lanza `ValueError` si no lo es."""
    if not es_de_demostracion(cuenta):
        raise ValueError("Solo las cuentas ficticias reciben un segundo factor que el portal enseña.")
    TOTP.activate(cuenta, generate_totp_secret())


def codigo(cuenta: Any) -> str | None:
    """El código que la cuenta puede usar ahora; vacío si hay que esperar al siguiente.

    `None` si no es ficticia o no tiene aplicación de códigos: no hay nada que enseñar.
    """
    if not es_de_demostracion(cuenta):
        return None
    medio = Authenticator.objects.filter(user=cuenta, type=Authenticator.Type.TOTP).first()
    return segundo_factor.siguiente(medio) if medio else None
