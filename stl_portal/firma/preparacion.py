"""Una firma a medio hacer: lo que hay que recordar entre que se pide y que llega del navegador."""

import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Self

from stl_portal.firma import errores


@dataclass(frozen=True)
class Preparacion:
    """El estado del archivo que se va a firmar y lo que la persona debe firmar.

    `atributos` (DER) es lo único que va al navegador. `base` es la huella SHA-256 del PDF sobre el que
    se preparó: si el archivo ya es otro, la preparación venció. `agregado` es lo que se añade al final
    del PDF, con el hueco de la firma entre `inicio` y `fin` (posiciones del archivo completo).
    Se guarda en el servidor: nada de esto se acepta de vuelta desde fuera.
    """

    campo: str
    base: str
    atributos: bytes = field(repr=False)
    agregado: bytes = field(repr=False)
    resumen: bytes = field(repr=False)
    inicio: int
    fin: int
    cadena: tuple[bytes, ...] = field(repr=False)

    @property
    def cifras(self) -> int:
        """Cifras hexadecimales que caben en el hueco, sin sus corchetes."""
        return self.fin - self.inicio - 2

    def sobre(self, pdf: bytes) -> bytes:
        """El PDF con el hueco de la firma. `PreparacionVencida` si el archivo ya es otro."""
        if sha256(pdf).hexdigest() != self.base:
            raise errores.PreparacionVencida
        return pdf + self.agregado

    def a_datos(self) -> dict[str, str | int | list[str]]:
        """El estado en tipos que JSON conoce."""
        return {
            "campo": self.campo,
            "base": self.base,
            "atributos": _texto(self.atributos),
            "agregado": _texto(zlib.compress(self.agregado)),
            "resumen": _texto(self.resumen),
            "inicio": self.inicio,
            "fin": self.fin,
            "cadena": [_texto(der) for der in self.cadena],
        }

    @classmethod
    def de_datos(cls, datos: dict[str, str | int | list[str]]) -> Self:
        """La preparación que `a_datos` guardó."""
        cadena = datos["cadena"]
        return cls(
            campo=str(datos["campo"]),
            base=str(datos["base"]),
            atributos=_bytes(datos["atributos"]),
            agregado=zlib.decompress(_bytes(datos["agregado"])),
            resumen=_bytes(datos["resumen"]),
            inicio=int(str(datos["inicio"])),
            fin=int(str(datos["fin"])),
            cadena=tuple(_bytes(der) for der in cadena) if isinstance(cadena, list) else (),
        )


def _texto(crudo: bytes) -> str:
    return b64encode(crudo).decode()


def _bytes(texto: object) -> bytes:
    return b64decode(str(texto), validate=True)
