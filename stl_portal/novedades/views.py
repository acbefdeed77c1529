"""«Qué cambió»: lo que se publicó y se convocó, una semana en cada página."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from stl_portal.calendario import agenda

from .forms import FiltroDeNovedades
from .recoger import recoger
from .registro import NOVEDADES, Novedad, Pedido
from .semana import Semana

PRIMER_ANIO = 2000


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Esta semana."""
    return _pagina(request, Semana.de(timezone.localdate()))


@require_safe
def semana(request: HttpRequest, anio: int, numero: int) -> HttpResponse:
    """Una semana que ya pasó o esta. `Http404` si no existe, no ha llegado o es de antes de todo."""
    try:
        pedida = Semana.leer(anio, numero)
    except ValueError as error:
        raise Http404("Esa semana no existe.") from error
    if anio < PRIMER_ANIO or pedida > Semana.de(timezone.localdate()):
        raise Http404("De esa semana no hay novedades.")
    return _pagina(request, pedida)


def _pagina(request: HttpRequest, cual: Semana) -> HttpResponse:
    filtro = FiltroDeNovedades(request.GET)
    organo = filtro.elegido.clave if filtro.elegido else ""
    desde, hasta = cual.instantes
    cuales = recoger(Pedido(desde, hasta, organo), filtro.clases)
    hoy = Semana.de(timezone.localdate())
    # Solo si aquí no hay nada se averigua a dónde conviene regresar: casi siempre es a la semana anterior.
    antes = [] if cuales else recoger(Pedido(None, desde, organo, tope=1), filtro.clases)
    contexto = {
        "semana": cual,
        "es_esta": cual == hoy,
        "filtro": filtro,
        "dias": por_dia(cuales),
        "citas": agenda.a_la_vista(cual.lunes, cual.domingo, organo),
        "anterior": cual.anterior if cuales or antes else None,
        "siguiente": cual.siguiente if cual < hoy else None,
        "ultima": Semana.de(_dia(antes[0])) if antes else None,
        "canal": _canal(organo),
        "organo": organo,
    }
    return render(request, "novedades/semana.html", contexto, status=200 if filtro.is_valid() else 422)


def por_dia(novedades: Iterable[Novedad]) -> list[tuple[dt.date, list[dict[str, Any]]]]:
    """Las de cada día, el más reciente primero, con el nombre de su clase."""
    return [
        (dia, [{"novedad": n, "clase": NOVEDADES[n.clase].nombre} for n in suyas])
        for dia, suyas in groupby(novedades, _dia)
    ]


def _dia(novedad: Novedad) -> dt.date:
    return timezone.localdate(novedad.cuando)


def _canal(organo: str) -> str:
    return reverse("novedades:atom_de_organo", args=(organo,)) if organo else reverse("novedades:atom")
