"""Mientras se atiende una petición, de dónde se sabe qué edición de lo público rige."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from . import lectura


class EdicionSabida:
    """Va después de que se sabe quién pide; hasta que un texto se lee no pregunta nada."""

    def __init__(self, siguiente: Callable[[HttpRequest], HttpResponse]) -> None:
        """Recibe el siguiente eslabón de la cadena."""
        self.siguiente = siguiente

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Deja dicho cómo saberla y sigue."""
        sabida: list[str] = []

        def saber() -> str:
            if not sabida:
                sabida.append(_de(request))
            return sabida[0]

        ficha = lectura.EDICION_SABIDA.set(saber)
        try:
            return self.siguiente(request)
        finally:
            lectura.EDICION_SABIDA.reset(ficha)


def _de(request: HttpRequest) -> str:
    """La de la página que se va a guardar, la que vino con la cuenta o, si no hay de otra, preguntando."""
    de_la_pagina: str | None = getattr(request, "edicion", None)
    if de_la_pagina is not None:
        return de_la_pagina
    de_la_cuenta: str | None = getattr(request.user, "edicion", None)
    return lectura.vigente() if de_la_cuenta is None else de_la_cuenta
