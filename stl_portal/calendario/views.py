"""El calendario público: un mes en cada página, y los mismos datos para suscribirse desde una agenda."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import conditional_page, require_safe

from stl_portal.publico.registro import organos

from . import agenda, ics
from .forms import FiltroDeOrgano
from .mes import Mes
from .registro import Cita
from .suscripcion import lleva_a_la_del_organo

PRIMER_ANIO = 2000
ANIOS_POR_VENIR = 5
# Lo que trae la suscripción: lo de un año atrás, para que lo cancelado llegue a quien lo tenía, y todo lo
# que viene.
HACIA_ATRAS = dt.timedelta(days=366)
HACIA_ADELANTE = dt.timedelta(days=366 * ANIOS_POR_VENIR)


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """El mes en que estamos."""
    return _pagina(request, Mes.de(timezone.localdate()))


@require_safe
def mes(request: HttpRequest, anio: int, numero: int) -> HttpResponse:
    """Un mes cualquiera. `Http404` si no existe o está fuera de lo que un calendario puede tener."""
    if not (1 <= numero <= 12 and PRIMER_ANIO <= anio <= timezone.localdate().year + ANIOS_POR_VENIR):
        raise Http404("El calendario no llega a ese mes.")
    return _pagina(request, Mes(anio, numero))


def _pagina(request: HttpRequest, cual: Mes) -> HttpResponse:
    filtro = FiltroDeOrgano(request.GET)
    organo = filtro.elegido.clave if filtro.elegido else ""
    citas = agenda.a_la_vista(cual.primero, cual.ultimo, organo)
    contexto: dict[str, Any] = {
        "mes": cual,
        "hoy": timezone.localdate(),
        "filtro": filtro,
        "semanas": cual.semanas(citas),
        "dias": cual.por_dia(citas),
        "total": len(citas),
        "suscribirse": _direccion_de_agenda(organo),
        **_vecinos(cual, organo),
    }
    if not citas:
        contexto |= {"siguiente_cita": agenda.siguiente(cual.ultimo, organo)}
        contexto |= {"anterior_cita": agenda.anterior(cual.primero, organo)}
    return render(request, "calendario/mes.html", contexto, status=200 if filtro.is_valid() else 422)


def _vecinos(cual: Mes, organo: str) -> dict[str, Mes | None]:
    """El mes anterior y el siguiente, mientras haya algo hacia ese lado o falte para llegar a hoy."""
    hoy = Mes.de(timezone.localdate())
    conocidos = agenda.extremos(organo)
    primero, ultimo = (Mes.de(dia) for dia in conocidos) if conocidos else (hoy, hoy)
    return {
        "anterior": cual.anterior if cual > min(primero, hoy) else None,
        "siguiente": cual.siguiente if cual < max(ultimo, hoy) else None,
    }


def _direccion_de_agenda(organo: str) -> str:
    return reverse("calendario:ics_de_organo", args=(organo,)) if organo else reverse("calendario:ics")


@conditional_page
@require_safe
@lleva_a_la_del_organo("calendario:ics_de_organo")
def de_todos(request: HttpRequest) -> HttpResponse:
    """La suscripción con las citas de todos los órganos."""
    return _agenda("Calendario de gobierno abierto", reverse("calendario:inicio"), "")


@conditional_page
@require_safe
def de_un_organo(request: HttpRequest, organo: str) -> HttpResponse:
    """La suscripción de un órgano. `Http404` si no hay tal."""
    cual = organos(timezone.localdate()).get(organo)
    if cual is None:
        raise Http404("No hay un órgano con esa clave.")
    return _agenda(f"Calendario: {cual}", f"{reverse('calendario:inicio')}?organo={organo}", organo)


def _agenda(nombre: str, url: str, organo: str) -> HttpResponse:
    hoy = timezone.localdate()
    citas = agenda.todas(hoy - HACIA_ATRAS, hoy + HACIA_ADELANTE, organo)
    return como_archivo(citas, nombre, url, f"{organo or 'calendario'}.ics")


def como_archivo(citas: list[Cita], nombre: str, url: str, archivo: str) -> HttpResponse:
    """La respuesta con esas citas, con el nombre con que se guarda."""
    respuesta = HttpResponse(ics.calendario(citas, nombre, url), content_type=ics.TIPO)
    respuesta["Content-Disposition"] = content_disposition_header(False, archivo) or "inline"
    return respuesta
