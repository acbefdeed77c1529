"""Un cliente tus mínimo, sobre el de pruebas de Django."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any, cast

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

TUS = {"Tus-Resumable": "1.0.0"}
PARTE = "application/offset+octet-stream"


def metadatos(**datos: str) -> str:
    """`Upload-Metadata` como la escribe un navegador."""
    return ",".join(
        f"{nombre} {base64.b64encode(valor.encode()).decode()}" for nombre, valor in datos.items()
    )


def suma(contenido: bytes) -> dict[str, str]:
    """La cabecera con que una parte dice su SHA-256."""
    return {"Upload-Checksum": f"sha256 {base64.b64encode(hashlib.sha256(contenido).digest()).decode()}"}


@dataclass
class Quien:
    """Alguien que sube."""

    client: Client
    direccion: str = ""
    contenido: bytes = b""
    respuesta: Any = field(default=None, repr=False)

    def empezar(
        self,
        contenido: bytes,
        nombre: str = "lista.txt",
        tipo: str = "text/plain",
        *,
        destino: str = "/reportes/1/",
        huella: str = "",
        tamano: int | None = None,
    ) -> HttpResponse:
        """Anuncia el archivo; si se acepta, recuerda su dirección."""
        datos = metadatos(
            filename=nombre,
            filetype=tipo,
            huella=huella or hashlib.sha256(contenido).hexdigest(),
            destino=destino,
        )
        largo = str(len(contenido) if tamano is None else tamano)
        cabeceras = {**TUS, "Upload-Length": largo, "Upload-Metadata": datos}
        respuesta = self.client.post(reverse("archivo:subidas"), headers=cabeceras)
        self.contenido, self.direccion = contenido, respuesta.headers.get("Location", "")
        return cast(HttpResponse, respuesta)

    def enviar(self, desde: int, hasta: int | None = None, /, **mas: str) -> HttpResponse:
        """Una parte, de un byte a otro."""
        parte = self.contenido[desde:hasta]
        # Django no envía el tipo de un cuerpo vacío si no se repite entre las cabeceras.
        propias = {"Upload-Offset": str(desde), "Content-Length": str(len(parte)), "Content-Type": PARTE}
        cabeceras = {**TUS, **propias, **mas}
        respuesta = self.client.patch(self.direccion, parte, content_type=PARTE, headers=cabeceras)
        return cast(HttpResponse, respuesta)

    def va(self) -> int:
        """Cuánto dice el portal que ya tiene."""
        respuesta = self.client.head(self.direccion, headers=TUS)
        assert (respuesta.status_code, respuesta.content) == (200, b"")
        return int(respuesta.headers["Upload-Offset"])

    def desechar(self) -> HttpResponse:
        """Ya no la quiere."""
        respuesta = self.client.delete(self.direccion, headers=TUS)
        return cast(HttpResponse, respuesta)


def dicho(respuesta: HttpResponse) -> tuple[int, str]:
    """El estado y la frase, con espacios comunes."""
    return respuesta.status_code, respuesta.content.decode().replace("\xa0", " ")
