"""Las miniaturas: se dibujan una vez, con límites, y las ve quien puede ver el archivo."""

from io import BytesIO

import pymupdf
import pytest
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from PIL import Image

from sesiones import models as m
from stl_portal.archivo import almacen, miniaturas
from stl_portal.archivo.models import Archivo
from tests.en_disco import ruta_de
from tests.fabricas import crear_sesion
from tests.personas import Reparto

from . import muestras as mu

# Mira lo que se dibuja; lo que se guarda lo revisa `test_almacen`.
pytestmark = pytest.mark.apariencia


def una_hoja() -> bytes:
    """Un PDF de dos páginas: la primera es roja."""
    documento = pymupdf.open()
    hoja = documento.new_page(width=612, height=792)
    hoja.draw_rect(hoja.rect, fill=(1, 0, 0), color=(1, 0, 0))
    documento.new_page(width=612, height=792)
    contenido: bytes = documento.tobytes()
    return contenido


@pytest.fixture
def dentro(client: Client, reparto: Reparto) -> Client:
    """Con la facilitadora adentro."""
    client.force_login(reparto.cuentas["facilitadora"])
    return client


def anexo(reparto: Reparto, nombre: str, contenido: bytes) -> Archivo:
    """Un archivo anexo a una sesión del órgano."""
    archivo = almacen.guardar(ContentFile(contenido, nombre))
    m.Anexo.objects.create(sesion=crear_sesion(reparto), titulo="Anexo", archivo=archivo)
    return archivo


def url(archivo: Archivo) -> str:
    """Dirección de la miniatura."""
    return reverse("archivo:miniatura", args=(archivo.huella,))


def test_la_de_un_pdf_es_su_primera_pagina(dentro: Client, reparto: Reparto) -> None:
    archivo = anexo(reparto, "informe.pdf", una_hoja())
    respuesta = dentro.get(url(archivo))
    with Image.open(BytesIO(b"".join(respuesta))) as chica:
        assert (chica.format, chica.size) == ("WEBP", (320, 414))
        rojo, verde, azul = chica.convert("RGB").getpixel((160, 200))  # type: ignore[misc]
    assert (rojo > 200, verde < 40, azul < 40) == (True, True, True)
    esperadas = {
        "Content-Type": "image/webp",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
        "ETag": f'"{archivo.huella}-miniatura"',
    }
    assert {c: respuesta[c] for c in esperadas} == esperadas


def test_la_de_una_foto_va_derecha_sobre_blanco_y_sin_metadatos(dentro: Client, reparto: Reparto) -> None:
    archivo = anexo(reparto, "visita.jpg", mu.foto_con_gps(tamano=(800, 400), girada=True))
    transparente = BytesIO()
    Image.new("RGBA", (50, 20), (0, 0, 0, 0)).save(transparente, "PNG")
    logo = anexo(reparto, "logo.png", transparente.getvalue())
    with Image.open(BytesIO(b"".join(dentro.get(url(archivo))))) as chica:
        assert (chica.size, dict(chica.getexif())) == ((208, 416), {})
    with Image.open(BytesIO(b"".join(dentro.get(url(logo))))) as chica:
        assert chica.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_se_dibuja_una_sola_vez(dentro: Client, reparto: Reparto) -> None:
    archivo = anexo(reparto, "foto.png", mu.imagen())
    b"".join(dentro.get(url(archivo)))
    (almacen.raiz() / "miniaturas" / archivo.huella).write_bytes(b"la de antes")
    assert b"".join(dentro.get(url(archivo))) == b"la de antes"
    assert (
        dentro.get(url(archivo), headers={"if-none-match": f'"{archivo.huella}-miniatura"'}).status_code
        == 304
    )
    assert almacen.revisar().huerfanos == []


def test_solo_la_ve_quien_abre_el_archivo(client: Client, reparto: Reparto) -> None:
    archivo = anexo(reparto, "foto.png", mu.imagen())
    assert client.get(url(archivo)).status_code == 302
    client.force_login(reparto.cuentas["extrana"])
    assert client.get(url(archivo)).status_code == 404
    assert not (almacen.raiz() / "miniaturas").exists()


def test_de_lo_demas_no_hay_y_la_ficha_pone_un_icono(dentro: Client, reparto: Reparto) -> None:
    hoja, foto = anexo(reparto, "t.csv", b"a,b\n"), anexo(reparto, "foto.png", mu.imagen())
    assert dentro.get(url(hoja)).status_code == 404
    assert [miniaturas.tiene(hoja), miniaturas.tiene(foto)] == [False, True]
    fichas = [render_to_string("archivo/_ficha.html", {"archivo": a}) for a in (hoja, foto)]
    assert ["<img" in ficha for ficha in fichas] == [False, True]
    assert ["<svg" in ficha for ficha in fichas] == [True, False]


def test_la_ficha_dice_lo_que_hay_que_saber_antes_de_abrirlo(reparto: Reparto) -> None:
    archivo = anexo(reparto, "informe.pdf", una_hoja())
    ficha = render_to_string("archivo/_ficha.html", {"archivo": archivo, "titulo": "Informe final"})
    dice = (
        "Informe final",
        "PDF, ",
        "2 páginas",
        archivo.huella,
        url(archivo),
        "Descargar",
        "«Informe final»",
    )
    assert [d for d in dice if d not in ficha] == []
    foto = anexo(reparto, "visita.jpg", mu.foto_con_gps())
    publica = render_to_string("archivo/_ficha.html", {"archivo": foto, "publico": True})
    assert "copia sin metadatos" in publica


def test_si_falta_en_disco_es_404(dentro: Client, reparto: Reparto) -> None:
    archivo = anexo(reparto, "foto.png", mu.imagen())
    ruta_de(archivo).unlink()
    assert dentro.get(url(archivo)).status_code == 404
