"""Quien escribe un documento no decide qué abre el servidor."""

import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from stl_portal.documentos.pdf import producir
from stl_portal.documentos.recursos import RecursoAjeno, SoloRecursosPropios
from stl_portal.documentos.tipografia import SERIF, lector
from tests.documentos.lector import en_voz_alta

SECRETO = "contraseña-del-servidor"


class Vigia(HTTPServer):
    """Un servidor de verdad que anota quién lo visita."""

    def __init__(self) -> None:
        self.visitas: list[str] = []
        super().__init__(("127.0.0.1", 0), Visita)


class Visita(BaseHTTPRequestHandler):
    server: Vigia

    def do_GET(self) -> None:
        self.server.visitas.append(self.path)
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Sin ruido en la salida de las pruebas."""


@pytest.fixture
def vigia() -> Iterator[Vigia]:
    with Vigia() as servidor:
        hilo = Thread(target=servidor.serve_forever, daemon=True)
        hilo.start()
        yield servidor
        servidor.shutdown()
        hilo.join()


@pytest.mark.parametrize(
    "plantilla",
    [
        '<img src="{url}" alt="">',
        '<link rel="stylesheet" href="{url}">',
        "<style>@import url({url});</style>",
        "<style>@font-face {{ font-family: x; src: url({url}) }} p {{ font-family: x }}</style>",
        '<style>body {{ background: url("{url}") }}</style>',
        '<object data="{url}"></object>',
        '<embed src="{url}">',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}" width="9" height="9"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><use href="{url}#a"/></svg>',
        '<link rel="attachment" href="{url}">',
    ],
)
def test_nada_del_documento_sale_a_la_red(plantilla: str, vigia: Vigia) -> None:
    trampa = plantilla.format(url=f"http://127.0.0.1:{vigia.server_port}/espia")
    documento = producir(f"<html><head></head><body>{trampa}<p>Sigue</p></body></html>", titulo="Prueba")
    assert vigia.visitas == []
    assert "Sigue" in en_voz_alta(documento.contenido)


def test_un_archivo_del_servidor_no_entra_al_documento(tmp_path: Path) -> None:
    secreto = tmp_path / "secreto.txt"
    secreto.write_text(SECRETO)
    url = secreto.as_uri()
    cuerpo = f'<link rel="attachment" href="{url}"><object data="{url}"></object><p>Sigue</p>'
    documento = producir(cuerpo, titulo="Prueba")
    assert b"/EmbeddedFile" not in documento.contenido
    assert SECRETO not in en_voz_alta(documento.contenido)


@pytest.mark.parametrize(
    "url",
    [
        "http://ejemplo.mx/a.png",
        "https://ejemplo.mx/a.png",
        "ftp://ejemplo.mx/a.png",
        "file:///etc/passwd",
        "file://otro-servidor/etc/passwd",
        "FILE:///etc/passwd",
        f"{SERIF.as_uri()}/../../../../../../../../etc/passwd",
        f"{SERIF.as_uri()}/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd",
        "javascript:alert(1)",
        "gopher://127.0.0.1:25/",
        "",
    ],
)
def test_solo_lo_propio(url: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(RecursoAjeno):
        lector().fetch(url)
    assert "Recurso ajeno rechazado" in caplog.text


def test_un_enlace_simbolico_no_abre_la_puerta(tmp_path: Path) -> None:
    permitida = tmp_path / "letras"
    permitida.mkdir()
    (tmp_path / "secreto.txt").write_text(SECRETO)
    (permitida / "atajo.ttf").symlink_to(tmp_path / "secreto.txt")
    with pytest.raises(RecursoAjeno):
        SoloRecursosPropios(permitida).fetch((permitida / "atajo.ttf").as_uri())


def test_las_letras_y_los_datos_incrustados_si() -> None:
    letra = next(SERIF.glob("*.ttf"))
    assert lector().fetch(letra.as_uri()).read() == letra.read_bytes()
    assert lector().fetch("data:text/plain;base64,SG9sYQ==").read() == b"Hola"
