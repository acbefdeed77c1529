"""Qué es un documento que alguien trae: por el código impreso, por su huella o por el propio archivo."""

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.db.models import Q

from sesiones.constancia_publica import SELLADA, VERSION_PUBLICA
from sesiones.estados import EstadoActa
from sesiones.models import Sello, VersionPublica
from stl_portal.sello.models import Eslabon

# El código se escribe sin 0, 1 ni 8: quien los teclea leyó una letra.
PARECIDAS = str.maketrans("018", "OIB")
SEPARADORES = re.compile(r"[\s\-–—_.]+")
ALFABETO = re.compile(r"[A-Z2-7]*")
LETRAS = 16  # de un código
DIRECCION = re.compile(r"\A.*/verificar/([^/?#]*).*", re.IGNORECASE | re.DOTALL)
HUELLA = re.compile(r"[0-9a-f]{64}")

# Un PDF ajeno no se interpreta: se buscan los flujos de sus archivos adjuntos y se descomprimen con tope.
_ADJUNTO = re.compile(rb"/EmbeddedFile\b")
_FLUJO = re.compile(rb"stream\r?\n")
_IDENTIFICADOR = re.compile(rb'"identificador"\s*:\s*"([a-z0-9-]{1,60})/([a-z0-9-]{1,80})/([0-9]{1,4})"')
ADJUNTOS = 16  # los que se miran: el acta lleva dos
BYTES_ADJUNTO = 4 * 1024 * 1024  # descomprimidos, de cada uno
LEJOS = 4096  # bytes entre el nombre del objeto y el principio de su flujo


class Veredicto(StrEnum):
    """Lo que se le responde a quien verifica."""

    VIGENTE = "vigente"  # es el acta publicada y ninguna la sustituye
    SUSTITUIDA = "sustituida"  # fue la publicada; una fe de erratas la sustituyó
    EN_FIRMA = "en_firma"  # está sellada, pero aún no se publica
    RESERVADA = "reservada"  # es el original firmado; lo público es su versión pública
    REEMPLAZADA = "reemplazada"  # es una versión pública que ya se sustituyó por otra
    ANTERIOR = "anterior"  # el PDF es auténtico, de un momento anterior a la publicación
    ALTERADA = "alterada"  # dice ser un acta del portal y sus bytes no son los que se guardaron
    DESCONOCIDA = "desconocida"


class Via(StrEnum):
    """Qué se trajo para verificar."""

    CODIGO = "codigo"
    PDF = "pdf"
    DATOS = "datos"  # el JSON o el XML del acta, o su huella impresa


@dataclass(frozen=True)
class Hallazgo:
    """El veredicto, lo que se trajo y, si se reconoció, el acta sellada de que se trata."""

    veredicto: Veredicto
    sello: Sello | None = None
    via: Via = Via.CODIGO


def codigo_limpio(escrito: str) -> str:
    """«abcd efgh…» como se imprime, en grupos de cuatro; vacío si no puede ser un código."""
    junto = _junto(escrito)
    return "" if que_falta(escrito) else "-".join(junto[i : i + 4] for i in range(0, LETRAS, 4))


def que_falta(escrito: str) -> str:
    """Por qué no puede ser un código, en una frase; vacía si puede."""
    junto = _junto(escrito)
    if not ALFABETO.fullmatch(junto):
        return "Un código solo lleva letras de la A a la Z, sin acentos, y cifras del 2 al 7."
    if len(junto) == LETRAS:
        return ""
    return f"{'Faltan' if len(junto) < LETRAS else 'Sobran'} letras: un código tiene {LETRAS}."


def _junto(escrito: str) -> str:
    """Sin separadores ni la dirección impresa junto al código QR, si se copió entera."""
    return SEPARADORES.sub("", DIRECCION.sub(r"\1", escrito).upper()).translate(PARECIDAS)


def por_codigo(escrito: str) -> Hallazgo:
    """Busca el código impreso; no importan mayúsculas, guiones ni espacios."""
    codigo = codigo_limpio(escrito)
    return _segun_estado(_sellos().filter(codigo=codigo).first() if codigo else None, Via.CODIGO)


def por_huella(huella: str) -> Hallazgo:
    """Busca el archivo con esa huella SHA-256: publicado, sus datos, o como estuvo mientras se firmaba."""
    if not HUELLA.fullmatch(huella):
        return Hallazgo(Veredicto.DESCONOCIDA, via=Via.PDF)
    datos = Q(huella=huella) | Q(eslabon__in=_anotado(SELLADA, "xml", huella))
    for via, suyos in ((Via.PDF, Q(publicacion__pdf__huella=huella)), (Via.DATOS, datos)):
        original = _sellos().filter(suyos).first()
        if original:
            return _del_original(original, via)
    version = _version_con(huella)
    if version:
        return _de_la_version(version, Via.PDF if version.pdf.huella == huella else Via.DATOS)
    otro = _sellos().filter(Q(pdf__huella=huella) | Q(lugares__firmas__pdf__huella=huella)).first()
    if otro is None:
        return Hallazgo(Veredicto.DESCONOCIDA, via=Via.PDF)
    return Hallazgo(Veredicto.ANTERIOR if otro.acta.publica else Veredicto.EN_FIRMA, otro, Via.PDF)


def _del_original(sello: Sello, via: Via) -> Hallazgo:
    """El acta tal como se firmó; si se publica en versión pública, no es lo que cualquiera lee."""
    if sello.acta.publica and sello.versiones_publicas.exists():
        return Hallazgo(Veredicto.RESERVADA, sello, via)
    return _segun_estado(sello, via)


def _version_con(huella: str) -> VersionPublica | None:
    """La versión pública con ese PDF, o con esos datos: sus huellas están en el registro público."""
    citan = [_anotado(VERSION_PUBLICA, campo, huella) for campo in ("json", "xml")]
    filas = VersionPublica.objects.select_related("pdf").defer("documento", "xml")
    return filas.filter(Q(pdf__huella=huella) | Q(eslabon__in=citan[0]) | Q(eslabon__in=citan[1])).first()


def _anotado(tipo: str, campo: str, huella: str) -> Any:
    """Los números de los eslabones de ese tipo que dicen esa huella en ese campo."""
    return Eslabon.objects.filter(tipo=tipo, payload__contains=f'"{campo}":"{huella}"').values("n")


def _de_la_version(version: VersionPublica, via: Via) -> Hallazgo:
    sello = _sellos().get(pk=version.sello_id)
    if sello.versiones_publicas.filter(ordinal__gt=version.ordinal).exists():
        return Hallazgo(Veredicto.REEMPLAZADA, sello, via)
    return _segun_estado(sello, via)


def por_archivo(contenido: bytes) -> Hallazgo:
    """Reconoce el archivo por su huella; si no es ninguno, mira si dentro dice ser un acta del portal."""
    hallazgo = por_huella(hashlib.sha256(contenido).hexdigest())
    if hallazgo.veredicto != Veredicto.DESCONOCIDA:
        return hallazgo
    sello = _la_que_dice_ser(contenido)
    return replace(hallazgo, veredicto=Veredicto.ALTERADA, sello=sello) if sello else hallazgo


def _segun_estado(sello: Sello | None, via: Via) -> Hallazgo:
    if sello is None:
        return Hallazgo(Veredicto.DESCONOCIDA, via=via)
    if sello.acta.estado == EstadoActa.SUSTITUIDA:
        return Hallazgo(Veredicto.SUSTITUIDA, sello, via)
    return Hallazgo(Veredicto.VIGENTE if sello.acta.publica else Veredicto.EN_FIRMA, sello, via)


def _sellos() -> Any:
    return Sello.objects.select_related("acta__sesion__organo", "pdf", "publicacion__pdf").defer("xml")


def _la_que_dice_ser(contenido: bytes) -> Sello | None:
    """El acta cuyos datos, o cuyo identificador, viajan dentro del archivo; None si no los trae."""
    for adjunto in _datos_dentro(contenido):
        sello = _sellos().filter(huella=hashlib.sha256(adjunto).hexdigest()).first()
        sello = sello or _por_identificador(adjunto)
        if sello:
            return sello
    return None


def _datos_dentro(contenido: bytes) -> Iterator[bytes]:
    """Lo que va adjunto en un PDF, aunque esté cortado o pegado a otra cosa; o el propio JSON."""
    if contenido[:1] == b"{":
        yield contenido[:BYTES_ADJUNTO]
    for veces, marca in enumerate(_ADJUNTO.finditer(contenido)):
        if veces == ADJUNTOS:
            return
        flujo = _FLUJO.search(contenido, marca.end(), marca.end() + LEJOS)
        if flujo:
            yield _descomprimido(contenido[flujo.end() : flujo.end() + BYTES_ADJUNTO])


def _descomprimido(flujo: bytes) -> bytes:
    """Hasta `BYTES_ADJUNTO` del flujo; si no venía comprimido, tal cual hasta donde termina."""
    try:
        return zlib.decompressobj().decompress(flujo, BYTES_ADJUNTO)
    except zlib.error:
        return flujo.partition(b"endstream")[0].rstrip(b"\r\n")


def _por_identificador(adjunto: bytes) -> Sello | None:
    """El acta que los datos dicen ser, aunque los hayan cambiado."""
    dicho = _IDENTIFICADOR.search(adjunto)
    if dicho is None:
        return None
    organo, sesion, version = (parte.decode() for parte in dicho.groups())
    del_acta = {"acta__sesion__organo__clave": organo, "acta__sesion__clave": sesion}
    hallado: Sello | None = _sellos().filter(**del_acta, acta__version=int(version)).first()
    return hallado
