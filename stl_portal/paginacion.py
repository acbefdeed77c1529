"""La página pedida de una lista pública: una que no existe es 404, en todas igual."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest


def pagina_o_404(request: HttpRequest, filas: Any, por_pagina: int) -> Page[Any]:
    """La de `?page=`, o la primera. `Http404` si no es un número o la lista no llega a ella."""
    try:
        return Paginator(filas, por_pagina).page(request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404("Esa página no existe.") from error
