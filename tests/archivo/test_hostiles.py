"""El corpus hostil por la forma de verdad: rechazado con su frase o inerte para siempre, y sin tirar nada.

`make hostiles` imprime qué pasó con cada archivo y cuánto costó revisarlo.
"""

import html
import logging
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sesiones import models as m
from stl_portal.archivo.inspector.limites import MEMORIA, SEGUNDOS
from stl_portal.archivo.models import Archivo
from stl_portal.archivo.tipos import POR_MIME
from tests.fabricas import crear_en_curso
from tests.personas import Reparto

from .corpus import HOSTILES, TOLERADOS
from .test_inspeccion import BUENOS

# Lo que se guarda lo revisa `test_almacen`, en las dos bases.
pytestmark = pytest.mark.apariencia
A_LA_VISTA = {
    "application/pdf": "default-src 'none'; object-src 'self'; frame-ancestors 'self'",
    "video/mp4": "default-src 'none'; media-src 'self'; frame-ancestors 'none'; sandbox",
    "audio/mpeg": "default-src 'none'; media-src 'self'; frame-ancestors 'none'; sandbox",
}
ENCIERRO = "default-src 'none'; frame-ancestors 'none'; sandbox"


@pytest.fixture
def punto(client: Client, reparto: Reparto, caplog: pytest.LogCaptureFixture) -> m.Punto:
    """Un punto en el que la facilitadora, ya adentro, va a anexar."""
    caplog.set_level(logging.DEBUG, logger="stl_portal.archivo.inspeccion")
    client.force_login(reparto.cuentas["facilitadora"])
    punto: m.Punto = crear_en_curso(reparto).puntos.get()
    return punto


def subir(client: Client, punto: m.Punto, nombre: str, contenido: bytes) -> Any:
    """Lo que contesta la forma de anexos de la mesa."""
    sesion = punto.sesion
    url = reverse("mesa:anexar", args=(sesion.organo.clave, sesion.clave, punto.pk))
    return client.post(url, {"titulo": "Evidencia", "archivo": SimpleUploadedFile(nombre, contenido, "")})


def costo(caplog: pytest.LogCaptureFixture) -> tuple[int, float]:
    """Memoria (kB) y procesador (s) de la inspección; cero si se rechazó antes de leerlo."""
    usos = [r.args for r in caplog.records if r.msg.startswith("Inspeccionar ocupó")]
    assert all(isinstance(uso, tuple) for uso in usos)
    return usos[0] if usos else (0, 0.0)  # type: ignore[return-value]


def anotar(caso: str, veredicto: str, uso: tuple[int, float]) -> None:
    """Un renglón de la tabla, visible con `-s`."""
    print(f"\n{caso:32.32} {uso[0] / 1024:6.0f} MB {uso[1]:5.2f} s  {veredicto}", end="")


class Etiquetas(HTMLParser):
    """Las etiquetas de una página, con sus atributos."""

    def __init__(self, pagina: str) -> None:
        """Lee la página completa."""
        super().__init__()
        self.vistas: list[tuple[str, dict[str, str]]] = []
        self.feed(pagina)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Anota una etiqueta."""
        self.vistas.append((tag, {nombre: valor or "" for nombre, valor in attrs}))


def test_hay_mas_malos_que_buenos() -> None:
    assert len(HOSTILES) + len(TOLERADOS) >= 60
    assert len(HOSTILES) >= 2 * len(BUENOS)
    assert set(HOSTILES).isdisjoint(TOLERADOS)


@pytest.mark.parametrize("caso", HOSTILES)
def test_se_rechaza_diciendo_que_tiene(
    client: Client, punto: m.Punto, caso: str, caplog: pytest.LogCaptureFixture
) -> None:
    nombre, contenido, frase = HOSTILES[caso]
    respuesta = subir(client, punto, nombre, contenido)
    dicho = html.unescape(respuesta.content.decode())
    anotar(caso, f"rechazado: {frase}", costo(caplog))
    assert (respuesta.status_code, frase in dicho) == (422, True)
    assert (Archivo.objects.exists(), punto.anexos.exists()) == (False, False)
    exigir_acotado(costo(caplog))


@pytest.mark.parametrize("caso", TOLERADOS)
def test_lo_que_se_acepta_nunca_se_entrega_activo(
    client: Client, punto: m.Punto, caso: str, caplog: pytest.LogCaptureFixture
) -> None:
    nombre, contenido = TOLERADOS[caso]
    assert subir(client, punto, nombre, contenido).status_code == 302
    archivo = punto.anexos.get().archivo
    assert archivo
    anotar(caso, f"aceptado como {archivo.tipo}, se descarga «{archivo.nombre}»", costo(caplog))
    exigir_acotado(costo(caplog))
    exigir_inerte(client, archivo)
    exigir_visor_inerte(client, archivo)
    assert Client().get(reverse("archivo:ver", args=(archivo.huella,))).status_code == 302  # aún es privado


def exigir_acotado(uso: tuple[int, float]) -> None:
    """La inspección no pasó de sus topes."""
    kb, segundos = uso
    assert kb * 1024 <= MEMORIA
    assert segundos <= SEGUNDOS


def exigir_inerte(client: Client, archivo: Archivo) -> None:
    """Tipo de nuestra tabla, sin adivinar, encerrado, y para descargar salvo lo que se sabe mostrar."""
    url = reverse("archivo:descargar", args=(archivo.huella, archivo.nombre))
    tipo = POR_MIME[archivo.tipo]
    for consulta, a_la_vista in (("", False), ("?ver=1", tipo.a_la_vista)):
        respuesta = client.get(url + consulta)
        b"".join(respuesta)  # leerlo entero cierra el archivo
        assert respuesta.status_code == 200
        encierro = A_LA_VISTA.get(archivo.tipo, ENCIERRO) if a_la_vista else ENCIERRO
        assert respuesta["Content-Type"] == archivo.tipo
        assert respuesta["X-Content-Type-Options"] == "nosniff"
        assert respuesta["Content-Security-Policy"] == encierro
        assert respuesta["Content-Disposition"].split(";")[0] == ("inline" if a_la_vista else "attachment")
        assert not re.search(r"[\r\n\u202e<>]", respuesta["Content-Disposition"])


def exigir_visor_inerte(client: Client, archivo: Archivo) -> None:
    """En el visor, lo que trae el archivo es texto: ni un programa ni una etiqueta suyos."""
    respuesta = client.get(reverse("archivo:ver", args=(archivo.huella,)))
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 200
    etiquetas = Etiquetas(pagina)
    assert [
        e for e, a in etiquetas.vistas if e == "script" and not a.get("src", "").startswith("/static/")
    ] == []
    assert [a for _, a in etiquetas.vistas if any(nombre.startswith("on") for nombre in a)] == []
    assert all(a["src"].startswith(("/static/", "/archivos/")) for _, a in etiquetas.vistas if "src" in a)
    politica = respuesta["Content-Security-Policy"]
    assert "unsafe" not in politica
    assert "default-src 'none'" in politica
