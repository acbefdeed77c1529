"""El protocolo tus 1.0.0 (tus.io/protocols/resumable-upload): cómo se lee y se contesta, sin tocar disco."""

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.utils.http import http_date

VERSION = "1.0.0"
EXTENSIONES = "creation,expiration,termination,checksum"
SUMAS = "sha256"
TIPO_DE_PARTE = "application/offset+octet-stream"
SUMA_DISTINTA = 460  # estado propio del protocolo: la parte no da la suma que la acompaña
_ENTERO = re.compile(r"[0-9]{1,18}")
_HUELLA = re.compile(r"[0-9a-f]{64}")


class NoSeRecibe(Exception):
    """La petición no procede: con qué estado de HTTP se contesta y la frase para quien sube."""

    def __init__(self, estado: int, frase: str) -> None:
        """Guarda ambos."""
        super().__init__(frase)
        self.estado, self.frase = estado, frase


def entero(cabecera: str, valor: str) -> int:
    """Número de bytes de una cabecera. Lanza `NoSeRecibe` (400) si no lo es."""
    if not _ENTERO.fullmatch(valor):
        raise NoSeRecibe(400, f"La cabecera {cabecera} debe ser un número de bytes.")
    return int(valor)


def metadatos(valor: str) -> dict[str, str]:
    """`Upload-Metadata`: parejas de nombre y valor en base64. Lanza `NoSeRecibe` (400)."""
    leidos = {}
    try:
        for pareja in filter(None, (parte.strip() for parte in valor.split(","))):
            nombre, _, codificado = pareja.partition(" ")
            leidos[nombre] = base64.b64decode(codificado, validate=True).decode()
    except ValueError as error:  # también si trae letras que no son ASCII
        raise NoSeRecibe(400, "La cabecera Upload-Metadata no se entiende.") from error
    return leidos


def suma(valor: str) -> bytes | None:
    """El SHA-256 que acompaña a una parte; None si no trae. Lanza `NoSeRecibe` (400)."""
    if not valor:
        return None
    algoritmo, _, codificada = valor.partition(" ")
    try:
        resumen = base64.b64decode(codificada, validate=True)
    except ValueError as error:
        raise NoSeRecibe(400, "La cabecera Upload-Checksum no se entiende.") from error
    if algoritmo != SUMAS or len(resumen) != 32:
        raise NoSeRecibe(400, "Solo se admiten sumas sha256.")
    return resumen


def exigir_lugar(*, recibido: int, tamano: int, desde: int, trae: int) -> None:
    """La parte empieza donde va la subida y cabe en lo que falta. Lanza `NoSeRecibe` (409, 413)."""
    if desde != recibido:
        raise NoSeRecibe(409, "Esa parte no sigue a lo que ya se recibió.")
    if trae > tamano - recibido:
        raise NoSeRecibe(413, "Llegó más de lo que se anunció.")


@dataclass(frozen=True)
class Anuncio:
    """Lo que se dice de un archivo antes de su primera parte."""

    nombre: str
    declarado: str
    tamano: int
    huella: str  # SHA-256 en hexadecimal
    destino: str

    @classmethod
    def leer(cls, largo: str, datos: str) -> Self:
        """De `Upload-Length` y `Upload-Metadata`. Lanza `NoSeRecibe` (400)."""
        tamano, dicho = entero("Upload-Length", largo), metadatos(datos)
        huella = dicho.get("huella", "").lower()
        if not _HUELLA.fullmatch(huella):
            raise NoSeRecibe(400, "Falta la huella SHA-256 del archivo.")
        return cls(
            dicho.get("filename", ""), dicho.get("filetype", ""), tamano, huella, dicho.get("destino", "")
        )


def cabeceras(*, recibido: int, tamano: int, caduca_el: datetime) -> dict[str, str]:
    """Cómo va una subida."""
    return {
        "Upload-Offset": str(recibido),
        "Upload-Length": str(tamano),
        "Upload-Expires": http_date(caduca_el.timestamp()),
    }
