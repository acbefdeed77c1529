"""Seguimiento de acuerdos: qué falta cumplir y qué se ha hecho."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sesiones.forms.base import FormaInvalida
from sesiones.forms.seguimiento import FiltroSeguimiento, FormaSeguimiento
from sesiones.models import Acuerdo, Organo
from sesiones.views.acceso import organo_o_404
from stl_portal.paginacion import pagina_pedida

from .generico import POR_PAGINA, marco


def del_organo(organo: Organo) -> Any:
    """Acuerdos del órgano con lo que su renglón necesita."""
    acuerdos = Acuerdo.objects.filter(sesion__organo=organo).select_related(
        "sesion__organo", "responsable_asiento__institucion"
    )
    con_todo = acuerdos.prefetch_related("plazos", "seguimientos__sesion")
    return con_todo.order_by("-sesion__fecha", "-sesion_id", "numero")


@require_safe
def lista(request: HttpRequest, organo: str) -> HttpResponse:
    """Acuerdos del órgano: abiertos, vencidos o por estado."""
    este, hoy = organo_o_404(request, organo), timezone.localdate()
    filtro = FiltroSeguimiento(request.GET)
    pagina = pagina_pedida(request, filtro.aplicar(del_organo(este), hoy), POR_PAGINA)
    consulta = request.GET.copy()
    consulta.pop("page", None)
    contexto = marco(request, este, filtro=filtro, pagina=pagina, consulta=consulta.urlencode(), hoy=hoy)
    return render(
        request, "sesiones/registros/acuerdos.html", contexto, status=200 if filtro.is_valid() else 422
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ficha(request: HttpRequest, organo: str, pk: int) -> HttpResponse:
    """Un acuerdo con su historia; al enviar, anota cómo va."""
    este, hoy = organo_o_404(request, organo), timezone.localdate()
    acuerdo = get_object_or_404(del_organo(este), pk=pk)
    propuesto = {"estado": acuerdo.estado, "fecha": hoy}
    forma = FormaSeguimiento(este, request.POST or None, initial=propuesto)
    if request.method == "POST":
        try:
            with forma.ejecutar() as datos:
                acuerdo.dar_seguimiento(por=request.user, **datos)
        except FormaInvalida:
            return pintar(request, este, acuerdo, forma, status=422)
        messages.success(request, f"Seguimiento anotado: {acuerdo}.")
        return redirect("registros:acuerdo", este.clave, acuerdo.pk)
    return pintar(request, este, acuerdo, forma)


def pintar(
    request: HttpRequest, organo: Organo, acuerdo: Acuerdo, forma: FormaSeguimiento, status: int = 200
) -> HttpResponse:
    """La página del acuerdo."""
    contexto = marco(request, organo, acuerdo=acuerdo, forma=forma, hoy=timezone.localdate())
    return render(request, "sesiones/registros/acuerdo.html", contexto, status=status)
