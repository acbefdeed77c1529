"""El texto de un punto de control: forma C2SP (tlog-checkpoint y signed-note), firmado con Ed25519.

    portal.ejemplo.mx/registro          origen del registro y nombre de quien firma
    128                                 cuántos eslabones tenía
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2…   su raíz de Merkle, en base64
    fecha 2026-11-21T18:00:00.000000Z   extensión: cuándo se firmó

    — portal.ejemplo.mx/registro Az3grl…  cuatro bytes que nombran la clave y 64 de firma

Se firma todo lo que está antes del renglón vacío, con sus saltos de línea.
"""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .clave import publica

ED25519 = b"\x01"


@dataclass(frozen=True)
class Nota:
    """Lo que afirma un punto de control; `raiz` en hexadecimal, `fecha` en RFC 3339."""

    origen: str
    tamano: int
    raiz: str
    fecha: str

    @property
    def cuerpo(self) -> str:
        """Lo que se firma."""
        raiz = base64.b64encode(bytes.fromhex(self.raiz)).decode()
        return f"{self.origen}\n{self.tamano}\n{raiz}\nfecha {self.fecha}\n"

    def firmada(self, llave: Ed25519PrivateKey) -> str:
        """El texto completo, con su renglón de firma."""
        sobre = identificador(self.origen, publica(llave)) + llave.sign(self.cuerpo.encode())
        return self._con_firma(sobre)

    def _con_firma(self, sobre: bytes) -> str:
        return f"{self.cuerpo}\n— {self.origen} {base64.b64encode(sobre).decode()}\n"


@dataclass(frozen=True)
class Firmada:
    """Una nota leída, con el nombre de su clave y su firma."""

    nota: Nota
    clave_id: bytes
    firma: bytes

    def es_de(self, clave: str) -> bool:
        """Si la firmó esa clave pública (32 bytes en base64)."""
        if self.clave_id != identificador(self.nota.origen, clave):
            return False
        try:
            llave = Ed25519PublicKey.from_public_bytes(base64.b64decode(clave, validate=True))
            llave.verify(self.firma, self.nota.cuerpo.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


def identificador(nombre: str, clave: str) -> bytes:
    """Cuatro bytes que nombran la clave (C2SP signed-note)."""
    try:
        cruda = base64.b64decode(clave, validate=True)
    except ValueError:
        return b""
    return hashlib.sha256(nombre.encode() + b"\n" + ED25519 + cruda).digest()[:4]


def clave_de_verificacion(nombre: str, clave: str) -> str:
    """La clave pública como la piden los testigos: nombre+identificador+clave (C2SP vkey)."""
    cuerpo = base64.b64encode(ED25519 + base64.b64decode(clave)).decode()
    return f"{nombre}+{identificador(nombre, clave).hex()}+{cuerpo}"


def leer(texto: str) -> Firmada:
    """La nota que dice el texto. Lanza `ValueError` si no es, letra por letra, como se escribe."""
    renglones = texto.split("\n")
    if len(renglones) != 7:
        raise ValueError("Un punto de control tiene seis renglones.")
    origen, tamano, raiz, fecha, _, firma, _ = renglones
    nota = Nota(origen, int(tamano), base64.b64decode(raiz).hex(), fecha.removeprefix("fecha "))
    sobre = base64.b64decode(firma.rpartition(" ")[2])
    # Base64 admite escribir lo mismo de varias maneras; aquí solo vale una.
    if nota._con_firma(sobre) != texto:
        raise ValueError("El punto de control no está escrito como debe.")
    return Firmada(nota, sobre[:4], sobre[4:])
