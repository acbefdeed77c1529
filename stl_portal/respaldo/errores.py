"""Por qué no se pudo, dicho para quien da la orden."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stl_portal.archivo.deposito import AlmacenCaido

SIN_ESPACIO = frozenset({errno.ENOSPC, errno.EDQUOT})
DISCO_LLENO = (
    "No queda espacio en «{}» para el respaldo: no quedó nada a medias y los anteriores siguen ahí. "
    "Libera espacio y repite la orden."
)

_PORQUES = {
    errno.EACCES: "no hay permiso",
    errno.EPERM: "no hay permiso",
    errno.ENOENT: "no existe",
    errno.EROFS: "es de solo lectura",
    errno.EIO: "el disco falla",
}


class NoSePudo(Exception):
    """No se hizo lo pedido; el texto dice por qué y qué hacer."""


class SinEspacio(NoSePudo):
    """No cupo."""


class Danado(NoSePudo):
    """El respaldo no es como se hizo; `fallas` dice dónde, una por una."""

    def __init__(self, *fallas: str) -> None:
        super().__init__("; ".join(fallas))
        self.fallas = fallas


@contextmanager
def con_frase(carpeta: Path) -> Iterator[None]:
    """Convierte en frase que esa carpeta se llene o no deje escribir, y que el almacén no responda."""
    try:
        yield
    except SinEspacio as error:
        raise NoSePudo(DISCO_LLENO.format(carpeta)) from error
    except AlmacenCaido as error:
        raise NoSePudo(str(error)) from error
    except OSError as error:
        if error.errno in SIN_ESPACIO:
            raise NoSePudo(DISCO_LLENO.format(carpeta)) from error
        porque = _PORQUES.get(error.errno or 0, str(error))
        raise NoSePudo(f"No se puede usar «{error.filename or carpeta}»: {porque}.") from error
