"""Quién integra cada órgano, quién lo integró y cuánto se asiste. Nunca el motivo de una ausencia."""

import datetime as dt
from typing import Any

from django.core.validators import slug_re
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sesiones import historia as historial
from sesiones.constancia import conocida_hasta
from sesiones.forms.filtros import FiltroAsistencia, FiltroIntegrantes
from sesiones.integracion import integracion, vacantes
from sesiones.models import Asiento, Organo
from stl_portal.paginacion import pagina_pedida

OTROS_POR_PAGINA = 20


def con_asientos() -> Any:
    """Los órganos con asientos, que son públicos: antes los reales y los secretariados."""
    filas = Organo.objects.filter(pk__in=Asiento.objects.values("organo")).con_nombre()
    return filas.order_by("ficticio", F("padre").asc(nulls_first=True), "pk")


@require_safe
def integrantes(request: HttpRequest) -> HttpResponse:
    """El primer órgano y la lista de todos, por páginas; `?organo=` lleva a su propia página."""
    if clave := request.GET.get("organo"):
        return _a_su_pagina(request, clave)
    organos = con_asientos()
    otros = pagina_pedida(request, organos, OTROS_POR_PAGINA)
    return _integracion(request, organos.first(), otros)


@require_safe
def del_organo(request: HttpRequest, organo: str) -> HttpResponse:
    """Quién ocupa cada asiento en la última fecha de la que consta, o en `?al=`; los vacantes se ven."""
    return _integracion(request, get_object_or_404(con_asientos(), clave=organo))


@require_safe
def historia(request: HttpRequest, organo: str) -> HttpResponse:
    """Quiénes han tenido o suplido cada asiento, de hoy hacia atrás."""
    uno = get_object_or_404(con_asientos(), clave=organo)
    hoy = timezone.localdate()
    sucesiones = historial.sucesiones(uno, hoy)
    contexto = _de(uno, hoy) | {"actual": "historia", "sucesiones": sucesiones}
    return render(request, "sesiones/publico/historia.html", contexto)


@require_safe
def asistencia(request: HttpRequest, organo: str) -> HttpResponse:
    """A cuántas sesiones concluidas asistió cada asiento y cada titular; el último año, o el que se pida."""
    uno = get_object_or_404(con_asientos(), clave=organo)
    anios = historial.anios(uno)
    filtro = FiltroAsistencia(request.GET, anios=anios)
    anio = filtro.elegido_o(anios[0] if anios else None)
    contexto = _de(uno, timezone.localdate()) | {
        "actual": "asistencia",
        "filtro": filtro,
        "anio": anio,
        "asientos": historial.asistencia(uno, anio) if filtro.is_valid() and anios else [],
    }
    estado = 200 if filtro.is_valid() else 422
    return render(request, "sesiones/publico/asistencia.html", contexto, status=estado)


def _a_su_pagina(request: HttpRequest, clave: str) -> HttpResponseRedirect:
    """La dirección de antes: sigue sirviendo a quien la citó."""
    if not slug_re.match(clave):  # ni se pregunta: PostgreSQL no admite cualquier carácter
        raise Http404
    organo = get_object_or_404(con_asientos(), clave=clave)
    consulta = request.GET.copy()
    del consulta["organo"]
    destino = reverse("sesiones:integrantes_de", args=(organo.clave,))
    return HttpResponseRedirect(f"{destino}?{consulta.urlencode()}" if consulta else destino)


def _integracion(request: HttpRequest, organo: Organo | None, otros: Any = None) -> HttpResponse:
    filtro = FiltroIntegrantes(request.GET)
    hoy = timezone.localdate()
    hasta = conocida_hasta(organo, hoy) if organo else None
    al = filtro.elegido.get("al") or hasta or hoy
    dia = min(al, hoy)  # lo que empieza después de hoy no se publica, aunque se pregunte por ello
    lugares = integracion(organo, dia) if organo else []
    contexto = {
        "actual": "integracion",
        "filtro": filtro,
        "otros": otros,
        "al": al,
        "hasta": hasta,
        "no_consta": bool(hasta and al > hasta),
        "lugares": lugares,
        "vacantes": vacantes(lugares),
    }
    contexto |= _de(organo, dia) if organo else {"organo": None}
    estado = 200 if filtro.is_valid() else 422
    return render(request, "sesiones/publico/integrantes.html", contexto, status=estado)


def _de(organo: Organo, al: dt.date) -> dict[str, Any]:
    return {"organo": organo, "denominacion": organo.denominacion(al)}
