"""Filtros de las listas que valen para varias aplicaciones."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from stl_portal.publico import registro


class PorOrgano(SimpleListFilter):
    """Lo de un órgano, llamado por su nombre de hoy; `camino` es cómo se llega a él desde la fila."""

    title = "órgano"
    parameter_name = "organo"
    camino = "organo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Los que hay, los ficticios rotulados."""
        organos = registro.organos(timezone.localdate()).values()
        return [(str(organo.pk), str(organo)) for organo in organos]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Las filas del elegido; con uno que no existe, ninguna."""
        elegido = self.value()
        if not elegido:
            return queryset
        conocidos = {clave for clave, _ in self.lookup_choices}
        return queryset.filter(**{self.camino: elegido}) if elegido in conocidos else queryset.none()


def por_organo(camino: str) -> type[PorOrgano]:
    """El filtro por órgano de un modelo que llega a él por `camino`."""
    return type("PorOrgano", (PorOrgano,), {"camino": camino})
