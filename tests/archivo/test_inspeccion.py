"""Cada archivo hostil recibe su frase; cada archivo bueno pasa con sus advertencias."""

import resource
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from stl_portal.archivo.inspeccion import inspeccionar
from stl_portal.archivo.inspector import frases
from stl_portal.archivo.tipos import ACEPTADOS
from stl_portal.archivo.veredicto import ArchivoRechazado

from . import muestras as mu

CODIGO = "El PDF contiene {}, que podría ejecutarse al abrirlo. Ábrelo, imprímelo como PDF nuevo y sube ese."
JS = CODIGO.format("instrucciones (JavaScript)")
XML = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaa'>]><raiz>&a;</raiz>"
SCRIPT = (
    "<script:event-listener xmlns:script='s' xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='{}'/>"
)
AJENA = "<draw:image xmlns:draw='d' xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='https://malo.example/x'/>"


def _xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(XFA=pikepdf.String("<xdp/>"), Fields=Array([]))


def _multimedia(pdf: pikepdf.Pdf) -> None:
    nota = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9])
    pdf.pages[0].Annots = Array([pdf.make_indirect(nota)])


HOSTILES = {
    # Lo que dice ser y no es.
    "vacío": ("acta.pdf", b"", "El archivo está vacío."),
    "eicar": ("acta.pdf", mu.EICAR, "El archivo dice ser PDF pero su contenido es texto sin formato."),
    "programa": (
        "foto.png",
        b"MZ\x90\x00\x03",
        "El archivo dice ser PNG pero su contenido es un programa de Windows.",
    ),
    "html de jpg": (
        "foto.jpg",
        b"<html><script>alert(1)</script></html>",
        "El archivo dice ser JPEG pero su contenido es una página HTML.",
    ),
    "html de txt": (
        "nota.txt",
        b"\xef\xbb\xbf \n<!DOCTYPE html><p>Hola",
        "El archivo dice ser texto (TXT) pero su contenido es una página HTML.",
    ),
    "svg": (
        "logo.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        f"No se aceptan archivos .svg. Se aceptan: {ACEPTADOS}.",
    ),
    "svg de png": (
        "logo.png",
        b"<svg onload=alert(1)>",
        "El archivo dice ser PNG pero su contenido es una imagen SVG.",
    ),
    "sin terminación": (
        "acta",
        mu.pdf(),
        f"No se aceptan archivos sin terminación (.pdf, .docx…). Se aceptan: {ACEPTADOS}.",
    ),
    "doble terminación": ("acta.pdf.exe", mu.pdf(), f"No se aceptan archivos .exe. Se aceptan: {ACEPTADOS}."),
    "word viejo": (
        "acta.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        "El archivo dice ser Word (DOCX) pero su contenido es "
        "un documento de Office anterior a 2007 o protegido.",
    ),
    "xlsx de docx": (
        "acta.docx",
        mu.ooxml("xlsx"),
        "El archivo dice ser Word (DOCX) pero por dentro es otra cosa.",
    ),
    "zip de xlsx": (
        "t.xlsx",
        mu.paquete({"a.txt": "x"}),
        "El archivo dice ser Excel (XLSX) pero por dentro es otra cosa.",
    ),
    # PDF.
    "pdf falso": ("acta.pdf", b"%PDF-1.7\nhola\n%%EOF", frases.DANADO),
    "pdf cortado": ("acta.pdf", mu.pdf()[:-20], frases.SIN_FINAL),
    "pdf con cola": ("acta.pdf", mu.pdf() + b"<script>alert(1)</script>", frases.CON_COLA),
    "pdf con zip": ("acta.pdf", mu.pdf() + mu.ooxml("docx"), frases.CON_COLA),
    "javascript": ("acta.pdf", mu.pdf_con_accion(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)")), JS),
    "javascript escondido": ("acta.pdf", mu.pdf_javascript_escondido(), JS),
    "javascript disfrazado": ("acta.pdf", mu.pdf_disfrazado(), JS),
    "launch": (
        "acta.pdf",
        mu.pdf_con_accion(S=Name.Launch, F=pikepdf.String("cmd.exe")),
        CODIGO.format("una orden para abrir programas"),
    ),
    "envía formulario": (
        "acta.pdf",
        mu.pdf_con_accion(S=Name.SubmitForm, F=pikepdf.String("https://malo.example")),
        CODIGO.format("una orden para enviar datos a otro sitio"),
    ),
    "xfa": ("acta.pdf", mu.pdf(_xfa), CODIGO.format("un formulario XFA")),
    "multimedia": ("acta.pdf", mu.pdf(_multimedia), CODIGO.format("contenido multimedia")),
    "ejecutable dentro": (
        "acta.pdf",
        mu.pdf_con_adjunto("instalar.exe", b"MZ"),
        "El PDF lleva dentro un archivo que no se acepta («instalar.exe»).",
    ),
    "ejecutable disfrazado": (
        "acta.pdf",
        mu.pdf_con_adjunto("datos.xml", b"MZ\x90\x00\x03" + b"\x00" * 100),
        "El PDF lleva dentro un archivo que no se acepta («datos.xml»: es un programa de Windows).",
    ),
    "con contraseña": ("acta.pdf", mu.pdf_cifrado("secreta"), frases.CONTRASENA),
    "con permisos": ("acta.pdf", mu.pdf_cifrado(""), frases.PROTEGIDO),
    "501 páginas": ("acta.pdf", mu.pdf(paginas=501), "El PDF tiene 501 páginas; se admiten de 1 a 500."),
    "sin páginas": ("acta.pdf", mu.pdf(paginas=0), "El PDF tiene 0 páginas; se admiten de 1 a 500."),
    # Imágenes.
    "900 megapíxeles": ("foto.png", mu.png_inmenso(), frases.PIXELES.format(millones=40)),
    "png cortado": (
        "foto.png",
        mu.imagen()[:-30],
        "La imagen PNG está dañada o incompleta: no se pudo leer.",
    ),
    "jpeg con php": (
        "foto.jpg",
        mu.imagen("JPEG") + b"<?php system('id'); ?>",
        "La imagen trae escondido un programa PHP.",
    ),
    "jpeg con zip": (
        "foto.jpg",
        mu.imagen("JPEG") + mu.paquete({"a": "b"}),
        "La imagen trae escondido un archivo comprimido.",
    ),
    "png con pdf": ("foto.png", mu.imagen() + mu.pdf(), "La imagen trae escondido un PDF."),
    # Documentos de oficina.
    "docm": ("acta.docm", mu.ooxml("docx"), f"No se aceptan archivos .docm. Se aceptan: {ACEPTADOS}."),
    "docm de docx": ("acta.docx", mu.ooxml("docx", {"word/vbaProject.bin": b"\x00"}), frases.MACROS),
    "docm por su tipo": (
        "acta.docx",
        mu.ooxml("docx", tipo="application/vnd.ms-word.document.macroEnabled.main+xml"),
        frases.MACROS,
    ),
    "macro de excel 4": ("t.xlsx", mu.ooxml("xlsx", {"xl/macrosheets/s1.xml": "<a/>"}), frases.MACROS),
    "activex": ("acta.docx", mu.ooxml("docx", {"word/activeX/activeX1.xml": "<a/>"}), frases.MACROS),
    "objeto ole": (
        "acta.docx",
        mu.ooxml("docx", {"word/embeddings/oleObject1.bin": b"\xd0\xcf"}),
        frases.OBJETO,
    ),
    "plantilla remota": (
        "acta.docx",
        mu.ooxml(
            "docx",
            {"word/_rels/settings.xml.rels": mu.relacion("attachedTemplate", "https://malo.example/x.dotm")},
        ),
        frases.VINCULO,
    ),
    "plantilla en otra máquina": (
        "acta.docx",
        mu.ooxml(
            "docx",
            {"word/_rels/settings.xml.rels": mu.relacion("attachedTemplate", "file:///\\\\malo\\x.dotm")},
        ),
        frases.VINCULO,
    ),
    "otro libro": (
        "t.xlsx",
        mu.ooxml("xlsx", {"xl/externalLinks/externalLink1.xml": "<a/>"}),
        frases.VINCULO_EXCEL,
    ),
    "entidades": ("acta.docx", mu.ooxml("docx", {"word/notas.xml": XML}), frases.ENTIDADES),
    "entidades utf-16": (
        "acta.docx",
        mu.ooxml("docx", {"word/n.xml": XML.encode("utf-16")}),
        frases.ENTIDADES,
    ),
    "bomba": ("acta.docx", mu.ooxml("docx", {"word/media/i.png": b"\x00" * 60_000_000}), frases.BOMBA),
    "bomba por cantidad": (
        "acta.docx",
        mu.ooxml("docx", {f"word/{n}.xml": "<a/>" for n in range(2_001)}),
        frases.BOMBA,
    ),
    "índice mentiroso": ("acta.docx", mu.zip_que_miente(), frases.DANADO),
    "ruta que sale": ("acta.docx", mu.ooxml("docx", {"../../etc/cron.d/x": "x"}), frases.RUTAS),
    "algo antes": (
        "acta.docx",
        b"PK\x03\x04" + b"basura" + mu.ooxml("docx"),
        "El documento trae otro contenido escondido antes o después.",
    ),
    "algo después": (
        "acta.docx",
        mu.ooxml("docx") + b"MZ basura",
        "El documento trae otro contenido escondido antes o después.",
    ),
    "macro de libreoffice": (
        "acta.odt",
        mu.odf(SCRIPT.format("vnd.sun.star.script:Standard.Modulo.Main?language=Basic")),
        frases.MACROS,
    ),
    "biblioteca basic": ("acta.odt", mu.odf(extra={"Basic/Standard/Modulo1.xml": "<a/>"}), frases.MACROS),
    "imagen remota": ("acta.odt", mu.odf(AJENA), frases.VINCULO),
    "odt cifrado": (
        "acta.odt",
        mu.odf(extra={"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        frases.CONTRASENA,
    ),
    "ods de odt": (
        "acta.odt",
        mu.odf(mime="spreadsheet"),
        "El archivo dice ser texto de LibreOffice (ODT) pero por dentro es otra cosa.",
    ),
    # Textos.
    "nulos": ("t.csv", "año,total".encode("utf-16"), frases.NULOS),
    "control": (
        "n.txt",
        b"hola\x1b[2Jmundo",
        "El archivo no es texto simple: contiene caracteres de control.",
    ),
    "binario de csv": (
        "t.csv",
        bytes(range(128, 256)),
        "El archivo no es texto simple: no se reconoce su codificación.",
    ),
}


@pytest.mark.parametrize("caso", HOSTILES)
def test_lo_hostil_se_rechaza_con_su_frase(caso: str, tmp_path: Path) -> None:
    nombre, contenido, frase = HOSTILES[caso]
    ruta = tmp_path / "pendiente"
    ruta.write_bytes(contenido)
    with pytest.raises(ArchivoRechazado) as rechazo:
        inspeccionar(ruta, nombre)
    assert rechazo.value.frase == frase


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
