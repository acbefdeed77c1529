"""Lo que ve el comité: las postulaciones sin los datos de contacto, y cada quien lo que calificó."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sesiones.certamenes import calificar as de_calificar
from sesiones.certamenes import permisos
from sesiones.certamenes.dictaminar import resultados
from sesiones.certamenes.estados import DICTAMINADOS, EstadoCertamen
from sesiones.certamenes.forms.calificar import FormaAbstencion, FormaCalificacion
from sesiones.certamenes.models import Certamen, IntegranteDelComite, Postulacion
from sesiones.views.acceso import exigir_cuenta


def _lugar_o_404(request: HttpRequest, organo: str, clave: str) -> IntegranteDelComite:
    """El lugar de la cuenta en ese comité; para los demás no existe."""
    exigir_cuenta(request)
    certamen = get_object_or_404(Certamen.objects.con_organo(), organo__clave=organo, clave=clave)
    lugar = permisos.integrante_de(request.user, certamen)
    if lugar is None:
        raise Http404
    lugar.certamen = certamen
    return lugar


@require_safe
def todas(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """Las postulaciones, con lo que falta calificar por delante; y los resultados, cuando ya los hay."""
    lugar = _lugar_o_404(request, organo, clave)
    certamen = lugar.certamen
    # Antes del cierre el comité tampoco lee lo que va llegando.
    se_lee = certamen.estado not in (EstadoCertamen.BORRADOR, EstadoCertamen.PUBLICADA)
    contexto = {
        "c": certamen,
        "lugar": lugar,
        "se_lee": se_lee,
        "filas": de_calificar.por_calificar(lugar) if se_lee else [],
        "en_dictamen": certamen.estado == EstadoCertamen.CERRADA,
        "resultados": resultados(certamen) if certamen.estado in DICTAMINADOS else [],
    }
    return render(request, "certamenes/comite/todas.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
def calificar(request: HttpRequest, organo: str, clave: str, folio: int) -> HttpResponse:
    """Una postulación y lo que de ella dice quien entra: 302, 409 fuera del dictamen o 422."""
    lugar = _lugar_o_404(request, organo, clave)
    if lugar.certamen.estado in (EstadoCertamen.BORRADOR, EstadoCertamen.PUBLICADA):
        raise Http404("Todavía no empieza el dictamen.")
    presentadas = lugar.certamen.postulaciones.presentadas()
    fila = get_object_or_404(presentadas, folio=folio)
    if request.method == "POST":
        return _decidir(request, lugar, fila)
    return _hoja(request, lugar, fila)


def _decidir(request: HttpRequest, lugar: IntegranteDelComite, fila: Postulacion) -> HttpResponse:
    """Califica o se abstiene, según el botón."""
    se_abstiene = "abstenerse" in request.POST
    forma: forms.Form = (
        FormaAbstencion(request.POST)
        if se_abstiene
        else FormaCalificacion(request.POST, certamen=lugar.certamen, dictamen=None)
    )
    if not forma.is_valid():
        return _hoja(request, lugar, fila, forma)
    try:
        if isinstance(forma, FormaCalificacion):
            de_calificar.calificar(lugar, fila, forma.puntos, timezone.now())
        else:
            de_calificar.abstenerse(lugar, fila, forma.cleaned_data["motivo"], timezone.now())
    except ValidationError as error:
        forma.add_error(None, error)
        return _hoja(request, lugar, fila, forma)
    dicho = "Te abstuviste" if se_abstiene else "Guardamos tu calificación"
    messages.success(request, f"{dicho} en {fila.folio_dicho}.")
    return redirect("certamenes_comite:todas", lugar.certamen.organo.clave, lugar.certamen.clave)


def _hoja(
    request: HttpRequest, lugar: IntegranteDelComite, fila: Postulacion, con_error: forms.Form | None = None
) -> HttpResponse:
    """La postulación y las dos formas; la que vino con errores, con ellos (422)."""
    certamen = lugar.certamen
    suyo = lugar.dictamenes.filter(postulacion=fila).first()
    calificacion: forms.Form = FormaCalificacion(certamen=certamen, dictamen=suyo)
    abstencion: forms.Form = FormaAbstencion(initial={"motivo": suyo.motivo if suyo else ""})
    if isinstance(con_error, FormaCalificacion):
        calificacion = con_error
    elif con_error is not None:
        abstencion = con_error
    contexto = {
        "c": certamen,
        "p": fila,
        "suyo": suyo,
        "en_dictamen": certamen.estado == EstadoCertamen.CERRADA,
        "conflicto": de_calificar.conflicto(lugar, fila),
        "respuestas": fila.respuestas.select_related("apartado"),
        "evidencias": fila.evidencias.select_related("archivo"),
        "calificacion": calificacion,
        "abstencion": abstencion,
        "con_error": con_error,
    }
    estado = HTTPStatus.UNPROCESSABLE_ENTITY if con_error is not None else HTTPStatus.OK
    return render(request, "certamenes/comite/calificar.html", contexto, status=estado)
