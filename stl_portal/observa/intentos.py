"""Lo que se negó: un aviso propio por cada vez que alguien topó con un control, y de qué cuenta fue.

Son 403 (no le toca), 422 (lo que mandó no procede) y 429 (insiste demasiado). A quien no tiene que ver con
algo se le contesta que no existe: por eso también el 404 de una cuenta en una dirección que alguien atiende.
"""

import logging

from .peticion import Peticion

CODIGOS = frozenset((403, 422, 429))
registro = logging.getLogger("stl_portal.seguridad")


def es(peticion: Peticion) -> bool:
    """Si esa petición topó con un control."""
    no_era_suya = peticion.codigo == 404 and peticion.cuenta is not None and bool(peticion.ruta)
    return peticion.codigo in CODIGOS or no_era_suya


def anotar(metodo: str, ruta: str, peticion: Peticion) -> None:
    """El renglón: la cuenta por su número, que no dice de quién es; sin ella, nada."""
    datos = {"codigo": peticion.codigo, "metodo": metodo, "ruta": ruta, "rol": peticion.rol}
    if peticion.cuenta is not None:
        datos["cuenta"] = peticion.cuenta
    registro.info("intento", extra={"datos": datos})
