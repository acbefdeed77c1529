"""Sesión nueva en menos de un minuto."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sesiones.forms.base import FormaInvalida
from sesiones.forms.sesion import FormaNueva
from sesiones.models import Organo
from sesiones.programar import programar, propuesta
from sesiones.views.acceso import organo_o_404

from .una_vez import una_vez


def nueva(request: HttpRequest, organo: str) -> HttpResponse:
    """Propone todo; la facilitadora confirma o corrige."""
    del_organo = organo_o_404(request, organo, conducir=True)
    inicial = propuesta(del_organo, timezone.localdate(), request.GET.get("tipo"))
    forma = FormaNueva(del_organo, request.POST or None, initial=inicial)
    if request.method == "POST":
        try:
            return redirect(una_vez(request, lambda: crear(request, del_organo, forma)))
        except FormaInvalida:
            return _pintar(request, del_organo, forma, status=422)
    return _pintar(request, del_organo, forma)


def crear(request: HttpRequest, organo: Organo, forma: FormaNueva) -> str:
    """Programa la sesión y devuelve a dónde seguir."""
    with forma.ejecutar() as datos:
        return programar(organo, por=request.user, **datos).paso_url("convocatoria")


def _pintar(request: HttpRequest, organo: Organo, forma: FormaNueva, status: int = 200) -> HttpResponse:
    denominacion = organo.denominacion(timezone.localdate())
    contexto = {"organo": organo, "denominacion": denominacion, "forma": forma}
    return render(request, "sesiones/mesa/nueva.html", contexto, status=status)
