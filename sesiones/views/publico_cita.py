"""La cita de una sola sesión, para agregarla a una agenda."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import conditional_page, require_safe

from sesiones import anuncio, citas, publica
from sesiones.models import Sesion
from stl_portal.calendario.views import como_archivo


@conditional_page
@require_safe
def cita(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """La misma que lleva la suscripción. 404 si la sesión no se ha convocado."""
    publicas = citas.con_cambios(anuncio.fechadas(Sesion.objects.publicas()).exclude(dia=None))
    fila = anuncio.como_se_aviso(get_object_or_404(publicas, organo__clave=organo, clave=sesion))
    (sin_datos,) = publica.sesiones_sin_datos([fila])
    suya = citas.cita_de(sin_datos)
    return como_archivo([suya], suya.resumen, suya.url, f"{organo}-{sesion}.ics")
