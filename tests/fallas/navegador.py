"""Quien usa el portal servido por HTTP: recuerda su sesión y manda su ficha, sin programa ninguno."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urlencode

from django.test import Client

from tests.archivo.tus import PARTE, TUS, metadatos

FICHA = "a" * 32
ESPERA = 60  # segundos


@dataclass(frozen=True)
class Respuesta:
    """Lo que contestó el portal."""

    estado: int
    cabeceras: HTTPMessage
    texto: str


@dataclass
class Navegador:
    """La sesión de una persona en el portal de ese puerto; sin galleta, la de nadie."""

    puerto: int
    galleta: str = ""

    @classmethod
    def de(cls, puerto: int, cliente: Client) -> "Navegador":
        """Con la sesión que ese cliente de pruebas ya abrió."""
        return cls(puerto, "; ".join(f"{nombre}={valor.value}" for nombre, valor in cliente.cookies.items()))

    def pedir(
        self, metodo: str, direccion: str, cuerpo: bytes = b"", cabeceras: Mapping[str, str] = {}
    ) -> Respuesta:
        """Una petición en su propia conexión. Lanza `OSError` si no hay quien conteste."""
        propias = {"Content-Length": str(len(cuerpo)), "X-CSRFToken": FICHA}
        if self.galleta:
            propias["Cookie"] = f"{self.galleta}; csrftoken={FICHA}"
        with closing(HTTPConnection("127.0.0.1", self.puerto, timeout=ESPERA)) as conexion:
            conexion.request(metodo, direccion, cuerpo, {**propias, **cabeceras})
            respuesta = conexion.getresponse()
            return Respuesta(respuesta.status, respuesta.headers, respuesta.read().decode(errors="replace"))

    def ver(self, direccion: str) -> Respuesta:
        """Una página."""
        return self.pedir("GET", direccion)

    def enviar(self, direccion: str, cabeceras: Mapping[str, str] = {}, **campos: object) -> Respuesta:
        """Una forma; con `X-Autoguardado`, como la manda la página sola."""
        forma = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.pedir("POST", direccion, urlencode(campos).encode(), {**forma, **cabeceras})

    def autoguardar(self, direccion: str, texto: str, version: int) -> Respuesta:
        """El desahogo de un punto sobre esa versión."""
        return self.enviar(direccion, {"X-Autoguardado": "1"}, desahogo=texto, version=version)

    def abrir_subida(self, nombre: str, tamano: int, huella: str) -> Respuesta:
        """Anuncia un archivo en partes; su dirección viene en `Location`."""
        datos = metadatos(filename=nombre, huella=huella, destino="/prueba/")
        cabeceras = {**TUS, "Upload-Length": str(tamano), "Upload-Metadata": datos}
        return self.pedir("POST", "/archivos/subidas/", cabeceras=cabeceras)

    def mandar_parte(self, direccion: str, desde: int, parte: bytes) -> Respuesta:
        """Una parte que empieza en ese byte."""
        cabeceras = {**TUS, "Upload-Offset": str(desde), "Content-Type": PARTE}
        return self.pedir("PATCH", direccion, parte, cabeceras)
