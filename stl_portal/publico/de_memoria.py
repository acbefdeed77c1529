"""Una página guardada, entregada antes de que Django arme la petición: así cuesta lo que un archivo.

Es un atajo de `paginas_guardadas.PaginasGuardadas`, con su memoria y sus reglas, para lo más común: alguien
sin ninguna galleta que pide la página entera. Ante cualquier duda, sigue el camino de siempre, que la
compone, la guarda o contesta lo que toque.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from django.db.utils import DatabaseError

from stl_portal.observa.peticion import anotar_ruta

from . import edicion
from .paginas_guardadas import CONDICIONES, Guardada, PaginasGuardadas, clave_de

Aplicacion = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
# Con cualquiera de estas, la respuesta depende de quien pide o de lo que ya tiene.
_DE_QUIEN_PIDE = frozenset(("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", *CONDICIONES))


class DeMemoria:
    """La entrada WSGI: lo guardado si sirve; si no, la aplicación entera."""

    def __init__(self, siguiente: Aplicacion, paginas: PaginasGuardadas) -> None:
        """Recibe la aplicación y las páginas que ella guarda."""
        self.siguiente = siguiente
        self.paginas = paginas

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Contesta según WSGI (PEP 3333)."""
        guardada = self._vigente(environ)
        if guardada is None:
            return self.siguiente(environ, start_response)
        anotar_ruta(guardada.ruta)
        cabeceras, cuerpo = guardada.para(environ)
        start_response(guardada.linea, list(cabeceras.items()))
        return [cuerpo]

    def _vigente(self, environ: dict[str, Any]) -> Guardada | None:
        """La que se compondría ahora, si ya está. Sin base de datos no se sabe: contesta la aplicación."""
        if environ["REQUEST_METHOD"] != "GET" or not _DE_QUIEN_PIDE.isdisjoint(environ):
            return None
        if not environ["PATH_INFO"].isascii():  # WSGI la trae sin descifrar
            return None
        guardada = self.paginas.memoria_de(environ).buscar(clave_de(environ))
        if guardada is None:
            return None
        try:
            return guardada if guardada.sirve(edicion.vigente()) else None
        except DatabaseError:
            return None
        finally:
            if connection.settings_dict["CONN_MAX_AGE"] == 0:  # del fondo común: se devuelve enseguida
                connection.close()
