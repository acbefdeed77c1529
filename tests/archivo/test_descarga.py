"""Quién descarga, qué cabeceras lleva y qué pasa con los extraños."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from tests.en_disco import ruta_de
from tests.fabricas import crear_sesion
from tests.personas import Reparto, crear_reparto

from . import muestras as mu

SECRETO = b"Folio reservado 4471\n" * 20


def url(archivo: Archivo, **consulta: str) -> str:
    """Dirección del archivo."""
    cola = "?" + "&".join(f"{k}={v}" for k, v in consulta.items()) if consulta else ""
    return reverse("archivo:descargar", args=(archivo.huella, archivo.nombre)) + cola


@pytest.fixture
def anexo(reparto: Reparto) -> Archivo:
    """Un texto anexo a una sesión."""
    archivo = almacen.guardar(ContentFile(SECRETO, "reservado «ñ» 📎.txt"))
    m.Anexo.objects.create(sesion=crear_sesion(reparto), titulo="Anexo", archivo=archivo)
    return archivo


@pytest.fixture
def dentro(client: Client, reparto: Reparto) -> Client:
    """Con la facilitadora adentro."""
    client.force_login(reparto.cuentas["facilitadora"])
    return client


PAPELES = {
    "facilitadora": 200,
    "colega": 200,
    "administradora": 200,
    "auditora": 200,
    "integrante": 200,
    "extrana": 404,
}


@pytest.mark.parametrize(("papel", "codigo"), PAPELES.items())
def test_lo_abre_quien_lee_la_mesa(
    client: Client, reparto: Reparto, anexo: Archivo, papel: str, codigo: int
) -> None:
    client.force_login(reparto.cuentas[papel])
    respuesta = client.get(url(anexo))
    contenido = b"".join(respuesta) if respuesta.streaming else respuesta.content
    assert (respuesta.status_code, contenido == SECRETO) == (codigo, codigo == 200)
    assert (b"4471" in contenido) == (codigo == 200)


def test_lo_de_otro_organo_y_lo_que_nadie_usa_no_existe(client: Client, anexo: Archivo) -> None:
    otro = crear_reparto("otro")
    suelto = almacen.guardar(ContentFile(b"suelto\n", "suelto.txt"))
    client.force_login(otro.cuentas["facilitadora"])
    inventado = Archivo(huella="0" * 64, nombre="x.pdf")
    assert [client.get(url(a)).status_code for a in (anexo, suelto, inventado)] == [404, 404, 404]


def test_sin_entrar_no_se_sabe_si_existe(client: Client, anexo: Archivo) -> None:
    inventado = Archivo(huella="0" * 64, nombre="x.pdf")
    respuestas = [client.get(url(a)) for a in (anexo, inventado)]
    assert [(r.status_code, r["Location"].split("?")[0]) for r in respuestas] == [(302, "/entrar/")] * 2


@pytest.mark.parametrize("relacion", ["oficio", "convocatoria", "anexo de punto"])
def test_tambien_por_oficio_convocatoria_o_punto(dentro: Client, reparto: Reparto, relacion: str) -> None:
    archivo = almacen.guardar(ContentFile(SECRETO, "papel.txt"))
    sesion = crear_sesion(reparto)
    assert dentro.get(url(archivo)).status_code == 404
    if relacion == "oficio":
        m.Oficio.objects.create(organo=reparto.organo, asunto="x", remitente="x", archivo=archivo)
    elif relacion == "convocatoria":
        sesion.convocatorias.create(emitida_el=sesion.cuando, contenido={}, pdf=archivo)
    else:
        punto = m.Punto.agregar(sesion, "Asunto")
        m.Anexo.objects.create(sesion=sesion, punto=punto, titulo="Anexo", archivo=archivo)
    respuesta = dentro.get(url(archivo))
    assert (respuesta.status_code, b"".join(respuesta)) == (200, SECRETO)


def test_las_cabeceras_encierran_lo_recibido(dentro: Client, anexo: Archivo) -> None:
    respuesta = dentro.get(url(anexo))
    esperadas = {
        "Content-Type": "text/plain",
        "Content-Disposition": (
            "attachment; filename*=utf-8''reservado%20%C2%AB%C3%B1%C2%BB%20%F0%9F%93%8E.txt"
        ),
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-cache",
        "Content-Length": str(len(SECRETO)),
        "ETag": f'"{anexo.huella}"',
        "Accept-Ranges": "bytes",
    }
    assert {c: respuesta[c] for c in esperadas} == esperadas
    assert b"".join(respuesta) == SECRETO


@pytest.mark.parametrize(
    ("nombre", "contenido", "politica", "disposicion"),
    [
        ("a.pdf", mu.pdf(), "default-src 'none'; object-src 'self'; frame-ancestors 'self'", "inline"),
        ("a.png", mu.imagen(), "default-src 'none'; frame-ancestors 'none'; sandbox", "inline"),
        ("a.docx", mu.ooxml("docx"), "default-src 'none'; frame-ancestors 'none'; sandbox", "attachment"),
        ("a.csv", b"a,b\n", "default-src 'none'; frame-ancestors 'none'; sandbox", "attachment"),
    ],
)
def test_solo_pdf_e_imagenes_se_abren_a_la_vista(
    dentro: Client, reparto: Reparto, nombre: str, contenido: bytes, politica: str, disposicion: str
) -> None:
    archivo = almacen.guardar(ContentFile(contenido, nombre))
    m.Anexo.objects.create(sesion=crear_sesion(reparto), titulo="x", archivo=archivo)
    descarga, vista = dentro.get(url(archivo)), dentro.get(url(archivo, ver="1"))
    assert descarga["Content-Disposition"] == f'attachment; filename="{nombre}"'
    assert vista["Content-Disposition"] == f'{disposicion}; filename="{nombre}"'
    assert vista["Content-Security-Policy"] == politica
    assert (b"".join(descarga), len(b"".join(vista)) > 0) == (contenido, True)


def test_una_foto_a_la_vista_va_derecha_y_sin_lugar_ni_camara(dentro: Client, reparto: Reparto) -> None:
    original = mu.foto_con_gps(tamano=(40, 30), girada=True)
    archivo = almacen.guardar(ContentFile(original, "visita.jpg"))
    m.Anexo.objects.create(sesion=crear_sesion(reparto), titulo="x", archivo=archivo)
    vistas = [dentro.get(url(archivo, ver="1")) for _ in range(2)]
    contenidos = [b"".join(v) for v in vistas]
    with Image.open(BytesIO(contenidos[0])) as limpia:
        assert (limpia.size, dict(limpia.getexif())) == ((30, 40), {})
    assert b"Exif" in original
    assert b"Exif" not in contenidos[0]
    assert contenidos[0] == contenidos[1]
    assert vistas[0]["ETag"] == f'"{archivo.huella}-limpia"'
    assert b"".join(dentro.get(url(archivo))) == original  # la evidencia se conserva como llegó
    assert almacen.revisar().huerfanos == []


@pytest.mark.parametrize(
    ("rango", "codigo", "contenido", "de"),
    [
        ("bytes=0-4", 206, SECRETO[:5], f"bytes 0-4/{len(SECRETO)}"),
        ("bytes=400-", 206, SECRETO[400:], f"bytes 400-{len(SECRETO) - 1}/{len(SECRETO)}"),
        ("bytes=-7", 206, SECRETO[-7:], f"bytes {len(SECRETO) - 7}-{len(SECRETO) - 1}/{len(SECRETO)}"),
        ("bytes=10-999999", 206, SECRETO[10:], f"bytes 10-{len(SECRETO) - 1}/{len(SECRETO)}"),
        ("bytes=999999-", 416, b"", f"bytes */{len(SECRETO)}"),
        ("bytes=9-3", 200, SECRETO, None),  # imposible: se ignora (RFC 9110 §14.1.1)
        ("bytes=0-1,5-6", 200, SECRETO, None),  # varios rangos: se manda entero
        ("bytes=-", 200, SECRETO, None),
        ("renglones=1-2", 200, SECRETO, None),
    ],
)
def test_se_descarga_por_partes(
    dentro: Client, anexo: Archivo, rango: str, codigo: int, contenido: bytes, de: str | None
) -> None:
    respuesta = dentro.get(url(anexo), headers={"range": rango})
    recibido = b"".join(respuesta) if respuesta.streaming else respuesta.content
    assert (respuesta.status_code, recibido, respuesta.get("Content-Range")) == (codigo, contenido, de)


def test_lo_ya_descargado_no_viaja_otra_vez(dentro: Client, anexo: Archivo) -> None:
    for etiqueta in (f'"{anexo.huella}"', f'W/"{anexo.huella}"', f'"otra", "{anexo.huella}"', "*"):
        respuesta = dentro.get(url(anexo), headers={"if-none-match": etiqueta})
        assert (respuesta.status_code, respuesta.content) == (304, b"")
    distinta = dentro.get(url(anexo), headers={"range": "bytes=0-1", "if-range": '"otra"'})
    assert (distinta.status_code, b"".join(distinta)) == (200, SECRETO)


def test_el_nombre_de_la_direccion_no_decide_nada(dentro: Client, anexo: Archivo) -> None:
    respuesta = dentro.get(reverse("archivo:descargar", args=(anexo.huella, "pagina.html")))
    assert respuesta["Content-Type"] == "text/plain"
    assert b"".join(respuesta) == SECRETO


def test_si_falta_en_el_disco_es_404_y_no_se_borra_ni_se_escribe(dentro: Client, anexo: Archivo) -> None:
    assert [dentro.post(url(anexo)).status_code, dentro.delete(url(anexo)).status_code] == [405, 405]
    ruta_de(anexo).unlink()
    assert dentro.get(url(anexo)).status_code == 404
