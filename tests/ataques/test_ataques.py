"""Un ataque por prueba, con su nombre, por la forma o la dirección que usaría quien ataca.

El guion guardado tiene su archivo; lo que aquí se prueba una vez, se prueba a fondo junto a cada cosa.
"""

import csv
import io
import re
import socket
import subprocess
import sys
import zipfile
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from ejes.reportes import evidencias
from sesiones import models as m
from stl_portal.archivo.models import Archivo
from tests.archivo import libros
from tests.archivo import muestras as mu
from tests.fabricas import crear_en_curso
from tests.personas import CLAVE, Reparto

# Lo que la base guarda o rechaza se prueba en las dos junto a cada cosa.
pytestmark = pytest.mark.apariencia
ENTRAR = reverse("account_login")
AJENO = "https://ajeno.example/"


def entrar(correo: str, clave: str = CLAVE, **datos: str) -> Any:
    return Client().post(ENTRAR, {"login": correo, "password": clave, **datos})


@pytest.fixture
def facilitadora(reparto: Reparto) -> Client:
    client = Client()
    client.force_login(reparto.cuentas["facilitadora"])
    return client


@pytest.fixture
def punto(reparto: Reparto) -> m.Punto:
    punto: m.Punto = crear_en_curso(reparto).puntos.get()
    return punto


def anexar(client: Client, punto: m.Punto, nombre: str, contenido: bytes) -> Any:
    sesion = punto.sesion
    url = reverse("mesa:anexar", args=(sesion.organo.clave, sesion.clave, punto.pk))
    return client.post(url, {"titulo": "Anexo", "archivo": SimpleUploadedFile(nombre, contenido, "")})


def test_fuerza_bruta(reparto: Reparto) -> None:
    """Con cinco fallas la contraseña buena ya no abre; se mira la sesión, no el código de respuesta."""
    correo = reparto.cuentas["integrante"].email
    for n in range(5):
        assert entrar(correo, f"no es esta {n}").status_code == 200
    assert settings.SESSION_COOKIE_NAME not in entrar(correo).cookies


def test_enumeracion(reparto: Reparto) -> None:
    """Ni al entrar ni al olvidar la contraseña se sabe si un correo tiene cuenta."""
    conocido, inventado = reparto.cuentas["integrante"].email, "nadie@prueba.example"

    def visto(respuesta: Any, correo: str) -> str:
        cuerpo = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", respuesta.content.decode())
        return f"{respuesta.status_code} {respuesta.headers.get('Location')} {cuerpo.replace(correo, '')}"

    assert visto(entrar(conocido, "no es"), conocido) == visto(entrar(inventado, "no es"), inventado)
    olvidada = reverse("account_reset_password")
    respuestas = [Client().post(olvidada, {"email": correo}, follow=True) for correo in (conocido, inventado)]
    assert visto(respuestas[0], conocido) == visto(respuestas[1], inventado)


def test_peticion_desde_otro_sitio(reparto: Reparto, punto: m.Punto) -> None:
    """CSRF: sin la ficha no se guarda nada, ni con la sesión abierta."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(reparto.cuentas["facilitadora"])
    respuesta = anexar(client, punto, "lista.txt", b"Uno")
    assert (respuesta.status_code, Archivo.objects.count()) == (403, 0)
    assert client.post(reverse("account_logout")).status_code == 403
    assert client.get("/mi/").status_code == 200


@pytest.mark.parametrize("destino", [AJENO, "//ajeno.example/", "/\\ajeno.example", "javascript:alert(1)"])
def test_redireccion_abierta(reparto: Reparto, destino: str) -> None:
    respuesta = entrar(reparto.cuentas["integrante"].email, next=destino)
    assert respuesta["Location"] == reverse("mi")


def test_nombre_de_sitio_falso(reparto: Reparto, settings: Settings) -> None:
    """Host ajeno: se rechaza, y la liga del correo sale de `SITIO`, nunca de la petición."""
    olvidada = reverse("account_reset_password")
    datos = {"email": reparto.cuentas["integrante"].email}
    assert Client().post(olvidada, datos, headers={"host": "ajeno.example"}).status_code == 400
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Client().post(olvidada, datos, headers={"x-forwarded-host": "ajeno.example"})
    assert all("ajeno.example" not in str(mensaje.message()) for mensaje in mail.outbox)


@pytest.mark.parametrize("camino", ["../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "....//etc/passwd"])
def test_salir_de_la_carpeta(facilitadora: Client, punto: m.Punto, camino: str) -> None:
    """Ni pidiendo ni subiendo se llega a otra carpeta: el nombre es solo una etiqueta."""
    for raiz in ("/static/", "/archivos/", f"/archivos/{'a' * 64}/", "/ayuda/", "/datos/"):
        respuesta = facilitadora.get(raiz + camino)
        assert (respuesta.status_code, b"root:" in respuesta.content) == (404, False)
    anexar(facilitadora, punto, f"{camino}.txt", b"Uno")
    archivo = Archivo.objects.get()
    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{64}", archivo.ruta)
    assert "/" not in archivo.nombre


def test_peticion_del_servidor() -> None:
    """SSRF: la liga de una evidencia nunca se visita, y la de adentro de la red ni se acepta."""
    with socket.create_server(("127.0.0.1", 0)) as oido:
        oido.setblocking(False)
        aqui = f"127.0.0.1:{oido.getsockname()[1]}/datos-internos/"
        for esquema in ("https", "http", "gopher", "file", "javascript"):
            with pytest.raises(ValidationError):
                evidencias.revisar_liga(f"{esquema}://{aqui}")
        with pytest.raises(BlockingIOError):
            oido.accept()


def test_entidad_externa(facilitadora: Client, punto: m.Punto) -> None:
    """XXE: un DOCX que define entidades no entra."""
    bueno = libros.docx("Texto")
    with zipfile.ZipFile(io.BytesIO(bueno)) as abierto:
        partes = {nombre: abierto.read(nombre) for nombre in abierto.namelist()}
    cuerpo = partes["word/document.xml"].decode()
    entidad = '<!DOCTYPE x [<!ENTITY robado SYSTEM "file:///etc/passwd">]>'
    inicio = cuerpo.index("<w:document")
    partes["word/document.xml"] = (
        (cuerpo[:inicio] + entidad + cuerpo[inicio:]).replace("Texto", "&robado;").encode()
    )
    respuesta = anexar(facilitadora, punto, "acta.docx", mu.paquete(partes))
    assert (respuesta.status_code, Archivo.objects.count()) == (422, 0)
    assert anexar(facilitadora, punto, "acta.docx", bueno).status_code == 302


def test_expresion_que_no_termina() -> None:
    """ReDoS: ninguna expresión del portal se atora con textos repetidos; cúbica o peor, no acabaría."""
    hecho = subprocess.run(
        [sys.executable, "-m", "tests.ataques.expresiones"],
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    assert int(hecho.stdout.split()[-1]) > 150


@pytest.mark.parametrize(
    ("nombre", "contenido"),
    [
        ("bomba.zip", lambda: mu.paquete({"nulos.txt": bytes(300_000_000)})),
        ("bomba.docx", lambda: mu.ooxml("docx", {"word/media/x.xml": b"<a>" + b" " * 300_000_000})),
        ("miente.zip", mu.zip_que_miente),
    ],
)
def test_bomba_comprimida(facilitadora: Client, punto: m.Punto, nombre: str, contenido: Any) -> None:
    respuesta = anexar(facilitadora, punto, nombre, contenido())
    assert (respuesta.status_code, Archivo.objects.count()) == (422, 0)


def test_imagen_inmensa(facilitadora: Client, punto: m.Punto) -> None:
    """Descompresión: unos kilobytes que serían novecientos millones de puntos."""
    respuesta = anexar(facilitadora, punto, "foto.png", mu.png_inmenso())
    assert (respuesta.status_code, Archivo.objects.count()) == (422, 0)


def test_formula_al_abrir(reparto: Reparto) -> None:
    """Ninguna celda de lo que se descarga es fórmula."""
    formula = '=HYPERLINK("https://ajeno.example","Abrir")'
    m.Denominacion.objects.update(nombre=formula)
    cuerpo = b"".join(Client().get("/datos/organos.csv")).decode("utf-8-sig")
    celdas = [celda for fila in csv.reader(io.StringIO(cuerpo)) for celda in fila]
    assert f"'{formula}" in celdas
    assert [celda for celda in celdas if celda[:1] in set("=+@\t\r")] == []


def test_fijacion_de_sesion(reparto: Reparto) -> None:
    """La sesión que existía antes de entrar no es la de después."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    client.post(ENTRAR, {"login": reparto.cuentas["integrante"].email, "password": CLAVE})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "a" * 32
    assert client.get("/mi/").status_code == 200
    robada = Client()
    robada.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert robada.get("/mi/").status_code == 302


@pytest.mark.parametrize("direccion", ["/", "/entrar/", "/no-existe/", "/mi/", "/datos/"])
def test_pagina_dentro_de_otra(reparto: Reparto, facilitadora: Client, direccion: str) -> None:
    """Clickjacking: ninguna página se deja enmarcar, ni las de error."""
    respuesta = facilitadora.get(direccion)
    assert respuesta["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in respuesta["Content-Security-Policy"]


def test_estatico_dentro_de_otra_pagina(client: Client) -> None:
    """Ni con nginx, que lo dice por su cuenta (`tests/despliegue`), ni sin él."""
    estatico = client.get("/static/css/base.css")
    assert estatico.getvalue()  # se manda a trozos: sin leerlo, el archivo quedaría abierto
    assert estatico["Content-Security-Policy"] == "frame-ancestors 'none'"
