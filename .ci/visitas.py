"""Visitas al portal recién instalado, por HTTPS y confiando solo en su certificado.

`comprobar` mira una vez lo que debe contestar; `trafico` insiste hasta que aparezca un archivo y cuenta lo
que falló, con una editora que guarda todo ese tiempo. Las dos terminan con error si algo no fue como debe.
"""

import argparse
import itertools
import re
import socket
import ssl
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path

from editora import Editora

ESPERA = 30
CABECERAS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Con un número que no se repite, nginx no puede contestar de lo guardado: llega hasta el portal.
RUTAS = ("/salud/", "/?v={}", "/municipios/?v={}", "/entrar/?v={}", "/acuerdos/?v={}")
PERSONAS = 4
POR_SEGUNDO = 5  # cada una; nginx admite 30 de la misma dirección


class Conexion(HTTPSConnection):
    """A 127.0.0.1, aunque el certificado y la petición digan el nombre del sitio."""

    def connect(self) -> None:
        """Sin preguntar a nadie dónde está el sitio."""
        crudo = socket.create_connection(("127.0.0.1", self.port), timeout=ESPERA)
        self.sock = self._context.wrap_socket(crudo, server_hostname=self.host)  # type: ignore[attr-defined]


@dataclass
class Sitio:
    """Dónde está y con qué nombre."""

    nombre: str
    http: int
    https: int
    certificado: Path

    def conexion(self) -> Conexion:
        """Nueva, con TLS 1.2 cuando menos."""
        confianza = ssl.create_default_context(cafile=str(self.certificado))
        confianza.minimum_version = ssl.TLSVersion.TLSv1_2
        return Conexion(self.nombre, self.https, context=confianza)

    def pedir(
        self, ruta: str, metodo: str = "GET", cuerpo: bytes = b"", cabeceras: Mapping[str, str] = {}
    ) -> tuple[HTTPResponse, bytes]:
        """Lo que contesta por HTTPS."""
        conexion = self.conexion()
        try:
            conexion.request(metodo, ruta, cuerpo or None, dict(cabeceras))
            respuesta = conexion.getresponse()
            return respuesta, respuesta.read()
        finally:
            conexion.close()


@dataclass
class Cuenta:
    """Lo que pasó con las visitas, entre todas las personas."""

    bien: int = 0
    fallas: Counter[str] = field(default_factory=Counter)
    peor: float = 0.0
    perdidos: int = 0
    candado: threading.Lock = field(default_factory=threading.Lock)

    def anotar(self, falla: str, tardo: float) -> None:
        """Una visita más; `falla` vacía si salió bien."""
        with self.candado:
            self.peor = max(self.peor, tardo)
            if falla:
                self.fallas[falla] += 1
            else:
                self.bien += 1


def comprobar(sitio: Sitio) -> Iterator[str]:
    """Cada cosa que debe cumplirse, dicha cuando se cumplió. Lanza `AssertionError` en la primera que no."""
    portada, cuerpo = sitio.pedir("/")
    exigir(portada.status == 200 and b"<h1" in cuerpo, f"la portada contestó {portada.status}")
    yield f"portada por HTTPS: 200, {len(cuerpo)} bytes"
    for nombre, valor in CABECERAS.items():
        exigir(portada.headers[nombre] == valor, f"{nombre}: {portada.headers[nombre]}")
    politica = portada.headers["Content-Security-Policy"] or ""
    exigir("default-src 'none'" in politica and "unsafe" not in politica, f"política: {politica}")
    exigir(portada.headers["Server"] == "nginx", f"Server: {portada.headers['Server']}")
    yield f"{len(CABECERAS) + 1} cabeceras de seguridad; no dice la versión de nginx"
    salud, cuerpo = sitio.pedir("/salud/")
    exigir((salud.status, cuerpo.strip()) == (200, b"ok"), f"/salud/ dijo {salud.status} {cuerpo[:80]!r}")
    yield "/salud/ dice ok"
    yield estaticos(sitio, sitio.pedir("/")[1].decode())
    exigir(sitio.pedir("/almacen/x")[0].status == 404, "el almacén tiene entrada directa")
    exigir(sitio.pedir("/.env")[0].status == 404, "se puede pedir .env")
    yield "ni el almacén ni .env tienen dirección"
    yield redireccion(sitio)


def estaticos(sitio: Sitio, portada: str) -> str:
    """Los que la portada pide llegan, y con permiso de guardarse un año."""
    pedidos = sorted(set(re.findall(r'"(/static/[^"]+)"', portada)))
    exigir(len(pedidos) > 3, f"la portada solo pide {pedidos}")
    for ruta in pedidos:
        respuesta, cuerpo = sitio.pedir(ruta)
        exigir(respuesta.status == 200 and bool(cuerpo), f"{ruta}: {respuesta.status}")
        exigir("immutable" in (respuesta.headers["Cache-Control"] or ""), f"{ruta} no se guarda")
    return f"los {len(pedidos)} archivos de la portada llegan y se guardan un año"


def redireccion(sitio: Sitio) -> str:
    """De HTTP se pasa a HTTPS, y un nombre ajeno no se atiende."""
    conexion = HTTPConnection("127.0.0.1", sitio.http, timeout=ESPERA)
    conexion.request("GET", "/acuerdos/", headers={"Host": sitio.nombre})
    respuesta = conexion.getresponse()
    destino = f"https://{sitio.nombre}:{sitio.https}/acuerdos/"
    exigir((respuesta.status, respuesta.headers["Location"]) == (301, destino), f"HTTP: {respuesta.status}")
    ajena = sitio.conexion()
    ajena.request("GET", "/", headers={"Host": "otro.example"})
    exigir(ajena.getresponse().status == 400, "atiende un nombre que no es el suyo")
    return "HTTP lleva a HTTPS; un nombre ajeno recibe 400"


def exigir(cumple: bool, si_no: str) -> None:
    """Lanza `AssertionError` con lo que pasó en su lugar."""
    if not cumple:
        raise AssertionError(si_no)


def trafico(sitio: Sitio, hasta: Path, editora: Editora | None = None) -> Cuenta:
    """Varias personas que piden páginas sin parar hasta que aparezca ese archivo (o diez minutos)."""
    cuenta, numeros = Cuenta(), itertools.count()
    final = time.monotonic() + 600

    def persona() -> None:
        while not hasta.exists() and time.monotonic() < final:
            numero = next(numeros)
            visita(sitio, RUTAS[numero % len(RUTAS)].format(numero), cuenta)
            time.sleep(1 / POR_SEGUNDO)

    personas = [threading.Thread(target=persona) for _ in range(PERSONAS)]
    escribe = editora and threading.Thread(target=lambda: escribir(editora, hasta, cuenta))
    todas = [*personas, escribe] if escribe else personas
    for una in todas:
        una.start()
    for una in todas:
        una.join()
    return cuenta


def escribir(editora: Editora, hasta: Path, cuenta: Cuenta) -> None:
    """Guarda dos veces por segundo hasta que aparezca ese archivo, y mira si está todo."""
    while not hasta.exists():
        inicio = time.monotonic()
        try:
            falla = editora.guardar()
        except (OSError, HTTPException, ValueError) as error:
            falla = f"guardar: {type(error).__name__}: {error}"
        cuenta.anotar(falla, time.monotonic() - inicio)
        time.sleep(0.5)
    try:
        cuenta.perdidos = editora.perdidos()
    except (OSError, HTTPException, ValueError, AssertionError) as error:
        cuenta.anotar(f"releer: {error}", 0)


def sentada(sitio: Sitio, archivo: Path) -> Editora:
    """La editora, ya dentro y frente a su punto."""

    def pedir(metodo: str, ruta: str, cuerpo: bytes, mas: Mapping[str, str]) -> tuple[HTTPResponse, bytes]:
        return sitio.pedir(ruta, metodo, cuerpo, mas)

    return Editora(archivo, f"https://{sitio.nombre}:{sitio.https}", pedir).sentarse()


def visita(sitio: Sitio, ruta: str, cuenta: Cuenta) -> None:
    """Una, con su conexión; falla si no llega, si no es 200 o si nginx la contestó de lo viejo."""
    inicio = time.monotonic()
    try:
        respuesta, cuerpo = sitio.pedir(ruta)
        estado = respuesta.headers["X-Cache-Status"] or "MISS"
        falla = (
            ""
            if (respuesta.status, bool(cuerpo), estado) == (200, True, "MISS")
            else f"{respuesta.status} {estado}"
        )
    except (OSError, HTTPException) as error:
        falla = f"{type(error).__name__}: {error}"
    cuenta.anotar(falla and f"{ruta.split('?')[0]} {falla}", time.monotonic() - inicio)


def main() -> int:
    """0 si todo fue como debe."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("que", choices=["comprobar", "trafico"])
    opciones.add_argument("--http", type=int, required=True)
    opciones.add_argument("--https", type=int, required=True)
    opciones.add_argument("--nombre", required=True)
    opciones.add_argument("--certificado", type=Path, required=True)
    opciones.add_argument("--hasta", type=Path)
    opciones.add_argument("--editora", type=Path, help="lo que dijo preparar_editora.py")
    dicho = opciones.parse_args()
    sitio = Sitio(dicho.nombre, dicho.http, dicho.https, dicho.certificado)
    if dicho.que == "comprobar":
        for renglon in comprobar(sitio):
            print(renglon)
        return 0
    editora = sentada(sitio, dicho.editora) if dicho.editora else None
    cuenta = trafico(sitio, dicho.hasta, editora)
    for falla, veces in cuenta.fallas.most_common(20):
        print(f"{veces} veces: {falla}")
    total = sum(cuenta.fallas.values())
    guardados = editora.guardados if editora else 0
    print(
        f"{cuenta.bien + total} visitas, {guardados} de ellas guardados: {total} fallidas,"
        f" {cuenta.perdidos} guardados perdidos; la más lenta, {cuenta.peor:.1f} s"
    )
    nadie_escribio = editora is not None and not guardados
    return int(total + cuenta.perdidos > 0 or cuenta.bien < PERSONAS or nadie_escribio)


if __name__ == "__main__":
    sys.exit(main())
