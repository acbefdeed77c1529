"""El calendario de un año: se aprueba con un acuerdo, se enmienda con otro, y de él nacen las sesiones."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sesiones.agenda import formar_orden
from sesiones.estados import EstadoCalendario
from sesiones.forms.base import FormaInvalida
from sesiones.forms.calendarios import FormaAprobar
from sesiones.models import Calendario, FechaCalendario, Organo, Sesion
from sesiones.programar import propuesta
from sesiones.views.acceso import organo_o_404

from .de_trabajo import CALENDARIOS, ficha_de_calendario
from .generico import marco


@require_safe
def ficha(request: HttpRequest, organo: str, pk: int) -> HttpResponse:
    """Sus fechas, quién lo aprobó y de cuál viene."""
    del_organo = organo_o_404(request, organo)
    return pintar(request, del_organo, calendario_o_404(del_organo, pk))


def calendario_o_404(organo: Organo, pk: int) -> Calendario:
    """El calendario, solo si es del órgano."""
    filas = organo.calendarios.select_related("acuerdo__sesion", "sustituye", "sustituido_por")
    return get_object_or_404(filas, pk=pk)


def pintar(
    request: HttpRequest, organo: Organo, calendario: Calendario, forma: FormaAprobar | None = None
) -> HttpResponse:
    """La página del calendario; con errores en `forma`, 422."""
    propuesto = calendario.estado == EstadoCalendario.PROPUESTO
    contexto = marco(
        request,
        organo,
        calendario=calendario,
        fechas=calendario.fechas.select_related("sesion"),
        historia=calendario.historia.select_related("por"),
        forma=forma or (FormaAprobar(organo) if propuesto else None),
        propuesto=propuesto,
        aprobado=calendario.estado == EstadoCalendario.APROBADO,
        url_lista=CALENDARIOS.url(organo),
        url_editar=CALENDARIOS.url_de(calendario, organo),
        hoy=timezone.localdate(),
    )
    return render(request, "sesiones/registros/calendario.html", contexto, status=422 if forma else 200)


@require_POST
def aprobar(request: HttpRequest, organo: str, pk: int) -> HttpResponse:
    """Lo aprueba un acuerdo; el que enmienda queda sustituido."""
    del_organo = organo_o_404(request, organo, conducir=True)
    calendario = calendario_o_404(del_organo, pk)
    forma = FormaAprobar(del_organo, request.POST)
    try:
        with forma.ejecutar() as datos:
            calendario.aprobar(request.user, acuerdo=datos["acuerdo"])
    except FormaInvalida:
        return pintar(request, del_organo, calendario, forma)
    messages.success(request, f"Calendario {calendario.anio} aprobado.")
    return redirect(ficha_de_calendario(calendario, del_organo))


@require_POST
def enmendar(request: HttpRequest, organo: str, pk: int) -> HttpResponse:
    """Copia las fechas a una propuesta nueva; si ya había una, lleva a ella."""
    del_organo = organo_o_404(request, organo, conducir=True)
    calendario = calendario_o_404(del_organo, pk)
    return redirect(CALENDARIOS.url_de(calendario.enmendar(request.user), del_organo))


@require_POST
def programar(request: HttpRequest, organo: str, pk: int, fecha: int) -> HttpResponse:
    """Crea la sesión de una fecha aprobada con lo que se acostumbra: hora, sede y acuerdos pendientes."""
    del_organo = organo_o_404(request, organo, conducir=True)
    calendario = calendario_o_404(del_organo, pk)
    renglon = get_object_or_404(calendario.fechas, pk=fecha)
    try:
        sesion = nacer(calendario, renglon, del_organo, request)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(ficha_de_calendario(calendario, del_organo))
    return redirect(sesion.paso_url("convocatoria"))


def nacer(calendario: Calendario, renglon: FechaCalendario, organo: Organo, request: HttpRequest) -> Sesion:
    """La sesión de esa fecha, con su orden del día; la misma si ya había nacido."""
    datos = propuesta(organo, timezone.localdate(), renglon.tipo)
    with transaction.atomic():
        sesion, nacio = calendario.programar(
            renglon.pk,
            request.user,
            hora=datos["hora"],
            modalidad=datos.get("modalidad", "presencial"),
            lugar=datos.get("lugar") or "Por definir",
            domicilio=datos.get("domicilio", ""),
        )
        if nacio:
            formar_orden(sesion, copiar_de=None, acuerdos=datos["acuerdos"])
    return sesion
