"""Las direcciones de `/api/v1/`, todas con la misma puerta."""

from typing import Any

from django.urls import URLPattern

from stl_portal.datos.api import rutas
from stl_portal.datos.api.puerta import puerta
from stl_portal.datos.registro import CONJUNTOS


def _con_puerta(patron: Any) -> URLPattern:
    return URLPattern(patron.pattern, puerta(patron.callback), patron.default_args, patron.name)


_patrones, _, app_name = rutas.construir(CONJUNTOS).urls

urlpatterns = [_con_puerta(patron) for patron in _patrones]
