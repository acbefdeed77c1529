"""Audios y videos con la estructura de uno de verdad, hechos en el momento; también los hostiles."""

import struct
from collections.abc import Sequence

SILENCIO = b"\xff\xfb\x90\x00" + b"\x00" * 413  # un marco de MPEG-1 capa III a 128 kbit/s y 44.1 kHz


def caja(clase: bytes, *contenido: bytes, medida: int | None = None) -> bytes:
    """Una caja de MP4; `medida` miente sobre lo que ocupa."""
    dentro = b"".join(contenido)
    return struct.pack(">I4s", len(dentro) + 8 if medida is None else medida, clase) + dentro


def tabla(clase: bytes, renglones: Sequence[bytes] = (), *, dice: int | None = None) -> bytes:
    """Una tabla de muestras; `dice` miente sobre cuántos renglones trae."""
    cuantos = len(renglones) if dice is None else dice
    return caja(clase, struct.pack(">II", 0, cuantos), *renglones)


def referencia(url: bytes = b"") -> bytes:
    """De dónde salen los datos: de este archivo o, con `url`, de otro lugar."""
    propia = caja(b"url ", struct.pack(">I", 0 if url else 1), url)
    return caja(b"dref", struct.pack(">II", 0, 1), propia)


def pista(
    clase: bytes = b"vide", *, datos: bytes = b"", tablas: bytes = b"", codificacion: bytes = b"avc1"
) -> bytes:
    """Una pista con sus cajas de rigor; `datos` y `tablas` sustituyen las suyas."""
    muestras = caja(
        b"stbl",
        caja(b"stsd", struct.pack(">II", 0, 1), caja(codificacion, b"\x00" * 78)),
        tablas or tabla(b"stts", [struct.pack(">II", 1, 1)]),
        tabla(b"stsc", [struct.pack(">III", 1, 1, 1)]),
        caja(b"stsz", struct.pack(">III", 0, 0, 1), struct.pack(">I", 4)),
        tabla(b"stco", [struct.pack(">I", 32)]),
    )
    informacion = caja(b"minf", caja(b"vmhd", b"\x00" * 12), caja(b"dinf", datos or referencia()), muestras)
    cabecera = caja(b"mdhd", b"\x00" * 24)
    manejador = caja(b"hdlr", b"\x00" * 8, clase, b"\x00" * 13)
    return caja(b"trak", caja(b"tkhd", b"\x00" * 84), caja(b"mdia", cabecera, manejador, informacion))


def mp4(
    *pistas: bytes, marca: bytes = b"isom", extra: bytes = b"", cola: bytes = b"", datos: int = 64
) -> bytes:
    """Un video: marca, datos y pistas. `extra` va dentro de `moov`; `cola`, al final."""
    ftyp = caja(b"ftyp", marca, b"\x00\x00\x02\x00", marca)
    moov = caja(b"moov", caja(b"mvhd", b"\x00" * 100), *(pistas or (pista(),)), extra)
    return ftyp + caja(b"mdat", b"\x00" * datos) + moov + cola


def etiqueta(*marcos: bytes, medida: int | None = None) -> bytes:
    """Una etiqueta ID3v2.3 con esos marcos; `medida` miente sobre lo que ocupa."""
    dentro = b"".join(marcos)
    largo = len(dentro) if medida is None else medida
    siete = bytes(largo >> corrimiento & 0x7F for corrimiento in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + siete + dentro


def marco_de_etiqueta(clase: bytes, contenido: bytes) -> bytes:
    """Título (TIT2), portada (APIC), archivo pegado (GEOB)…"""
    return clase + struct.pack(">IH", len(contenido), 0) + contenido


def mp3(*, marcos: int = 40, antes: bytes | None = None, cola: bytes = b"") -> bytes:
    """Un audio de un segundo, con título."""
    titulo = etiqueta(marco_de_etiqueta(b"TIT2", b"\x00Entrevista"))
    return (titulo if antes is None else antes) + SILENCIO * marcos + cola
