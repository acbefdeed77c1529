"""La página donde quien conduce publica un evento, dice que se celebró o lo cancela."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sesiones.eventos import decidir as actos
from sesiones.eventos import situacion
from sesiones.eventos.del_plan import relacionado
from sesiones.eventos.forms.decidir import FormaDecidir
from sesiones.eventos.models import Evento
from sesiones.eventos.registros import EVENTOS, MATERIALES
from sesiones.models import Organo
from sesiones.views.acceso import organo_o_404
from sesiones.views.registros.generico import marco


@require_safe
def evento(request: HttpRequest, organo: str, pk: int) -> HttpResponse:
    """El evento con lo que le falta, lo que se puede hacer y su historia; la lee quien lee la mesa."""
    del_organo = organo_o_404(request, organo)
    return _pintar(request, del_organo, _evento_o_404(del_organo, pk), FormaDecidir())


@require_POST
def decidir(request: HttpRequest, organo: str, pk: int) -> HttpResponse:
    """Publicar, dar por celebrado o cancelar: 302, 409 si ya no procede o 422 si falta el motivo."""
    del_organo = organo_o_404(request, organo, conducir=True)
    fila, forma = _evento_o_404(del_organo, pk), FormaDecidir(request.POST)
    if not forma.is_valid():
        return _pintar(request, del_organo, fila, forma, status=422)
    try:
        with transaction.atomic():
            Organo.objects.select_for_update().get(pk=del_organo.pk)
            fila = _evento_o_404(del_organo, pk)
            dicho = actos.decidir(fila, forma.cleaned_data, request.user, timezone.now())
    except ValidationError as error:
        forma.anotar(error)
        return _pintar(request, del_organo, fila, forma, status=422)
    messages.success(request, dicho)
    return redirect("gestion_agenda:evento", organo=del_organo.clave, pk=fila.pk)


def _evento_o_404(organo: Organo, pk: int) -> Evento:
    filas = Evento.objects.con_todo().prefetch_related("ponentes", "relaciones", "materiales__archivo")
    encontrado: Evento = get_object_or_404(filas, organo=organo, pk=pk)
    encontrado.organo = organo
    return encontrado


def _pintar(
    request: HttpRequest, organo: Organo, fila: Evento, forma: FormaDecidir, *, status: int = 200
) -> HttpResponse:
    hoy = timezone.localdate()
    contexto: dict[str, Any] = marco(
        request,
        organo,
        evento=fila,
        forma=forma,
        cuando=situacion.cuando(fila),
        organiza=situacion.organizadores(fila),
        alcance=situacion.alcance(fila),
        le_falta=situacion.le_falta(fila, hoy),
        puede={verbo: fila.puede(verbo) for verbo in fila.TRANSICIONES},
        ya_empezo=fila.dia <= hoy,
        relacionado=relacionado(fila),
        cambios=fila.historia.select_related("por"),
        url_lista=EVENTOS.url(organo),
        url_corregir="" if EVENTOS.candado(fila, organo) else EVENTOS.url_de(fila, organo),
        url_material=MATERIALES.url_nuevo(organo, fila),
        materiales=[(m, MATERIALES.url_de(m, organo)) for m in fila.materiales.all()],
    )
    return render(request, "sesiones/eventos/gestion.html", contexto, status=status)
