"""Qué archivos se aceptan y cómo se reconoce, por sus primeros bytes, lo que de verdad son.

Reconocer la cabecera no es el control de seguridad (un PDF con una página pegada al final la
pasa): sirve para decir en palabras qué es lo que llegó. El control es leerlo completo en
`inspector/`.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

from .veredicto import ArchivoRechazado

SIN_DECLARAR = frozenset({"", "application/octet-stream", "binary/octet-stream"})
PAQUETE = frozenset({"application/zip", "application/x-zip-compressed"})


@dataclass(frozen=True)
class Tipo:
    """Un formato admitido."""

    nombre: str
    extensiones: tuple[str, ...]
    mime: str
    clase: str  # con qué lector se revisa y qué debe reconocerse en su cabecera
    tambien: frozenset[str] = frozenset()  # otros tipos que los navegadores declaran para lo mismo
    a_la_vista: bool = False  # puede abrirse dentro del navegador
    grande: bool = False  # video y audio: se suben en partes, hasta `SUBIDA_MAXIMA`

    @property
    def maximo(self) -> int:
        """Bytes que se admiten. Los ajustes se leen aquí: el proceso que inspecciona no los necesita."""
        from django.conf import settings

        maximo: int = settings.SUBIDA_MAXIMA if self.grande else settings.ARCHIVO_MAXIMO
        return maximo


OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
TIPOS = (
    Tipo("PDF", (".pdf",), "application/pdf", "pdf", frozenset({"application/x-pdf"}), a_la_vista=True),
    Tipo("PNG", (".png",), "image/png", "png", frozenset({"image/x-png"}), a_la_vista=True),
    Tipo("JPEG", (".jpg", ".jpeg"), "image/jpeg", "jpeg", frozenset({"image/pjpeg"}), a_la_vista=True),
    Tipo("WEBP", (".webp",), "image/webp", "webp", a_la_vista=True),
    Tipo("Word (DOCX)", (".docx",), OOXML + "wordprocessingml.document", "zip", PAQUETE),
    Tipo("Excel (XLSX)", (".xlsx",), OOXML + "spreadsheetml.sheet", "zip", PAQUETE),
    Tipo("texto de LibreOffice (ODT)", (".odt",), ODF + "text", "zip", PAQUETE),
    Tipo("hoja de LibreOffice (ODS)", (".ods",), ODF + "spreadsheet", "zip", PAQUETE),
    Tipo(
        "CSV",
        (".csv",),
        "text/csv",
        "texto",
        # Windows declara el tipo del programa con que lo abriría.
        frozenset({"text/plain", "application/csv", "text/x-csv", "application/vnd.ms-excel"}),
    ),
    Tipo("texto (TXT)", (".txt",), "text/plain", "texto"),
    Tipo(
        "video MP4",
        (".mp4", ".m4v"),
        "video/mp4",
        "mp4",
        frozenset({"video/x-m4v", "application/mp4"}),
        a_la_vista=True,
        grande=True,
    ),
    Tipo(
        "audio MP3",
        (".mp3",),
        "audio/mpeg",
        "mp3",
        frozenset({"audio/mp3", "audio/x-mp3", "audio/mpeg3"}),
        a_la_vista=True,
        grande=True,
    ),
    # Con los formatos de arriba adentro.
    Tipo("ZIP", (".zip",), "application/zip", "zip", PAQUETE),
)
POR_EXTENSION = {extension: tipo for tipo in TIPOS for extension in tipo.extensiones}
POR_MIME = {tipo.mime: tipo for tipo in TIPOS}
ACEPTADOS = ", ".join(tipo.nombre for tipo in TIPOS)
ACCEPT = ",".join(POR_EXTENSION)

# (bytes, posición, clase, cómo se dice)
_CABECERAS = (
    (b"%PDF-", 0, "pdf", "un PDF"),
    (b"\x89PNG\r\n\x1a\n", 0, "png", "una imagen PNG"),
    (b"\xff\xd8\xff", 0, "jpeg", "una foto JPEG"),
    (b"WEBP", 8, "webp", "una imagen WEBP"),
    (b"PK\x03\x04", 0, "zip", "un archivo comprimido (ZIP) o de Office"),
    (b"PK\x05\x06", 0, "zip", "un archivo comprimido (ZIP) vacío"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "ole", "un documento de Office anterior a 2007 o protegido"),
    (b"GIF8", 0, "gif", "una imagen GIF"),
    (b"MZ", 0, "programa", "un programa de Windows"),
    (b"\x7fELF", 0, "programa", "un programa"),
    (b"Rar!", 0, "rar", "un archivo comprimido RAR"),
    (b"7z\xbc\xaf\x27\x1c", 0, "7z", "un archivo comprimido 7z"),
    (b"\x1f\x8b", 0, "gzip", "un archivo comprimido GZIP"),
    (b"{\\rtf", 0, "rtf", "un documento RTF"),
    (b"BM", 0, "bmp", "una imagen BMP"),
    (b"II*\x00", 0, "tiff", "una imagen TIFF"),
    (b"MM\x00*", 0, "tiff", "una imagen TIFF"),
    (b"ftyp", 4, "mp4", "un video o una foto HEIC"),
    (b"ID3\x02", 0, "mp3", "un audio MP3"),
    (b"ID3\x03", 0, "mp3", "un audio MP3"),
    (b"ID3\x04", 0, "mp3", "un audio MP3"),
    *((bytes((0xFF, segundo)), 0, "mp3", "un audio MP3") for segundo in (0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2)),
    (b"\x1aE\xdf\xa3", 0, "mkv", "un video MKV o WEBM"),
    (b"OggS", 0, "ogg", "un audio OGG"),
    (b"AVI ", 8, "avi", "un video AVI"),
    (b"WAVE", 8, "wav", "un audio WAV"),
)
# En texto: se busca al principio, sin espacios ni marca de orden de bytes, en minúsculas.
_MARCAS = (
    (b"<!doctype html", "html", "una página HTML"),
    (b"<html", "html", "una página HTML"),
    (b"<head", "html", "una página HTML"),
    (b"<body", "html", "una página HTML"),
    (b"<script", "html", "una página HTML con instrucciones"),
    (b"<svg", "svg", "una imagen SVG"),
    (b"<?php", "programa", "un programa PHP"),
    (b"<?xml", "xml", "un documento XML"),
)


def por_extension(nombre: str) -> Tipo:
    """Formato según la terminación del nombre. Lanza `ArchivoRechazado` si no se admite."""
    extension = PurePosixPath(nombre).suffix.lower()
    tipo = POR_EXTENSION.get(extension)
    if tipo is None:
        que = f"archivos {extension}" if extension else "archivos sin terminación (.pdf, .docx…)"
        raise ArchivoRechazado(f"No se aceptan {que}. Se aceptan: {ACEPTADOS}.")
    return tipo


def exigir_declarado(tipo: Tipo, declarado: str) -> None:
    """Lanza `ArchivoRechazado` si lo que el navegador declaró contradice la terminación."""
    declarado = declarado.partition(";")[0].strip().lower()
    if declarado in SIN_DECLARAR or declarado == tipo.mime or declarado in tipo.tambien:
        return
    raise ArchivoRechazado(f"El archivo termina como {tipo.nombre} pero se envió como «{declarado[:80]}».")


def reconocer(cabecera: bytes) -> tuple[str, str]:
    """Clase y nombre en palabras de lo que empieza con esos bytes (bastan 4096)."""
    binario = b"\x00" in cabecera
    for marca, lugar, clase, dicho in _CABECERAS:
        # Dos letras no bastan para acusar a un texto que empieza con «BM» o «MZ».
        if cabecera.startswith(marca, lugar) and (binario or len(marca) > 2):
            return clase, dicho
    inicio = cabecera.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for marca, clase, dicho in _MARCAS:
        if inicio.startswith(marca):
            return clase, dicho
    if binario:
        return "binario", "un archivo binario desconocido"
    return "texto", "texto sin formato"


def exigir_contenido(tipo: Tipo, cabecera: bytes) -> None:
    """Lanza `ArchivoRechazado` si el contenido empieza como otra cosa."""
    clase, dicho = reconocer(cabecera)
    # Al texto con bytes nulos (UTF-16) su lector le da una frase más útil que «binario».
    if clase == tipo.clase or (tipo.clase, clase) == ("texto", "binario"):
        return
    raise ArchivoRechazado(f"El archivo dice ser {tipo.nombre} pero su contenido es {dicho}.")
