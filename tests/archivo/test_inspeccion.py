"""Cada archivo bueno pasa con sus advertencias, y una bomba no daña al portal."""

import resource
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from stl_portal.archivo.inspeccion import inspeccionar
from stl_portal.archivo.inspector import frases
from stl_portal.archivo.inspector.video import LUGAR
from stl_portal.archivo.veredicto import ArchivoRechazado

from . import medios
from . import muestras as mu

LOCAL = {
    "word/_rels/settings.xml.rels": mu.relacion("attachedTemplate", "file:///C:\\Plantillas\\oficio.dotx")
}
LIGA = {"word/_rels/document.xml.rels": mu.relacion("hyperlink", "https://gob.example/")}
BUENOS = {
    "pdf": ("acta.PDF", mu.pdf(paginas=3), "application/pdf", 3, ()),
    "pdf con datos": (
        "acta.pdf",
        mu.pdf_con_adjunto("acta.json", b'{"a": 1}'),
        "application/pdf",
        1,
        ("El PDF lleva dentro otro archivo: «acta.json».",),
    ),
    "pdf con relleno": ("acta.pdf", mu.pdf() + b"\r\n\x00\x00", "application/pdf", 1, ()),
    "png": ("foto.png", mu.imagen(), "image/png", 1, ()),
    "webp": ("foto.webp", mu.imagen("WEBP"), "image/webp", 1, ()),
    "foto con lugar": (
        "foto.jpeg",
        mu.foto_con_gps(),
        "image/jpeg",
        1,
        ("La foto guarda el lugar donde se tomó (GPS); no se publica así.",),
    ),
    "png animado": (
        "foto.png",
        mu.imagen(save_all=True, append_images=[Image.new("RGB", (40, 30), "red")]),
        "image/png",
        1,
        ("La imagen está animada; en documentos solo se ve su primer cuadro.",),
    ),
    "docx": ("acta.docx", mu.ooxml("docx", LIGA), f"{mu.OOXML}wordprocessingml.document", None, ()),
    "docx con plantilla": (
        "acta.docx",
        mu.ooxml("docx", LOCAL),
        f"{mu.OOXML}wordprocessingml.document",
        None,
        (),
    ),
    "xlsx": ("t.xlsx", mu.ooxml("xlsx"), f"{mu.OOXML}spreadsheetml.sheet", None, ()),
    "odt": ("acta.odt", mu.odf(), "application/vnd.oasis.opendocument.text", None, ()),
    "ods con gráfica": (
        "t.ods",
        mu.odf(mime="spreadsheet", extra={"Object 1/content.xml": "<a/>"}),
        "application/vnd.oasis.opendocument.spreadsheet",
        None,
        ("El documento lleva dentro otro documento (por ejemplo, los datos de una gráfica).",),
    ),
    "csv": ("t.csv", "año,total\n2020,46\n".encode(), "text/csv", None, ()),
    "csv de windows": (
        "t.csv",
        "año,total\n".encode("cp1252"),
        "text/csv",
        None,
        ("El texto no está en UTF-8: se leyó como Windows-1252 (Latin-1).",),
    ),
    "csv con fórmula": (
        "t.csv",
        b"a,b\n=HYPERLINK(1),2\n",
        "text/csv",
        None,
        ("El CSV trae celdas que una hoja de cálculo tomaría como fórmula.",),
    ),
    "mp4": ("v.mp4", medios.mp4(), "video/mp4", None, ()),
    "mp4 con lugar": (
        "v.m4v",
        medios.mp4(extra=medios.caja(b"udta", medios.caja(b"\xa9xyz", b"+21.0-101.2/"), b"\x00" * 4)),
        "video/mp4",
        None,
        (LUGAR,),
    ),
    "mp3": ("a.mp3", medios.mp3(), "audio/mpeg", None, ()),
    "mp3 con etiqueta final": (
        "a.mp3",
        medios.mp3(antes=b"", cola=b"TAG".ljust(128)),
        "audio/mpeg",
        None,
        (),
    ),
    "zip": (
        "todo.zip",
        mu.paquete({"fotos/": "", "fotos/visita.jpg": mu.foto_con_gps(), "actas/acta.pdf": mu.pdf()}),
        "application/zip",
        None,
        ("visita.jpg: La foto guarda el lugar donde se tomó (GPS); no se publica así.",),
    ),
    "zip de mac": (
        "todo.zip",
        mu.paquete(
            {
                unicodedata.normalize("NFD", "Evaluación  final.txt"): "hola",
                "__MACOSX/._Evaluación  final.txt": b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X",
            }
        ),
        "application/zip",
        None,
        (),
    ),
    "txt que empieza con BM": ("n.txt", b"BMV y MZ son siglas", "text/plain", None, ()),
}


@pytest.mark.parametrize("caso", BUENOS)
def test_lo_bueno_pasa_con_sus_advertencias(caso: str, tmp_path: Path) -> None:
    nombre, contenido, tipo, paginas, advertencias = BUENOS[caso]
    ruta = tmp_path / "pendiente"
    ruta.write_bytes(contenido)
    veredicto = inspeccionar(ruta, nombre)
    assert (veredicto.tipo, veredicto.paginas, veredicto.advertencias) == (tipo, paginas, advertencias)


def test_lo_declarado_tambien_debe_coincidir(tmp_path: Path) -> None:
    ruta = tmp_path / "pendiente"
    ruta.write_bytes(mu.pdf())
    assert inspeccionar(ruta, "acta.pdf", "application/octet-stream").paginas == 1
    with pytest.raises(ArchivoRechazado) as rechazo:
        inspeccionar(ruta, "acta.pdf", "text/html; charset=utf-8")
    assert rechazo.value.frase == "El archivo termina como PDF pero se envió como «text/html»."


def test_una_bomba_mata_al_hijo_y_no_al_portal(tmp_path: Path) -> None:
    """Un adjunto de 2 GB comprimido a 2 MB: el hijo choca con su tope de memoria y se dice por qué."""
    ruta = tmp_path / "pendiente"
    ruta.write_bytes(mu.pdf_bomba(2_000))
    antes, inicio = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(ArchivoRechazado):
        inspeccionar(ruta, "acta.pdf")
    assert time.monotonic() - inicio < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - antes < 50_000  # kB del proceso del portal


def test_un_zip_con_contrasena_se_explica(tmp_path: Path) -> None:
    """La biblioteca estándar no cifra: se enciende el bit que dice que lo está."""
    crudo = bytearray(mu.ooxml("docx"))
    for marca, lugar in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        posicion = crudo.find(marca)
        crudo[posicion + lugar] |= 1
    ruta = tmp_path / "pendiente"
    ruta.write_bytes(crudo)
    assert zipfile.is_zipfile(ruta)
    with pytest.raises(ArchivoRechazado) as rechazo:
        inspeccionar(ruta, "acta.docx")
    assert rechazo.value.frase == frases.CONTRASENA
