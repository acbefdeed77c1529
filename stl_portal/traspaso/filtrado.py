"""Exportar solo lo que deja ver el filtro de una lista de los registros, con las mismas columnas."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from stl_portal.gestion.sitio import sitio

from . import registro
from .recurso import Recurso

# De la lista: la página y el orden no quitan renglones.
NO_FILTRAN = ["p", "o", "all", "e"]


class NoSeEntiende(Exception):
    """El filtro pide algo que esa lista no sabe filtrar."""


def elegidos(request: HttpRequest, recurso: type[Recurso]) -> frozenset[Any] | None:
    """Los números internos que deja el filtro de la dirección; None si no trae. Lanza `NoSeEntiende`.

    Lee la dirección la misma lista de los registros: lo que sale es lo que ahí se vio.
    """
    if not request.GET or not sitio.is_registered(recurso.modelo):
        return None
    try:
        lista = sitio.get_model_admin(recurso.modelo).get_changelist_instance(request)
    except IncorrectLookupParameters as error:
        raise NoSeEntiende("Ese filtro no se entiende: vuelve a la lista y ponlo otra vez.") from error
    return frozenset(lista.queryset.order_by().values_list("pk", flat=True))


def nombre(recurso: str, solo: frozenset[Any] | None) -> str:
    """El del archivo: quien lo guarde sabrá que no son todos."""
    return recurso if solo is None else f"{recurso}-con-filtro"


def lista_de(recurso: type[Recurso]) -> str:
    """La lista de los registros donde se filtra esa tabla; vacía si no tiene."""
    if not sitio.is_registered(recurso.modelo):
        return ""
    opciones = recurso.modelo._meta
    return reverse(f"admin:{opciones.app_label}_{opciones.model_name}_changelist")


def ligas(modelo: Any, pedido: QueryDict) -> dict[str, str]:
    """A dónde se descarga lo que su lista enseña, por formato; vacío si esa tabla no se exporta."""
    try:
        clave = registro.de_modelo(modelo).clave
    except ImproperlyConfigured:
        return {}
    filtros = pedido.copy()
    for sobra in NO_FILTRAN:
        filtros.pop(sobra, None)
    escrito = filtros.urlencode()
    fin = f"?{escrito}" if escrito else ""
    return {
        "CSV": reverse("traspaso:exportar_csv", args=[clave]) + fin,
        "XLSX": reverse("traspaso:exportar_xlsx", args=[clave]) + fin,
    }
