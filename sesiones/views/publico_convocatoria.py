"""La convocatoria de una sesión, para cualquiera: en PDF y sin nombrar a nadie."""

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from sesiones import anuncio, publica
from sesiones.acta.convocatoria_publica import convocatoria
from sesiones.models import Sesion
from sesiones.views.actas import entregar
from stl_portal.cabeceras import SIEMPRE_PREGUNTA


@require_safe
def convocatoria_pdf(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """La última que se emitió; 404 si ninguna."""
    de_mas: HttpResponse | None = ratelimit.consume_or_429(request, action="convocatoria_pdf", limit_get=True)
    if de_mas:
        return de_mas
    filas = Sesion.objects.publicas().select_related("organo")
    filas = filas.prefetch_related("organo__denominaciones", "convocatorias")
    fila = get_object_or_404(filas, organo__clave=organo, clave=sesion)
    emitidas = list(fila.convocatorias.all())
    if not emitidas:
        raise Http404("Esa sesión no se convocó desde el portal.")
    tachador = publica.tachadores([fila.pk]).get(fila.pk, publica.SIN_NADA)
    avisada = publica.tachar(anuncio.segun_su_aviso(fila), tachador)
    respuesta = entregar(convocatoria(avisada, emitidas[-1], tachador))
    respuesta["Cache-Control"] = SIEMPRE_PREGUNTA
    return respuesta
