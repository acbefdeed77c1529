"""Lo que dice ser una cosa y es otra."""

from stl_portal.archivo.tipos import ACEPTADOS
from tests.archivo import medios
from tests.archivo import muestras as mu

HTML = b"<html><script>alert(1)</script></html>"
HOSTILES = {
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
    "html de pdf": (
        "acta.pdf",
        HTML + mu.pdf(),
        "El archivo dice ser PDF pero su contenido es una página HTML.",
    ),
    "html de mp4": ("v.mp4", HTML, "El archivo dice ser video MP4 pero su contenido es una página HTML."),
    "php de csv": (
        "t.csv",
        b"<?php system(1);",
        "El archivo dice ser CSV pero su contenido es un programa PHP.",
    ),
    "xml de txt": (
        "n.txt",
        b"<?xml version='1.0'?><a/>",
        "El archivo dice ser texto (TXT) pero su contenido es un documento XML.",
    ),
    "svg de txt": (
        "n.txt",
        b"  <svg onload=alert(1)>",
        "El archivo dice ser texto (TXT) pero su contenido es una imagen SVG.",
    ),
    "página html": ("indice.html", HTML, f"No se aceptan archivos .html. Se aceptan: {ACEPTADOS}."),
    "linux de mp3": (
        "a.mp3",
        b"\x7fELF\x02\x01\x01\x00",
        "El archivo dice ser audio MP3 pero su contenido es un programa.",
    ),
    "mp3 de mp4": (
        "v.mp4",
        medios.mp3(),
        "El archivo dice ser video MP4 pero su contenido es un audio MP3.",
    ),
    "mp4 de mp3": (
        "a.mp3",
        medios.mp4(),
        "El archivo dice ser audio MP3 pero su contenido es un video o una foto HEIC.",
    ),
    "rar de zip": (
        "t.zip",
        b"Rar!\x1a\x07\x00",
        "El archivo dice ser ZIP pero su contenido es un archivo comprimido RAR.",
    ),
    "gif de png": (
        "f.png",
        b"GIF89a\x01\x00",
        "El archivo dice ser PNG pero su contenido es una imagen GIF.",
    ),
    "heic de jpg": (
        "f.jpg",
        medios.caja(b"ftyp", b"heic\x00\x00\x00\x00mif1"),
        "El archivo dice ser JPEG pero su contenido es un video o una foto HEIC.",
    ),
}
# El de prueba de los antivirus es texto: se acepta como texto y no se abre en el navegador.
TOLERADOS = {"eicar de txt": ("n.txt", mu.EICAR)}
