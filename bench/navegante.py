"""Un navegador sin ventana: una conexión HTTPS propia, que se conserva, y sus galletas.

Cada quien sale de su propia dirección de 127.0.0.0/8, como en la calle: los topes por dirección de nginx y
del portal cuentan lo de cada persona, sin cambiarles nada.
"""

import asyncio
import gzip
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from bench.produccion import NOMBRE, Portal

ESPERA = 30.0  # segundos; después, es un error
FORMULARIO = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Respuesta:
    """Lo que llegó y cuánto tardó, desde que se pidió hasta el último byte."""

    codigo: int
    cabeceras: Mapping[str, str]
    cuerpo: bytes
    segundos: float

    @property
    def texto(self) -> str:
        """El cuerpo, descomprimido."""
        comprimido = self.cabeceras.get("content-encoding") == "gzip"
        return (gzip.decompress(self.cuerpo) if comprimido else self.cuerpo).decode()


def confianza(portal: Portal) -> ssl.SSLContext:
    """Solo en su certificado."""
    return ssl.create_default_context(cafile=str(portal.certificado))


def direccion(numero: int) -> str:
    """La de esa persona."""
    return f"127.{1 + numero // 62_500}.{numero // 250 % 250}.{1 + numero % 250}"


@dataclass
class Navegante:
    """Pide de una en una, por la misma conexión mientras el servidor no la cierre."""

    portal: Portal
    confia: ssl.SSLContext
    desde: str
    galletas: dict[str, str] = field(default_factory=dict)
    conexiones: int = 0
    _salida: asyncio.StreamWriter | None = None
    _entrada: asyncio.StreamReader = field(default_factory=asyncio.StreamReader)

    async def ver(self, ruta: str, **cabeceras: str) -> Respuesta:
        """GET."""
        return await self._pedir("GET", ruta, b"", _con_guion(cabeceras))

    async def enviar(self, ruta: str, datos: Mapping[str, str], desde: str, **mas: str) -> Respuesta:
        """POST de una forma, desde la página que la tenía."""
        return await self.enviar_cuerpo(ruta, urlencode(datos).encode(), FORMULARIO, desde, **mas)

    async def enviar_cuerpo(self, ruta: str, cuerpo: bytes, tipo: str, desde: str, **mas: str) -> Respuesta:
        """POST de lo que sea."""
        origen = self.portal.origen
        cabeceras = {"Content-Type": tipo, "Origin": origen, "Referer": origen + desde}
        return await self._pedir("POST", ruta, cuerpo, cabeceras | _con_guion(mas))

    async def _pedir(self, metodo: str, ruta: str, cuerpo: bytes, cabeceras: Mapping[str, str]) -> Respuesta:
        inicio = perf_counter()
        try:
            async with asyncio.timeout(ESPERA):
                if self._salida is None:
                    await self._conectar()
                    inicio = perf_counter()
                self._escribir(metodo, ruta, cuerpo, cabeceras)
                codigo, dichas, contenido = await self._leer()
        except BaseException:
            self.cerrar()
            raise
        respuesta = Respuesta(codigo, dichas, contenido, perf_counter() - inicio)
        if dichas.get("connection") == "close":
            self.cerrar()
        return respuesta

    async def _conectar(self) -> None:
        self._entrada, self._salida = await asyncio.open_connection(
            "127.0.0.1",
            self.portal.https,
            ssl=self.confia,
            server_hostname=NOMBRE,
            local_addr=(self.desde, 0),
            limit=2**20,
        )
        self.conexiones += 1

    def _escribir(self, metodo: str, ruta: str, cuerpo: bytes, cabeceras: Mapping[str, str]) -> None:
        if self._salida is None:
            raise ConnectionError("No hay conexión.")
        dichas = {"Host": urlsplit(self.portal.origen).netloc, "Accept-Encoding": "gzip"} | dict(cabeceras)
        if self.galletas:
            dichas["Cookie"] = "; ".join(f"{n}={v}" for n, v in self.galletas.items())
        if metodo == "POST":
            dichas["Content-Length"] = str(len(cuerpo))
        renglones = [f"{metodo} {ruta} HTTP/1.1", *(f"{n}: {v}" for n, v in dichas.items()), "", ""]
        self._salida.write("\r\n".join(renglones).encode() + cuerpo)

    async def _leer(self) -> tuple[int, dict[str, str], bytes]:
        primera, *renglones = (await self._entrada.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        codigo, cabeceras = int(primera.split()[1]), {}
        for renglon in filter(None, renglones):
            nombre, _, valor = renglon.partition(":")
            if nombre.lower() == "set-cookie":
                self._anotar(valor.strip())
            else:
                cabeceras[nombre.lower()] = valor.strip()
        if codigo in (204, 304):
            return codigo, cabeceras, b""
        if cabeceras.get("transfer-encoding") == "chunked":
            return codigo, cabeceras, await self._a_trozos()
        return codigo, cabeceras, await self._entrada.readexactly(int(cabeceras["content-length"]))

    async def _a_trozos(self) -> bytes:
        trozos = []
        while largo := int(await self._entrada.readuntil(b"\r\n"), 16):
            trozos.append((await self._entrada.readexactly(largo + 2))[:-2])
        await self._entrada.readuntil(b"\r\n")
        return b"".join(trozos)

    def _anotar(self, galleta: str) -> None:
        """La guarda; con plazo cero, la olvida."""
        par, *atributos = galleta.split("; ")
        nombre, _, valor = par.partition("=")
        if "Max-Age=0" in atributos:
            self.galletas.pop(nombre, None)
        else:
            self.galletas[nombre] = valor

    def cerrar(self) -> None:
        """Suelta la conexión; la siguiente petición abre otra."""
        if self._salida is not None:
            self._salida.close()
        self._salida = None


def _con_guion(cabeceras: Mapping[str, str]) -> dict[str, str]:
    return {nombre.replace("_", "-"): valor for nombre, valor in cabeceras.items()}
