"""Videos y audios que mienten sobre su estructura, se traen algo o llevan algo pegado."""

import struct

from stl_portal.archivo.inspector import frases
from stl_portal.archivo.inspector.video import CANDADO
from tests.archivo import medios as me
from tests.archivo import muestras as mu

ESCONDIDO = frases.ESCONDIDO
AL_REVES = me.caja(b"mdat", b"\x00" * 8)
ENTERO = me.mp4()


def _anidado(fondo: int) -> bytes:
    caja = me.caja(b"udta")
    for _ in range(fondo):
        caja = me.caja(b"moov", caja)
    return me.mp4(extra=caja)


def _de_64_bits(medida: int) -> bytes:
    """Una caja con su tamaño en 64 bits, que da la vuelta o se sale."""
    return struct.pack(">I4sQ", 1, b"free", medida) + b"\x00" * 16


HOSTILES = {
    # MP4.
    "caja que se sale": ("v.mp4", me.mp4(cola=me.caja(b"free", medida=9_999)), frases.VIDEO_DANADO),
    "caja de siete bytes": ("v.mp4", me.mp4(cola=me.caja(b"free", medida=7)), frases.VIDEO_DANADO),
    "caja sin fin por dentro": ("v.mp4", me.mp4(extra=me.caja(b"udta", medida=0)), frases.VIDEO_DANADO),
    "64 bits que se salen": ("v.mp4", me.mp4(cola=_de_64_bits(1 << 62)), frases.VIDEO_DANADO),
    "64 bits que dan la vuelta": ("v.mp4", me.mp4(cola=_de_64_bits((1 << 64) - 1)), frases.VIDEO_DANADO),
    "64 bits que no avanzan": ("v.mp4", me.mp4(cola=_de_64_bits(0)), frases.VIDEO_DANADO),
    "hija más grande que su madre": (
        "v.mp4",
        me.mp4(extra=me.caja(b"udta", me.caja(b"free", medida=500))),
        frases.VIDEO_DANADO,
    ),
    "cuatro mil millones de muestras": (
        "v.mp4",
        me.mp4(me.pista(tablas=me.tabla(b"stts", dice=0xFFFFFFFF))),
        frases.VIDEO_DANADO,
    ),
    "tamaños que no están": (
        "v.mp4",
        me.mp4(me.pista(tablas=me.caja(b"stsz", struct.pack(">III", 0, 0, 1_000_000)))),
        frases.VIDEO_DANADO,
    ),
    "doscientas mil cajas": (
        "v.mp4",
        me.mp4(extra=me.caja(b"free") * 200_000),
        "El video tiene demasiadas partes para revisarse.",
    ),
    "cajas muy hondas": ("v.mp4", _anidado(40), "El video tiene demasiadas partes para revisarse."),
    "datos de otro sitio": (
        "v.mp4",
        me.mp4(me.pista(datos=me.referencia(b"https://malo.example/v\x00"))),
        frases.VINCULO,
    ),
    "película de referencias": ("v.mp4", me.mp4(extra=me.caja(b"rmra")), frases.VINCULO),
    "referencias de más": (
        "v.mp4",
        me.mp4(me.pista(datos=me.caja(b"dref", struct.pack(">II", 0, 9_000_000)))),
        frases.VIDEO_DANADO,
    ),
    "video cifrado": ("v.mp4", me.mp4(me.pista(codificacion=b"encv")), CANDADO),
    "llaves de cifrado": ("v.mp4", me.mp4(extra=me.caja(b"pssh")), CANDADO),
    "pista de escena": (
        "v.mp4",
        me.mp4(me.pista(b"sdsm")),
        "El video trae una pista que no es de imagen, sonido ni subtítulos.",
    ),
    "mov de mp4": (
        "v.mp4",
        me.mp4(marca=b"qt  "),
        "Es un video de QuickTime (MOV). Guárdalo como MP4 y súbelo otra vez.",
    ),
    "heic de mp4": (
        "v.mp4",
        me.mp4(marca=b"heic"),
        "El archivo dice ser video MP4 pero por dentro es otra cosa.",
    ),
    "html al principio": (
        "v.mp4",
        me.caja(b"ftyp", b"isom\x00\x00\x02\x00isom")
        + me.caja(b"free", b"<html><script>alert(1)")
        + ENTERO[20:],
        ESCONDIDO.format(que="instrucciones de una página web"),
    ),
    "pdf al principio": (
        "v.mp4",
        me.caja(b"ftyp", b"isom\x00\x00\x02\x00isom") + me.caja(b"free", mu.pdf()) + ENTERO[20:],
        ESCONDIDO.format(que="un PDF"),
    ),
    "zip al final": (
        "v.mp4",
        me.mp4(cola=mu.paquete({"a.txt": "x"})),
        ESCONDIDO.format(que="un archivo comprimido"),
    ),
    "caja desconocida": (
        "v.mp4",
        me.mp4(cola=me.caja(b"MZ\x90\x00", b"\x00" * 64)),
        ESCONDIDO.format(que="una parte que no es de video"),
    ),
    "sin pistas": (
        "v.mp4",
        me.caja(b"ftyp", b"isom\x00\x00\x00\x00") + AL_REVES + me.caja(b"moov"),
        frases.VIDEO_DANADO,
    ),
    "sin película": ("v.mp4", me.caja(b"ftyp", b"isom\x00\x00\x00\x00") + AL_REVES, frases.VIDEO_DANADO),
    "mp4 cortado": ("v.mp4", ENTERO[:-30], frases.VIDEO_DANADO),
    # MP3.
    "mp3 cortado": ("a.mp3", me.mp3(marcos=1), frases.AUDIO_DANADO),
    "solo etiqueta": ("a.mp3", me.mp3(marcos=0), frases.AUDIO_DANADO),
    "etiqueta que se sale": ("a.mp3", me.mp3(antes=me.etiqueta(medida=9_000_000)), frases.AUDIO_DANADO),
    "etiqueta imposible": (
        "a.mp3",
        b"ID3\x03\x00\x00\xff\xff\xff\xff" + me.SILENCIO * 9,
        frases.AUDIO_DANADO,
    ),
    "programa en la etiqueta": (
        "a.mp3",
        me.mp3(antes=me.etiqueta(me.marco_de_etiqueta(b"GEOB", b"\x00application/exe\x00MZ"))),
        "El audio lleva dentro otro archivo. Quítale las etiquetas y súbelo otra vez.",
    ),
    "html en la portada": (
        "a.mp3",
        me.mp3(antes=me.etiqueta(me.marco_de_etiqueta(b"APIC", b"\x00text/html\x00<script>alert(1)"))),
        ESCONDIDO.format(que="instrucciones de una página web"),
    ),
    "basura entre marcos": (
        "a.mp3",
        me.mp3(cola=b"basura" * 50 + me.SILENCIO * 20),
        ESCONDIDO.format(que="algo que no es audio"),
    ),
    "programa al final": (
        "a.mp3",
        me.mp3(cola=b"MZ\x90\x00" + b"\x01" * 900),
        ESCONDIDO.format(que="algo que no es audio"),
    ),
    "html tras la etiqueta final": (
        "a.mp3",
        me.mp3(cola=b"TAG<html><script>alert(1)".ljust(128, b"\x00")),
        ESCONDIDO.format(que="instrucciones de una página web"),
    ),
    "zip al final de mp3": (
        "a.mp3",
        me.mp3(cola=mu.paquete({"a.txt": "x"})),
        ESCONDIDO.format(que="un archivo comprimido"),
    ),
    "etiqueta ape que esconde": (
        "a.mp3",
        me.mp3(cola=b"APETAGEX" + struct.pack("<III", 2000, 0, 0) + b"\x00" * 12 + b"MZ\x90 y mas"),
        ESCONDIDO.format(que="algo que no es audio"),
    ),
}
TOLERADOS = {
    "video con página en medio": (
        "v.mp4",
        ENTERO + me.caja(b"free", b"\x00" * 70_000 + b"<script>alert(1)</script>"),
    ),
    "video con lugar": ("v.mp4", me.mp4(extra=me.caja(b"udta", me.caja(b"\xa9xyz", b"+21.0-101.2/")))),
    "audio con relleno": ("a.mp3", me.mp3(cola=b"\x00" * 500)),
}
