"""El tablero de la administración: lo que espera en todo el portal, con su cuenta y su liga."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stl_portal.publico.registro import ESPACIOS

from . import puerta, registro


@require_safe
def tablero(request: HttpRequest) -> HttpResponse:
    """Cuánto espera de cada cosa, y cómo están la cola de correos y los respaldos."""
    puerta.exigir(request)
    hoy = timezone.localdate()
    esperan = registro.en_espera(hoy)
    contexto = {
        "esperan": [e for e in esperan if e.cuantas],
        "de_ejemplo": [e for e in esperan if e.hay and not e.cuantas],
        "trabajo": [e for fuente in ESPACIOS for e in fuente(request.user, hoy) if e.url != request.path],
        "al_dia": [e for e in esperan if not e.hay],
        "respaldos": [ultimo for preguntar in registro.RESPALDOS if (ultimo := preguntar())],
        "al_momento": settings.AVISOS_AL_MOMENTO,
        "hoy": hoy,
    }
    return render(request, "gestion/tablero.html", contexto)
