"""`/api/`: la documentación; `/api/v1/`: la interfaz, con la misma puerta en todas sus direcciones."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, is_valid_path, path

from stl_portal.datos.api import rutas
from stl_portal.datos.api.puerta import error, puerta
from stl_portal.datos.registro import CONJUNTOS


def no_existe(request: HttpRequest, resto: str) -> HttpResponseBase:
    """Lo que no es de nadie: si le faltaba la diagonal del final, lleva ahí; si no, 404 que dice qué hay."""
    con_diagonal = f"{request.path_info}/"
    if not resto.endswith("/") and is_valid_path(con_diagonal) and resto.split("/")[0] in CONJUNTOS:
        consulta = request.META.get("QUERY_STRING", "")
        return redirect(f"{con_diagonal}?{consulta}" if consulta else con_diagonal, permanent=True)
    return error(404, "no_esta", f"Esa dirección no existe. Lo que hay está en {rutas.RAIZ}")


def _con_puerta(patron: Any) -> URLPattern:
    return URLPattern(patron.pattern, puerta(patron.callback), patron.default_args, patron.name)


_patrones, _aplicacion, _espacio = rutas.construir(CONJUNTOS).urls

app_name = "api"

urlpatterns = [*map(_con_puerta, _patrones), path("<path:resto>", puerta(no_existe), name="no_existe")]
