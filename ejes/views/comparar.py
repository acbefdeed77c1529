"""Para cualquiera: qué cambió de un informe publicado a otro."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ejes.cortes.corte import para_comparar
from ejes.models import Corte, Plan
from ejes.views.cortes import comparados

MIGA = ("Plan de acción", "/plan/")


@require_safe
def cambios(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Entre este informe y otro: el de `?con=` o, sin él, el que diga `para_comparar`; 404 si no existe."""
    fila = get_object_or_404(Plan.objects.publicados().select_related("organo"), clave=plan)
    cortes = fila.cortes.publicados().select_related("publicacion", "corrige")
    corte = get_object_or_404(cortes, numero=numero)
    corte.plan = fila
    otros = [otro for otro in cortes if otro.pk != corte.pk]
    otro = _el_pedido(request.GET.get("con", ""), otros, corte)
    contexto = {
        "plan": fila,
        "organo": fila.organo,
        "corte": corte,
        "otro": otro,
        "otros": otros,
        "migas": [MIGA, (fila.nombre, fila.get_absolute_url()), (corte.nombre, corte.get_absolute_url())],
    }
    return render(request, "ejes/cambios.html", contexto | comparados(corte, otro))


def _el_pedido(pedido: str, otros: list[Corte], corte: Corte) -> Corte | None:
    """El corte con ese número; sin número, el que diga `para_comparar`."""
    if not pedido:
        return para_comparar(corte)
    elegido = next((otro for otro in otros if str(otro.numero) == pedido), None)
    if elegido is None:
        raise Http404("Ese informe no existe o no se ha publicado.")
    return elegido
