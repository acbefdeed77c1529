"""Para cualquiera: qué cambió de un informe publicado a otro."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ejes.cortes.comparar import comparar
from ejes.cortes.corte import anterior
from ejes.cortes.publicar import leido
from ejes.models import Corte, Plan

MIGA = ("Plan de acción", "/plan/")


@require_safe
def cambios(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Respecto del informe anterior o del que se pida con `?con=`; 404 si ese no existe."""
    fila = get_object_or_404(Plan.objects.publicados().select_related("organo"), clave=plan)
    cortes = fila.cortes.publicados().select_related("publicacion", "corrige")
    corte = get_object_or_404(cortes, numero=numero)
    corte.plan = fila
    otros = [otro for otro in cortes if otro.pk != corte.pk]
    previo = _el_pedido(request.GET.get("con", ""), otros, corte)
    contexto = {
        "plan": fila,
        "organo": fila.organo,
        "corte": corte,
        "previo": previo,
        "otros": otros,
        "comparacion": comparar(leido(previo.publicacion), leido(corte.publicacion)) if previo else None,
        "migas": [MIGA, (fila.nombre, fila.get_absolute_url()), (corte.nombre, corte.get_absolute_url())],
    }
    return render(request, "ejes/cambios.html", contexto)


def _el_pedido(pedido: str, otros: list[Corte], corte: Corte) -> Corte | None:
    """El corte con ese número; sin número, el anterior o, si es el primero pero corrige a otro, ese."""
    if not pedido:
        return anterior(corte) or corte.corrige
    previo = next((otro for otro in otros if str(otro.numero) == pedido), None)
    if previo is None:
        raise Http404("Ese informe no existe o no se ha publicado.")
    return previo
