"""Lo que llega ya sellado: sus bytes deben dar su huella, y consta otra vez en el registro de este portal.

La cadena del registro público no viaja: es de cada portal. Lo publicado en otro se anota aquí al llegar, con
la fecha en que se publicó; la del eslabón dice cuándo llegó.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from stl_portal.sello import bitacora

from .recurso import Recurso

SIN_CADENA = {"eslabon": "Es de la cadena de cada portal: al llegar se anota en la de este."}


class ConDocumento(Recurso):
    """Base de lo que trae sus bytes y su huella."""

    def objetar(self, antes: Mapping[str, Any] | None, ahora: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Los bytes dan su huella."""
        yield from super().objetar(antes, ahora)
        documento = ahora["documento"]
        if documento is not None and hashlib.sha256(bytes(documento)).hexdigest() != ahora["huella"]:
            yield "documento", "El documento no da la huella que dice: no es el que se selló."


def asentar(fila: Any, tipo: str, consta: Mapping[str, Any], objeto: str) -> None:
    """La anota en el registro de este portal, que dice que llegó por importación, y le da su eslabón."""
    fila.eslabon = bitacora.anotar(tipo, {**consta, "importada": True}, objeto=objeto).n
