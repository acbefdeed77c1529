"""Lo que un servidor de verdad, en otro proceso, necesita para ver la base de la prueba y dejar entrar."""

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection


def direccion_de_la_base() -> str:
    """La de la base de esta prueba, como `DATABASE_URL`."""
    base = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{base['NAME']}"
    quien = f"{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT']}"
    return f"postgres://{quien}/{base['NAME']}"


def entorno() -> dict[str, str]:
    """Las variables con que el portal usa la base y los archivos de esta prueba."""
    return {
        "DJANGO_SETTINGS_MODULE": "stl_portal.settings",
        "DATABASE_URL": direccion_de_la_base(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "ALLOWED_HOSTS": "127.0.0.1",
    }


def galleta(usuario: Any) -> str:
    """Una sesión ya abierta de esa cuenta, como cabecera."""
    sesion = SessionStore()
    sesion[SESSION_KEY] = str(usuario.pk)
    sesion[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    sesion[HASH_SESSION_KEY] = usuario.get_session_auth_hash()
    sesion.save()
    return f"{settings.SESSION_COOKIE_NAME}={sesion.session_key}"
