"""El nombre de las galletas que Django no deja poner en la configuración, y los mensajes que viajan en una.

Con prefijo, el navegador no las acepta sin cifrar ni de otro nombre del mismo dominio; sin HTTPS no las
aceptaría nunca, así que solo lo llevan donde las de la sesión son `Secure`.
"""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


def de_todo_el_sitio(nombre: str) -> str:
    """La que viaja a cualquier dirección: ninguna otra máquina del dominio la puede poner."""
    return f"__Host-{nombre}" if settings.SESSION_COOKIE_SECURE else nombre


def de_una_parte(nombre: str) -> str:
    """La que solo viaja a unas direcciones: el navegador no le admite el otro prefijo."""
    return f"__Secure-{nombre}" if settings.SESSION_COOKIE_SECURE else nombre


class DeMensajes(CookieStorage):
    """La de los mensajes que se leen una vez; nginx la reconoce por este nombre (deploy/nginx.conf)."""

    cookie_name = de_todo_el_sitio("messages")


class Mensajes(FallbackStorage):
    """En su galleta y, si no caben, en la sesión: lo mismo que hace Django."""

    storage_classes = (DeMensajes, SessionStorage)
