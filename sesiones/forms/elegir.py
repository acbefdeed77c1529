"""Selectores que no crecen sin fin: se ofrece lo más reciente, lo ya elegido y lo que se escribió."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from sesiones.models import Acuerdo, Organo
from stl_portal.versiones import entero

CUANTAS = 50  # más no se recorren con la vista: se escriben


def acotar(
    ligado: forms.BoundField,
    todas: QuerySet[Any],
    *,
    primeras: QuerySet[Any] | None = None,
    busca: Q | None = None,
) -> None:
    """Limita lo que muestra el selector; lo que admite sigue siendo cualquiera de `todas`.

    `primeras` son las que se ofrecen de entrada (si no se dicen, todas en su orden) y `busca` agrega
    las que coinciden con lo escrito en otro campo: al volver con un error, ya están en la lista.
    """
    campo: Any = ligado.field
    campo.queryset = todas
    ofrecidas = list((todas if primeras is None else primeras)[:CUANTAS])
    vistas = {fila.pk for fila in ofrecidas}
    if faltan := _elegidas(ligado) - vistas:
        busca = Q(pk__in=faltan) | (busca or Q())
    buscadas = [fila for fila in todas.filter(busca)[:CUANTAS] if fila.pk not in vistas] if busca else []
    vacia = [("", campo.empty_label)] if getattr(campo, "empty_label", None) is not None else []
    filas = [*buscadas, *ofrecidas]
    campo.choices = [*vacia, *((campo.prepare_value(f), campo.label_from_instance(f)) for f in filas)]


def acuerdos_de(organo: Organo) -> QuerySet[Acuerdo]:
    """Los acuerdos del órgano, los de la sesión más reciente primero."""
    acuerdos = Acuerdo.objects.filter(sesion__organo=organo).select_related("sesion")
    return acuerdos.order_by("-sesion__fecha", "numero")


def _elegidas(ligado: forms.BoundField) -> set[int]:
    """Los ids puestos o enviados en el selector, de uno o de varios."""
    valor: Any = ligado.value()
    sueltos = valor if isinstance(valor, (list, tuple, QuerySet)) else [valor]
    return {entero(getattr(v, "pk", v)) for v in sueltos} - {0}
