"""Fundar un secretariado municipal: se revisa cuantas veces haga falta y se crea de una vez."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sesiones import fundar as verbo
from sesiones import permisos
from sesiones.forms.base import FormaInvalida
from sesiones.forms.fundar import FormaFundar
from sesiones.models import Organo
from sesiones.views.acceso import organo_o_404
from sesiones.views.mesa.una_vez import una_vez
from sesiones.views.registros.generico import marco
from stl_portal.cuentas import identidad

YA_ESTA = "Alguien acaba de crear ese secretariado o una institución con ese nombre: revísalo otra vez."


@require_http_methods(["GET", "HEAD", "POST"])
def fundar(request: HttpRequest, organo: str) -> HttpResponse:
    """La forma; «revisar» enseña lo que se crearía y «fundar» lo crea y lleva a su casa.

    «cambiar» acepta el sector ofrecido en un renglón y vuelve a enseñarlo todo.
    """
    estatal = estatal_o_404(request, organo)
    forma = FormaFundar(estatal, request.user, timezone.localdate(), request.POST or None)
    if request.method != "POST":
        return _pintar(request, estatal, forma)
    try:
        if "revisar" in request.POST or "cambiar" in request.POST:
            return _revisar(request, estatal, forma)
        return redirect(una_vez(request, lambda: crear(request, forma)))
    except FormaInvalida:
        return _pintar(request, estatal, forma, status=422)


def estatal_o_404(request: HttpRequest, clave: str) -> Organo:
    """El secretariado estatal que administra la cuenta, recién identificada."""
    organo = organo_o_404(request, clave, conducir=True)
    if not permisos.puede_fundar(request.user, organo, timezone.localdate()):
        raise PermissionDenied(
            "Crear un secretariado municipal le toca a la administración del secretariado estatal."
        )
    identidad.exigir(request)
    return organo


def crear(request: HttpRequest, forma: FormaFundar) -> str:
    """Funda el órgano y devuelve su casa, que dice qué sigue."""
    with forma.ejecutar():
        try:
            fundado = verbo.fundar(forma.fundacion(), forma.hoy)
        except IntegrityError as error:  # otra persona lo creó entre la validación y el guardado
            raise ValidationError(YA_ESTA) from error
    messages.success(request, f"Se creó el {forma.cleaned_data['oficial']}.")
    return reverse("registros:organo", args=(fundado.clave,))


def _revisar(request: HttpRequest, estatal: Organo, forma: FormaFundar) -> HttpResponse:
    """Lo que se crearía, sin guardar nada."""
    with forma.ejecutar():
        forma.fundacion().organo.full_clean()
    return _pintar(request, estatal, forma, revisado=True)


def _pintar(
    request: HttpRequest, estatal: Organo, forma: FormaFundar, *, revisado: bool = False, status: int = 200
) -> HttpResponse:
    contexto = marco(request, estatal, forma=forma, revisado=revisado, renglones=forma.renglones)
    return render(request, "sesiones/fundar/fundar.html", contexto, status=status)
