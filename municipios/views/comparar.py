"""Para cualquiera: qué cambió de un corte municipal a otro."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipios.ciudadania import publicados
from municipios.ciudadania.publicados import Seguimiento
from municipios.cortes.comparar import comparar as comparar_cortes
from municipios.models import CorteMunicipalPublicado
from municipios.views.publico import MIGA


@require_safe
def comparar(request: HttpRequest) -> HttpResponse:
    """De `?antes=` a `?despues=`, por su número; si no se dicen, los dos últimos.

    Sin `?organo=`, un órgano real que tenga dos o, si no, el primero: nunca un ficticio habiendo reales.
    """
    todos = publicados.seguimientos()
    seguimiento = publicados.elegir(todos, request.GET.get("organo", "") or _real_con_dos(todos))
    pareja = _pareja(request, seguimiento) if seguimiento else None
    contexto = {
        "seguimientos": todos,
        "seguimiento": seguimiento,
        "organo": seguimiento.organo if seguimiento else None,
        "antes": pareja[0] if pareja else None,
        "despues": pareja[1] if pareja else None,
        "comparacion": comparar_cortes(*map(publicados.leido, pareja)) if pareja else None,
        "migas": [MIGA],
    }
    return render(request, "municipios/comparar.html", contexto)


def _real_con_dos(todos: Sequence[Seguimiento]) -> str:
    """La clave del primero que tiene dos cortes que comparar; vacía si ninguno."""
    reales = (s for s in todos if not s.organo.ficticio)
    return next((s.organo.clave for s in reales if len(s.publicados) > 1), "")


def _pareja(
    request: HttpRequest, seguimiento: Seguimiento
) -> tuple[CorteMunicipalPublicado, CorteMunicipalPublicado] | None:
    """Los dos que se comparan; None si solo hay uno y no se pidió otro. `Http404` si alguno no existe."""
    antes, despues = request.GET.get("antes", ""), request.GET.get("despues", "")
    ultimo = seguimiento.con_numero(despues) if despues else seguimiento.ultimo
    primero = seguimiento.con_numero(antes) if antes else seguimiento.anterior_a(ultimo)
    return (primero, ultimo) if primero else None
