"""La mesa en un navegador de verdad, con un portal que se puede apagar y volver a encender."""

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler
from playwright.sync_api import Browser, BrowserContext, Page

from sesiones import models as m
from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import codigo, dar_telefono
from tests.fabricas import crear_en_curso
from tests.personas import CLAVE, Reparto, crear_reparto


class _Servidor(ThreadedWSGIServer):
    """Al caer corta también las conexiones que el navegador dejó abiertas, como un proceso muerto."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.abiertas: list[socket.socket] = []

    def process_request(self, request: Any, client_address: Any) -> None:
        self.abiertas.append(request)
        super().process_request(request, client_address)

    def server_close(self) -> None:
        for conexion in self.abiertas:
            with suppress(OSError):
                conexion.shutdown(socket.SHUT_RDWR)
        super().server_close()


class _Hilo(LiveServerThread):
    """Servidor de pruebas que puede volver al mismo puerto."""

    def _create_server(self, connections_override: Any = None) -> _Servidor:
        return _Servidor(
            (self.host, self.port),
            QuietWSGIRequestHandler,
            allow_reuse_address=True,
            connections_override=connections_override,
        )


class Portal:
    """El portal encendido en un puerto fijo."""

    def __init__(self) -> None:
        self.puerto = 0
        self.hilo: _Hilo | None = None

    def encender(self) -> None:
        """Arranca, en el mismo puerto si ya había arrancado antes."""
        self.hilo = _Hilo("127.0.0.1", StaticFilesHandler, port=self.puerto)
        self.hilo.daemon = True
        self.hilo.start()
        self.hilo.is_ready.wait()
        if self.hilo.error:
            raise self.hilo.error
        self.puerto = self.hilo.port

    def apagar(self) -> None:
        """Deja de responder, como si se hubiera caído."""
        if self.hilo:
            self.hilo.terminate()
        self.hilo = None

    @property
    def direccion(self) -> str:
        """Dirección de la portada, sin diagonal final."""
        return f"http://127.0.0.1:{self.puerto}"


@pytest.fixture
def portal(transactional_db: None) -> Iterator[Portal]:
    """El portal con la base de la prueba."""
    uno = Portal()
    uno.encender()
    yield uno
    uno.apagar()
    connections.close_all()


@pytest.fixture
def reparto(transactional_db: None) -> Reparto:
    """La gente de la prueba, confirmada en la base para que la vea el servidor."""
    return crear_reparto()


@pytest.fixture
def sesion(reparto: Reparto) -> m.Sesion:
    """Una sesión en curso con dos puntos."""
    return crear_en_curso(reparto, puntos=2)


@pytest.fixture
def punto(sesion: m.Sesion) -> m.Punto:
    """El primer punto."""
    return sesion.puntos.en_arbol()[0]


Abrir = Callable[..., Page]


@pytest.fixture
def como(navegador: Browser, portal: Portal, reparto: Reparto) -> Iterator[Callable[[str], BrowserContext]]:
    """Un navegador aparte (galletas y copias propias) en el que ya entró la persona del papel."""
    abiertos: list[BrowserContext] = []

    def entrar(papel: str) -> BrowserContext:
        cliente = Client()
        cliente.force_login(reparto.cuentas[papel])
        contexto = navegador.new_context(
            base_url=portal.direccion,
            locale="es-MX",
            timezone_id="America/Mexico_City",
            viewport={"width": 1280, "height": 900},
        )
        contexto.set_default_timeout(10_000)
        galleta = cliente.cookies["sessionid"].value
        contexto.add_cookies([{"name": "sessionid", "value": galleta, "url": portal.direccion}])
        abiertos.append(contexto)
        return contexto

    yield entrar
    for contexto in abiertos:
        contexto.close()


@pytest.fixture
def abrir(como: Callable[[str], BrowserContext], punto: m.Punto) -> Iterator[Abrir]:
    """El desahogo del punto, abierto por la persona del papel; falla si el navegador protesta."""

    def pagina(papel: str = "facilitadora") -> Page:
        hoja = como(papel).new_page()
        hoja.on("pageerror", lambda error: protestas.append(str(error)))
        hoja.on(
            "console", lambda dicho: protestas.append(dicho.text) if "Security Policy" in dicho.text else None
        )
        hoja.goto(direccion(punto))
        hoja.wait_for_selector(".editor__barra")
        return hoja

    protestas: list[str] = []
    yield pagina
    assert protestas == []


def direccion(punto: m.Punto) -> str:
    """La página de desahogo del punto."""
    return f"{punto.sesion.paso_url('desahogo')}{punto.pk}/"


def texto_guardado(punto: m.Punto) -> str:
    """Lo que la base tiene en este momento."""
    return m.Punto.objects.get(pk=punto.pk).desahogo


def entrar_de_nuevo(hoja: Page, correo: str) -> None:
    """Llena la forma de entrada, con su segundo paso: sin él quien conduce no vuelve a la mesa."""
    secreto = dar_telefono(Usuario.objects.get(email=correo))
    hoja.get_by_label("Correo electrónico").fill(correo)
    hoja.get_by_label("Contraseña", exact=True).fill(CLAVE)
    hoja.get_by_role("button", name="Entrar").click()
    hoja.get_by_label("Código").fill(codigo(secreto))
    hoja.get_by_role("button", name="Entrar", exact=True).click()
