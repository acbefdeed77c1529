"""La página pedida de una lista, pública o de trabajo: en todas se contesta igual a la que no existe.

Lo que no es un número es 422, con el parámetro; un número al que la lista no llega, 404 con ligas a la
primera y a la última.
"""

from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest

from stl_portal.publico.registro import Enlace

PARAMETRO = "page"


class PaginaMalEscrita(Exception):
    """Lo que llegó como número de página no lo es; `salidas` lleva a la primera."""

    def __init__(self, request: HttpRequest, parametro: str = PARAMETRO) -> None:
        """Conserva en qué parámetro venía; se nombra como en el buscador, no como va en la dirección."""
        super().__init__(f"En «página», escribe su número con cifras: {parametro}=2.")
        self.parametro = parametro
        self.salidas = [_a_la_primera(request, parametro)]


class NoHayPagina(Http404):
    """La lista no llega a esa página; `salidas` lleva a las que sí tiene."""

    def __init__(self, request: HttpRequest, ultima: int = 1, parametro: str = PARAMETRO) -> None:
        """`ultima` es el número de la última que hay."""
        super().__init__("Esa página no existe.")
        self.salidas = [_a_la_primera(request, parametro)]
        if ultima > 1:
            self.salidas.append(
                Enlace(f"La última página de esta lista, la {ultima}", _liga(request, parametro, ultima))
            )


class PorPaginas:
    """Para las vistas de lista de Django, que por su cuenta contestan de otro modo."""

    request: HttpRequest

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """Lo que Django espera, de la página pedida. Lanza lo mismo que `pagina_pedida`."""
        pagina = pagina_pedida(self.request, queryset, page_size)
        return pagina.paginator, pagina, pagina.object_list, pagina.has_other_pages()


def pagina_pedida(request: HttpRequest, filas: Any, por_pagina: int, parametro: str = PARAMETRO) -> Page[Any]:
    """La de `?page=`, o la primera. Lanza `PaginaMalEscrita` (422) o `NoHayPagina` (404)."""
    paginador = Paginator(filas, por_pagina)
    try:
        return paginador.page(request.GET.get(parametro) or 1)
    except PageNotAnInteger as error:
        raise PaginaMalEscrita(request, parametro) from error
    except EmptyPage as error:
        raise NoHayPagina(request, paginador.num_pages, parametro) from error


def _a_la_primera(request: HttpRequest, parametro: str) -> Enlace:
    return Enlace("La primera página de esta lista", _liga(request, parametro, None))


def _liga(request: HttpRequest, parametro: str, numero: int | None) -> str:
    """Lo mismo que se pidió, en otra página."""
    consulta = request.GET.copy()
    consulta.pop(parametro, None)
    if numero is not None:
        consulta[parametro] = str(numero)
    return f"{request.path}?{consulta.urlencode()}" if consulta else request.path
