"""Las tablas que van vacías: lo que abre una puerta o no sirve en otra máquina, y nadie echa de menos.

Al restaurar, cada quien vuelve a entrar y lo que se subía a medias se sube otra vez. Otra aplicación suma las
suyas con `sumar` desde `AppConfig.ready()`. Ninguna tabla con datos puede apuntar a estas.
"""

from django.apps import apps
from django.conf import settings

_SIN_DATOS: dict[str, str] = {
    "sessions.Session": "su clave es la que abre la sesión de alguien",
    "cuentas.SesionAbierta": "la lista de esas sesiones",
    "account.EmailConfirmation": "fichas de un solo uso que viajan en un correo",
    "archivo.Subida": "archivos a medias, que no se respaldan",
}
_CACHE_EN_LA_BASE = "django.core.cache.backends.db.DatabaseCache"


def sumar(modelo: str, porque: str) -> None:
    """Otra tabla («aplicacion.Modelo») que va vacía."""
    _SIN_DATOS[modelo] = porque


def modelos() -> dict[str, str]:
    """Las declaradas, con su porqué."""
    return dict(_SIN_DATOS)


def tablas() -> list[str]:
    """Sus nombres en la base, con las de la caché."""
    declaradas = [apps.get_model(modelo)._meta.db_table for modelo in _SIN_DATOS]
    caches = [c["LOCATION"] for c in settings.CACHES.values() if c["BACKEND"] == _CACHE_EN_LA_BASE]
    return sorted({*declaradas, *caches})
