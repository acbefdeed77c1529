"""Lee un MP3 marco por marco (ISO/IEC 11172-3) y sus etiquetas, sin decodificar el sonido.

Se lee por bloques: un audio de gigabytes ocupa lo mismo que uno corto. Entre marco y marco no cabe nada.
"""

import struct
from typing import BinaryIO

from stl_portal.archivo.veredicto import ArchivoRechazado, Veredicto

from . import frases
from .ajenos import ajeno, exigir_sin_ajenos
from .fuente import Fuente

MARCOS = 2_000_000  # catorce horas de audio
MINIMO = 3
BLOQUE = 1024 * 1024
ETIQUETA = 10 * 1024 * 1024  # bytes; una portada muy grande
# kbit/s por índice: MPEG-1 y MPEG-2/2.5, capa III. El 0 (libre) y el 15 no se admiten.
_TASAS = (
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
)
_FRECUENCIAS = {0: (11025, 12000, 8000, 0), 2: (22050, 24000, 16000, 0), 3: (44100, 48000, 32000, 0)}
_TRAS_EL_AUDIO = (b"TAG", b"APETAGEX", b"LYRICSBEGIN")


def _largos() -> list[int]:
    """Bytes de un marco según los tres bytes que siguen a la marca; 0 si no es de capa III."""
    largos = [0] * (1 << 16)
    for segundo in range(0xE0, 0x100):
        version, capa = segundo >> 3 & 3, segundo >> 1 & 3
        if version not in _FRECUENCIAS or capa != 1:
            continue
        for tercero in range(256):
            tasa = _TASAS[version == 3][tercero >> 4]
            frecuencia = _FRECUENCIAS[version][tercero >> 2 & 3]
            if tasa and frecuencia:
                factor = 144_000 if version == 3 else 72_000
                largos[segundo << 8 | tercero] = factor * tasa // frecuencia + (tercero >> 1 & 1)
    return largos


def leer_audio(ruta: Fuente, mime: str) -> Veredicto:
    """Veredicto del audio. Lanza `ArchivoRechazado`."""
    exigir_sin_ajenos(ruta)
    with ruta.open("rb") as abierto:
        tamano = abierto.seek(0, 2)
        inicio = _pasar_etiqueta(abierto)
        fin, marcos = _recorrer(abierto, inicio, tamano)
        if marcos < MINIMO:
            raise ArchivoRechazado(frases.AUDIO_DANADO)
        _exigir_cola(abierto, fin, tamano)
    return Veredicto(mime)


def _pasar_etiqueta(abierto: BinaryIO) -> int:
    """Dónde empieza el sonido, después de la etiqueta ID3v2 (título, portada…), que se revisa."""
    abierto.seek(0)
    cabecera = abierto.read(10)
    if not cabecera.startswith(b"ID3"):
        return 0
    if len(cabecera) < 10 or any(b & 0x80 for b in cabecera[6:10]):
        raise ArchivoRechazado(frases.AUDIO_DANADO)
    medida = 0
    for siete in cabecera[6:10]:
        medida = medida << 7 | siete
    contenido = abierto.read(min(medida, ETIQUETA))
    if len(contenido) < medida:
        raise ArchivoRechazado(frases.AUDIO_DANADO)
    if b"GEOB\x00" in contenido:
        raise ArchivoRechazado("El audio lleva dentro otro archivo. Quítale las etiquetas y súbelo otra vez.")
    que = ajeno(contenido)
    if que:
        raise ArchivoRechazado(frases.ESCONDIDO.format(que=que))
    return 10 + medida + (10 if cabecera[5] & 0x10 else 0)


def _recorrer(abierto: BinaryIO, lugar: int, tamano: int) -> tuple[int, int]:
    """De marco en marco hasta lo que ya no lo sea. Devuelve dónde acabó y cuántos contó."""
    largos, marcos = _largos(), 0
    base, bloque = lugar, b""
    while lugar + 4 <= tamano:
        if lugar + 4 > base + len(bloque):
            abierto.seek(lugar)
            base, bloque = lugar, abierto.read(BLOQUE)
        dentro = lugar - base
        largo = largos[bloque[dentro + 1] << 8 | bloque[dentro + 2]] if bloque[dentro] == 0xFF else 0
        if not largo:
            break
        lugar += largo
        marcos += 1
        if marcos > MARCOS:
            raise ArchivoRechazado("El audio dura demasiado para revisarse; el máximo son unas 14 horas.")
    return min(lugar, tamano), marcos


def _exigir_cola(abierto: BinaryIO, fin: int, tamano: int) -> None:
    """Después del sonido solo van etiquetas conocidas (ID3v1, APE, letra) o relleno de ceros."""
    abierto.seek(fin)
    cola = abierto.read(min(tamano - fin, ETIQUETA))
    if len(cola) < tamano - fin:
        raise ArchivoRechazado(frases.ESCONDIDO.format(que="algo que no es audio"))
    util = cola.strip(b"\x00")
    if util and not util.startswith(_TRAS_EL_AUDIO):
        raise ArchivoRechazado(frases.ESCONDIDO.format(que="algo que no es audio"))
    que = ajeno(cola)
    if que:
        raise ArchivoRechazado(frases.ESCONDIDO.format(que=que))
    if util.startswith(b"TAG") and len(util) > 128:
        raise ArchivoRechazado(frases.ESCONDIDO.format(que="algo que no es audio"))
    if util.startswith(b"APETAGEX"):
        _exigir_ape(util)


def _exigir_ape(cola: bytes) -> None:
    """La etiqueta APE mide lo que dice, sin contar su cabecera; después solo cabe una ID3v1."""
    if len(cola) < 32:
        raise ArchivoRechazado(frases.AUDIO_DANADO)
    medida = struct.unpack("<I", cola[12:16])[0] + 32
    resto = cola[medida:].strip(b"\x00")
    if resto and not (resto.startswith(b"TAG") and len(resto) <= 128):
        raise ArchivoRechazado(frases.ESCONDIDO.format(que="algo que no es audio"))
