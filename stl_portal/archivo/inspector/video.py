"""Lee la estructura de un MP4 (ISO/IEC 14496-12) caja por caja, sin leer la imagen ni el sonido.

Las bibliotecas que hay leen etiquetas (y confían en el resto) o decodifican el video entero con código
nativo, que es lo que aquí se quiere evitar. Lo que se comprueba es que las cajas cuadren, que nada se
traiga de fuera y que no haya pistas con instrucciones; el contenido solo lo interpreta el navegador.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from stl_portal.archivo.veredicto import ArchivoRechazado, Veredicto

from . import frases
from .ajenos import exigir_sin_ajenos
from .fuente import Fuente

CAJAS = 150_000  # un video de ocho horas en fragmentos de dos segundos tiene unas 130 000
FONDO = 12
LECTURA = 64 * 1024  # bytes; lo más que se lee del contenido de una caja
_CONTIENEN = frozenset(b"moov trak mdia minf dinf stbl edts mvex moof traf mfra udta".split())
_SUELTAS = frozenset(
    b"ftyp moov mdat free skip wide udta meta moof mfra sidx styp ssix prft pdin emsg uuid pnot".split()
)
_MARCAS_MP4 = (b"iso", b"mp4", b"avc", b"M4V", b"M4A", b"dash", b"MSNV", b"3gp", b"f4v", b"hvc", b"av01")
_PISTAS = frozenset(b"vide soun text sbtl subt clcp meta tmcd auxv hint".split())
_TABLAS = {b"stts": 8, b"ctts": 8, b"stsc": 12, b"stco": 4, b"co64": 8, b"stss": 4}  # bytes por renglón
_LUGAR = (b"\xa9xyz", b"loci")
CANDADO = "El video está protegido contra copia. Sube uno sin esa protección."
_PROHIBIDAS = {b"rmra": frases.VINCULO, b"rdrf": frases.VINCULO, b"pssh": CANDADO}
LUGAR = "El video guarda el lugar donde se grabó (GPS); quien lo descargue podrá verlo."


@dataclass(frozen=True)
class Caja:
    """Una caja: qué es, dónde empieza su contenido y dónde acaba, en bytes del archivo."""

    clase: bytes
    desde: int
    hasta: int


def leer_video(ruta: Fuente, mime: str) -> Veredicto:
    """Advertencias del video. Lanza `ArchivoRechazado`."""
    exigir_sin_ajenos(ruta)
    with ruta.open("rb") as abierto:
        tamano = abierto.seek(0, 2)
        try:
            return Veredicto(mime, None, tuple(sorted(_recorrer(abierto, tamano))))
        except (struct.error, IndexError) as error:
            raise ArchivoRechazado(frases.VIDEO_DANADO) from error


def _recorrer(abierto: BinaryIO, tamano: int) -> set[str]:
    """Todas las cajas, de afuera hacia adentro; devuelve lo que conviene saber."""
    pendientes, vistas, pistas, avisos, sueltas = [(Caja(b"", 0, tamano), 0)], 0, 0, set(), set()
    while pendientes:
        madre, fondo = pendientes.pop()
        for caja in _cajas(abierto, madre, suelta=fondo == 0):
            vistas += 1
            if vistas > CAJAS or fondo > FONDO:
                raise ArchivoRechazado("El video tiene demasiadas partes para revisarse.")
            avisos |= set(_revisar(abierto, caja))
            pistas += caja.clase == b"trak"
            if fondo == 0:
                sueltas.add(caja.clase)
            if caja.clase in _CONTIENEN:
                pendientes.append((caja, fondo + 1))
    if not {b"ftyp", b"moov", b"mdat"} <= sueltas or not pistas:
        raise ArchivoRechazado(frases.VIDEO_DANADO)
    return avisos


def _cajas(abierto: BinaryIO, madre: Caja, *, suelta: bool) -> Iterator[Caja]:
    """Las cajas dentro de otra, una tras otra. Ninguna se sale de la que la contiene."""
    lugar = madre.desde
    # QuickTime termina su lista de datos de usuario con cuatro ceros.
    while lugar < madre.hasta - (4 if madre.clase == b"udta" else 0):
        abierto.seek(lugar)
        medida, clase = struct.unpack(">I4s", abierto.read(8))
        contenido = lugar + 8
        if medida == 1:
            medida, contenido = struct.unpack(">Q", abierto.read(8))[0], lugar + 16
        elif medida == 0 and suelta:
            medida = madre.hasta - lugar  # llega hasta el final del archivo
        siguiente = lugar + medida
        if not contenido <= siguiente <= madre.hasta:
            raise ArchivoRechazado(frases.VIDEO_DANADO)
        if suelta and clase not in _SUELTAS:
            raise ArchivoRechazado(frases.ESCONDIDO.format(que="una parte que no es de video"))
        yield Caja(clase, contenido, siguiente)
        lugar = siguiente


def _revisar(abierto: BinaryIO, caja: Caja) -> Iterator[str]:
    """Rechaza la caja si es peligrosa o miente; si no, advierte de lo que conviene saber."""
    if caja.clase in _PROHIBIDAS:
        raise ArchivoRechazado(_PROHIBIDAS[caja.clase])
    if caja.clase in _EXIGEN:
        _EXIGEN[caja.clase](_contenido(abierto, caja), caja)
    if caja.clase == b"dref":
        _exigir_propio(abierto, caja)
    if caja.clase in _LUGAR or (caja.clase == b"meta" and b"location" in _contenido(abierto, caja)):
        yield LUGAR


def _contenido(abierto: BinaryIO, caja: Caja) -> bytes:
    """El principio del contenido de la caja."""
    abierto.seek(caja.desde)
    return abierto.read(min(LECTURA, caja.hasta - caja.desde))


def _exigir_mp4(contenido: bytes, _: Caja) -> None:
    """Alguna de las marcas del archivo es de la familia MP4; las fotos HEIC y los MOV usan otras."""
    marcas = [contenido[:4], *(contenido[n : n + 4] for n in range(8, len(contenido), 4))]
    if any(marca.startswith(_MARCAS_MP4) for marca in marcas):
        return
    if b"qt  " in marcas:
        raise ArchivoRechazado("Es un video de QuickTime (MOV). Guárdalo como MP4 y súbelo otra vez.")
    raise ArchivoRechazado(frases.OTRA_COSA.format(nombre="video MP4"))


def _exigir_pista(contenido: bytes, _: Caja) -> None:
    """Imagen, sonido, subtítulos o datos de tiempo. Las de escena (BIFS) llevan instrucciones."""
    clase = contenido[8:12]
    # Las cajas «meta» también llevan un hdlr, y QuickTime pone otro que solo dice dónde están los datos.
    if clase not in _PISTAS | {b"mdir", b"mdta", b"ID32", b"url ", b"alis", b"\x00\x00\x00\x00"}:
        raise ArchivoRechazado("El video trae una pista que no es de imagen, sonido ni subtítulos.")


def _exigir_propio(abierto: BinaryIO, caja: Caja) -> None:
    """Los datos están en este mismo archivo: cada referencia lleva encendido ese bit (§8.7.2)."""
    cuantas = struct.unpack(">I", _contenido(abierto, caja)[4:8])[0]
    referencias = list(_cajas(abierto, Caja(b"dref", caja.desde + 8, caja.hasta), suelta=False))
    if len(referencias) != cuantas:
        raise ArchivoRechazado(frases.VIDEO_DANADO)
    for referencia in referencias:
        if not _contenido(abierto, referencia)[3] & 1:
            raise ArchivoRechazado(frases.VINCULO)


def _exigir_sin_candado(contenido: bytes, _: Caja) -> None:
    """La primera forma de codificación no es la de un video cifrado."""
    if contenido[12:16] in (b"encv", b"enca", b"enct", b"drmi", b"drms"):
        raise ArchivoRechazado(CANDADO)


def _exigir_muestras(contenido: bytes, caja: Caja) -> None:
    """Si todas miden lo mismo no hay tabla; si no, la tabla cabe."""
    if struct.unpack(">I", contenido[4:8])[0] == 0:
        _exigir_que_quepan(contenido[4:], caja.hasta - caja.desde - 4, 4)


def _exigir_tabla(contenido: bytes, caja: Caja) -> None:
    """Todos los renglones que la tabla dice tener están en ella."""
    _exigir_que_quepan(contenido, caja.hasta - caja.desde, _TABLAS[caja.clase])


def _exigir_que_quepan(contenido: bytes, medida: int, ancho: int) -> None:
    """Decir más renglones de los que caben haría reservar memoria de más al reproducirlo."""
    if struct.unpack(">I", contenido[4:8])[0] * ancho > medida - 8:
        raise ArchivoRechazado(frases.VIDEO_DANADO)


_EXIGEN: dict[bytes, Callable[[bytes, Caja], None]] = {
    b"ftyp": _exigir_mp4,
    b"hdlr": _exigir_pista,
    b"stsd": _exigir_sin_candado,
    b"stsz": _exigir_muestras,
    **dict.fromkeys(_TABLAS, _exigir_tabla),
}
