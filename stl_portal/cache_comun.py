"""La caché que comparten los procesos del portal: de ella dependen los límites de intentos."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.core.management import call_command

DE_UN_PROCESO = {
    "django.core.cache.backends.locmem.LocMemCache",
    "django.core.cache.backends.dummy.DummyCache",
}


def al_migrar(using: str, **_: Any) -> None:
    """Crea la tabla si la caché está en la base de datos y aún no existe; si no, nada."""
    call_command("createcachetable", database=using, verbosity=0)


def revisar(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """`check --deploy`: avisa si cada proceso llevaría su propia cuenta de intentos."""
    if settings.DEBUG or settings.CACHES["default"]["BACKEND"] not in DE_UN_PROCESO:
        return []
    return [
        Warning(
            "La caché es de cada proceso: con varios, los límites de intentos valdrían una vez por cada uno.",
            hint="Quita CACHE_URL, que en producción usa la base de datos, o señala una caché compartida.",
            id="portal.W001",
        )
    ]
