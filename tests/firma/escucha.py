"""Oye todo lo que sale del navegador, y sabe reconocer un secreto aunque vaya disfrazado."""

import json
import socket
import threading
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote_from_bytes

from playwright.sync_api import BrowserContext, Page

TRAMO = 16  # bytes seguidos de un secreto que bastan para reconocerlo

# Todo lugar donde una página puede dejar algo escrito en el equipo.
GUARDADO = """async () => JSON.stringify({
  local: {...localStorage}, sesion: {...sessionStorage}, galletas: document.cookie, historia: history.state,
  direccion: location.href, ventana: window.name, bases: (await indexedDB.databases()).map((b) => b.name),
  cache: "caches" in window ? await caches.keys() : [], html: document.documentElement.outerHTML,
  campos: [...document.querySelectorAll("input:not([type=file])")].map((c) => c.value),
})"""


class Escucha:
    """Un paso intermedio entre el navegador y el portal que guarda cada byte que sube."""

    def __init__(self, host: str, puerto: int) -> None:
        """Empieza a oír en un puerto libre; reenvía a `host:puerto`."""
        self.destino = (host, puerto)
        self.subido = bytearray()
        self._oido = socket.create_server(("127.0.0.1", 0))
        self.puerto = self._oido.getsockname()[1]
        threading.Thread(target=self._atender, daemon=True).start()

    def cerrar(self) -> None:
        """Deja de oír."""
        self._oido.close()

    def _atender(self) -> None:
        with suppress(OSError):
            while True:
                cliente, _ = self._oido.accept()
                portal = socket.create_connection(self.destino)
                threading.Thread(target=self._pasar, args=(cliente, portal, True), daemon=True).start()
                threading.Thread(target=self._pasar, args=(portal, cliente, False), daemon=True).start()

    def _pasar(self, desde: socket.socket, hacia: socket.socket, sube: bool) -> None:
        with suppress(OSError), desde, hacia:
            while bloque := desde.recv(65536):
                if sube:
                    self.subido += bloque
                hacia.sendall(bloque)
            hacia.shutdown(socket.SHUT_WR)


class Vigia:
    """Lo que el navegador cuenta de sí mismo: peticiones, cuerpos, canales, consola y errores."""

    def __init__(self, contexto: BrowserContext) -> None:
        """Anota desde la primera página del contexto."""
        self.peticiones: list[str] = []
        self.cuerpos = bytearray()
        self.canales: list[str] = []
        self.consola: list[str] = []
        contexto.on("request", lambda peticion: self._anotar(peticion.url, peticion.post_data_buffer))
        contexto.on("console", lambda dicho: self.consola.append(dicho.text))
        contexto.on("page", self._mirar)

    def _mirar(self, pagina: Page) -> None:
        pagina.on("websocket", lambda canal: self.canales.append(canal.url))
        pagina.on("worker", lambda obrero: self.canales.append(obrero.url))
        pagina.on("pageerror", lambda error: self.consola.append(str(error)))

    def _anotar(self, url: str, cuerpo: bytes | None) -> None:
        self.peticiones.append(url)
        self.cuerpos += cuerpo or b""

    def todo(self, pagina: Page, contexto: BrowserContext) -> bytes:
        """Cuanto salió, se dijo o quedó guardado."""
        quedo = pagina.evaluate(GUARDADO)
        textos = [*self.peticiones, *self.canales, *self.consola, quedo, json.dumps(contexto.cookies())]
        return bytes(self.cuerpos) + "\n".join(textos).encode()


def aparece(secreto: bytes, en: bytes) -> bool:
    """Si algún tramo del secreto está ahí, tal cual o en cualquier escritura usual."""
    return any(forma in en for tramo in _tramos(secreto) for forma in _formas(tramo))


def _tramos(secreto: bytes) -> list[bytes]:
    enteros = [secreto[n : n + TRAMO] for n in range(0, len(secreto) - TRAMO + 1, TRAMO)]
    return enteros or [secreto]


def _formas(tramo: bytes) -> Iterator[bytes]:
    yield tramo
    yield tramo.hex().encode()
    yield tramo.hex().upper().encode()
    yield quote_from_bytes(tramo).encode()
    yield quote_from_bytes(tramo, safe="").replace("%20", "+").encode()
    yield json.dumps(list(tramo), separators=(",", ":"))[1:-1].encode()
    for corrimiento in range(3):
        for cifrar in (b64encode, urlsafe_b64encode):
            yield cifrar(b"\0" * corrimiento + tramo)[4 if corrimiento else 0 : -4]
