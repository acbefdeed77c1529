"""Reconocer un archivo: el publicado, el de antes, el alterado y el ajeno. Nada de lo traído se guarda."""

import zlib

import pytest
from django.test import Client
from pytest_django import Settings

from sesiones import models as m
from stl_portal.archivo import almacen
from tests.personas import Reparto
from tests.vida.momentos import sellada
from tests.vida.verificando import publicada_sin_firmas, suelta, texto


def alteraciones(original: bytes) -> dict[str, bytes]:
    """El mismo PDF con un byte cambiado, cortado, pegado a sí mismo o a otra cosa."""
    mitad = len(original) // 2
    return {
        "un byte": original[:mitad] + bytes([original[mitad] ^ 1]) + original[mitad + 1 :],
        "cortado al final": original[:-1],
        "cortado a la mitad": original[:mitad],
        "pegado dos veces": original * 2,
        "con algo al final": original + b"<script>alert(1)</script>",
        "con algo antes": b"#!/bin/sh\n" + original,
    }


AJENOS = [
    b"hola",
    b"%PDF-1.7\n",
    b"\x00" * 5000,
    b"{" * 100_000,
    b'{"identificador":"prueba/no-existe/1"}',
    b'{"identificador":"prueba/\x00/1"}',
    b"%PDF-1.7\n1 0 obj<</Type/EmbeddedFile/Filter/FlateDecode>>stream\nno comprimido endstream",
    b"/EmbeddedFile stream\n" * 500,
]


def test_cada_archivo_se_reconoce(client: Client, reparto: Reparto) -> None:
    sello = publicada_sin_firmas(reparto)
    publicado, antes = almacen.leer(sello.publicacion.pdf), almacen.leer(sello.pdf)
    datos = bytes(sello.documento)
    carpeta = set(almacen.raiz().rglob("*"))
    for contenido, frase in (
        (publicado, "Tu archivo es el acta publicada y vigente"),
        (antes, "Tu archivo es de antes de la publicación"),
        (datos, "Son los datos de un acta publicada y vigente"),
        (bytes(sello.xml), "Son los datos de un acta publicada y vigente"),
        (datos.replace(b'"misma"', b'"posterior"'), "Tu archivo está alterado"),
    ):
        respuesta = client.post("/verificar/", suelta(contenido))
        assert (respuesta.status_code, frase in texto(respuesta)) == (200, True), frase
        assert "Ver el PDF publicado" in texto(respuesta)
    for caso, contenido in alteraciones(publicado).items():
        dicho = texto(client.post("/verificar/", suelta(contenido)))
        assert ("Tu archivo está alterado" in dicho, sello.codigo in dicho) == (True, True), caso
    assert set(almacen.raiz().rglob("*")) == carpeta


def test_el_pdf_de_otro_portal_no_se_reconoce(client: Client, reparto: Reparto) -> None:
    sello = sellada(reparto)
    de_otro = almacen.leer(sello.pdf) + b"\n"
    assert "Tu archivo está alterado" in texto(client.post("/verificar/", suelta(de_otro)))
    # Otro portal: los mismos bytes, donde ese órgano no existe.
    m.Organo.objects.filter(pk=reparto.organo.pk).update(clave="otro")
    cambiado = de_otro.replace(b"/EmbeddedFile", b"/embeddedfile")
    assert "No lo reconocemos" in texto(client.post("/verificar/", suelta(cambiado)))


def test_lo_ajeno_no_se_reconoce_y_se_dice_que_hacer(client: Client, db: None) -> None:
    for ajeno in AJENOS:
        respuesta = client.post("/verificar/", suelta(ajeno, "otro.pdf"))
        assert respuesta.status_code == 404
        assert "No lo reconocemos" in texto(respuesta)
        assert "otro.pdf no es idéntico a ningún acta, anexo, informe, reporte ni evidencia" in texto(
            respuesta
        )


def test_una_bomba_no_se_infla(client: Client, db: None) -> None:
    bomba = zlib.compress(b"\x00" * 50_000_000, 9)
    contenido = (b"<</Type /EmbeddedFile>>stream\n" + bomba + b"endstream\n") * 40
    assert client.post("/verificar/", suelta(contenido)).status_code == 404


@pytest.mark.parametrize(
    ("contenido", "frase"),
    [
        (None, "Elige el archivo que quieres verificar."),
        (b"", "«acta.pdf» está vacío (0 bytes)"),
        (b"x" * 200, "escribe mejor su huella"),
    ],
)
def test_sin_archivo_vacio_o_enorme(
    client: Client, db: None, settings: Settings, contenido: bytes | None, frase: str
) -> None:
    settings.ARCHIVO_MAXIMO = 100
    respuesta = client.post("/verificar/", {} if contenido is None else suelta(contenido))
    assert (respuesta.status_code, frase in texto(respuesta)) == (422, True)
