"""Una forma que crea algo se atiende una sola vez, aunque el botón se presione dos."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest
from django.utils import timezone

from sesiones.models import Envio

FICHA = "envio"  # el campo que pone `{% una_vez %}`


def una_vez(request: HttpRequest, hacer: Callable[[], str]) -> str:
    """La dirección que da `hacer`; repetir el mismo envío da la misma sin hacerlo otra vez.

    Sin ficha en la forma se hace siempre: son acciones que repetidas no crean nada.
    """
    if not request.POST.get(FICHA):
        return hacer()
    return Envio.atender(huella_de(request), timezone.now(), hacer)


def huella_de(request: HttpRequest) -> str:
    """Reconoce el mismo envío: quién, a dónde, con qué ficha y con qué contenido.

    El contenido cuenta porque el navegador puede devolver una página vieja con su ficha: lo que
    ahí se escriba de nuevo es otro envío y no debe perderse.
    """
    escrito = sorted((n, v) for n, v in request.POST.lists() if n != "csrfmiddlewaretoken")
    archivos = sorted((n, f.name, f.size) for n, lista in request.FILES.lists() for f in lista)
    partes = (request.user.pk, request.path, escrito, archivos)
    return hashlib.sha256(repr(partes).encode()).hexdigest()
