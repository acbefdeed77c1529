"""Variables que toda plantilla necesita."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from . import registro


def portal(request: HttpRequest) -> dict[str, Any]:
    """Navegación, con la sección actual marcada, quién opera el portal y si esto es una demostración."""
    navegacion = [
        {"texto": e.texto, "url": e.url, "actual": request.path.startswith(e.url)}
        for e in sorted(registro.NAVEGACION, key=lambda e: e.orden)
    ]
    return {"navegacion": navegacion, "es_demo": settings.DEMO, "identidad": settings.IDENTIDAD}
