"""Los encargos: quien es titular deja que una colega prepare los reportes de su institución."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ejes import permisos
from ejes.forms.reportes import FormaEncargo
from ejes.models import Encargo
from ejes.reportes import encargar as reglas
from sesiones.forms.base import FormaInvalida
from sesiones.models import Asiento
from sesiones.views.acceso import exigir_cuenta
from sesiones.views.mesa.una_vez import una_vez

from .reportes import asiento_o_404


@require_safe
def pagina(request: HttpRequest) -> HttpResponse:
    """Los asientos de los que la cuenta es titular, y a quién encargó sus reportes."""
    exigir_cuenta(request)
    return _pintar(request)


def _pintar(request: HttpRequest, rechazada: FormaEncargo | None = None, status: int = 200) -> HttpResponse:
    hoy = timezone.localdate()
    suyos = Asiento.objects.filter(nombramientos__in=permisos.nombramientos_que_envian(request.user, hoy))
    filas = suyos.select_related("institucion").prefetch_related("encargos__usuario").distinct()
    lugares = [
        (lugar, _forma(lugar, rechazada), [(e, _situacion(e, hoy)) for e in lugar.encargos.all()])
        for lugar in filas
    ]
    contexto = {"lugares": lugares, "errores": rechazada, "hoy": hoy}
    return render(request, "ejes/reportes/encargos.html", contexto, status=status)


def _forma(lugar: Asiento, rechazada: FormaEncargo | None) -> FormaEncargo:
    """La vacía o, en el asiento donde se rechazó, la que se envió."""
    ids = f"encargo-{lugar.pk}_%s"
    return rechazada if rechazada and rechazada.auto_id == ids else FormaEncargo(auto_id=ids)


def _situacion(encargo: Encargo, hoy: Any) -> str:
    if encargo.vigente(hoy):
        return "vigente"
    return "programada" if encargo.vigente_desde and encargo.vigente_desde > hoy else "terminada"


@require_POST
def dar(request: HttpRequest, asiento: int) -> HttpResponse:
    """Da el encargo a la cuenta de ese correo; si no la hay, dice quién puede crearla."""
    lugar = asiento_o_404(request, asiento, titular=True)
    forma = FormaEncargo(request.POST, auto_id=f"encargo-{lugar.pk}_%s")

    def hacer() -> str:
        with forma.ejecutar() as datos:
            desde = datos["desde"] or timezone.localdate()
            reglas.encargar(lugar, datos["correo"], request.user, desde, datos["hasta"])
        return f"/reportes/encargos/#asiento-{lugar.pk}"

    try:
        return redirect(una_vez(request, hacer))
    except FormaInvalida as error:
        return _pintar(request, error.forma, status=422)  # type: ignore[arg-type]


@require_POST
def terminar(request: HttpRequest, pk: int) -> HttpResponse:
    """Termina el encargo hoy mismo."""
    exigir_cuenta(request)
    encargo = get_object_or_404(Encargo, pk=pk)
    asiento_o_404(request, encargo.asiento_id, titular=True)
    reglas.terminar(encargo, timezone.localdate())
    return redirect("reportes:encargos")
