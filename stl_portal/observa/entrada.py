"""Por fuera de todo el portal: da su número a cada petición, lo devuelve y anota un renglón al contestar.

Va por fuera también de lo que se entrega de memoria (`publico/de_memoria.py`): lo guardado nunca lleva el
número de quien lo pidió primero. nginx hace lo mismo con lo que él guarda (`deploy/nginx.conf`).
"""

import logging
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any

from . import intentos
from .cifras import Cifras
from .peticion import CABECERA, EN_CURSO, Peticion, referencia_de

Aplicacion = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
METODOS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
SIN_RUTA = "ninguna"
_FALLO = "Algo falló de nuestro lado. Número de referencia: {}\n"
bitacora = logging.getLogger(__name__)
peticiones = logging.getLogger("stl_portal.peticiones")


class Observada:
    """La entrada WSGI del portal, mirada desde fuera."""

    def __init__(self, siguiente: Aplicacion, cifras: Cifras | None = None) -> None:
        """Recibe la aplicación y, si se llevan cifras, dónde se suman."""
        self.siguiente = siguiente
        self.cifras = cifras

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Contesta según WSGI; el tiempo corre hasta que hay con qué empezar a contestar."""
        peticion = Peticion(referencia_de(environ.get("HTTP_X_REQUEST_ID")))
        # No se quita al terminar: lo que se transmite por partes se escribe después, en este mismo hilo.
        EN_CURSO.set(peticion)
        empezo = perf_counter()

        def contestar(estado: str, cabeceras: list[tuple[str, str]], *mas: Any) -> Any:
            peticion.codigo = int(estado[:3])
            return start_response(estado, [*cabeceras, (CABECERA, peticion.referencia)], *mas)

        try:
            return self.siguiente(environ, contestar)
        except Exception:  # falló antes o después de Django, que atiende lo suyo
            bitacora.exception("Falló fuera de la cadena.")
            contestar("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
            return [_FALLO.format(peticion.referencia).encode()]
        finally:
            self._anotar(environ, peticion, perf_counter() - empezo)

    def _anotar(self, environ: dict[str, Any], peticion: Peticion, segundos: float) -> None:
        """El renglón de la petición y sus cifras."""
        metodo = environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in METODOS else "OTRO"
        ruta = peticion.ruta or ("estaticos" if environ["PATH_INFO"].startswith("/static/") else SIN_RUTA)
        if peticiones.isEnabledFor(logging.INFO):
            peticiones.info(
                "petición",
                extra={
                    "datos": {
                        "metodo": metodo,
                        "ruta": ruta,
                        "codigo": peticion.codigo,
                        "ms": round(segundos * 1000, 1),
                        "consultas": peticion.consultas,
                        "rol": peticion.rol,
                    }
                },
            )
        if intentos.es(peticion):
            intentos.anotar(metodo, ruta, peticion)
        if self.cifras is not None:
            self._sumar(self.cifras, metodo, ruta, peticion, segundos)

    def _sumar(self, cifras: Cifras, metodo: str, ruta: str, peticion: Peticion, segundos: float) -> None:
        """Si no se puede, se deja de intentar: nadie se queda sin su página por una cifra."""
        try:
            cifras.sumar(metodo, ruta, peticion, segundos)
        except Exception:
            self.cifras = None
            bitacora.exception("Este proceso deja de llevar cifras.")
