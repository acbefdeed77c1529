"""Qué es un documento que alguien trae: por el código impreso, por su huella o por el propio PDF."""

import hashlib
import json
import re
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any

import pikepdf
from django.db.models import Q

from sesiones.estados import EstadoActa
from sesiones.models import Sello

NO_DEL_CODIGO = re.compile(r"[^A-Z2-7]")
LARGO_DEL_CODIGO = 16


class Veredicto(StrEnum):
    """Lo que se le responde a quien verifica."""

    VIGENTE = "vigente"  # es el acta publicada y ninguna la sustituye
    SUSTITUIDA = "sustituida"  # fue la publicada; una fe de erratas la sustituyó
    EN_FIRMA = "en_firma"  # está sellada, pero aún no se publica
    ANTERIOR = "anterior"  # el PDF es auténtico, de un momento anterior a la publicación
    ALTERADA = "alterada"  # dice ser un acta del portal y sus bytes no son los que se guardaron
    DESCONOCIDA = "desconocida"


@dataclass(frozen=True)
class Hallazgo:
    """El veredicto y, si se reconoció, el acta sellada de que se trata."""

    veredicto: Veredicto
    sello: Sello | None = None


def por_codigo(codigo: str) -> Hallazgo:
    """Busca el código impreso; no importan mayúsculas, guiones ni espacios."""
    limpio = NO_DEL_CODIGO.sub("", codigo.upper())[:LARGO_DEL_CODIGO]
    agrupado = "-".join(limpio[i : i + 4] for i in range(0, len(limpio), 4))
    sello = _sellos().filter(codigo=agrupado).first()
    return _segun_estado(sello)


def por_huella(huella: str) -> Hallazgo:
    """Busca el archivo con esa huella SHA-256: publicado, o como estuvo en algún momento de la firma."""
    publicado = _sellos().filter(publicacion__pdf__huella=huella).first()
    if publicado:
        return _segun_estado(publicado)
    otro = _sellos().filter(Q(pdf__huella=huella) | Q(lugares__firmas__pdf__huella=huella)).first()
    if otro is None:
        return Hallazgo(Veredicto.DESCONOCIDA)
    return Hallazgo(Veredicto.ANTERIOR if otro.acta.publica else Veredicto.EN_FIRMA, otro)


def por_archivo(contenido: bytes) -> Hallazgo:
    """Reconoce el PDF por su huella; si no es ninguno, mira si dentro dice ser un acta del portal."""
    hallazgo = por_huella(hashlib.sha256(contenido).hexdigest())
    if hallazgo.veredicto != Veredicto.DESCONOCIDA:
        return hallazgo
    sello = _la_que_dice_ser(contenido)
    return Hallazgo(Veredicto.ALTERADA, sello) if sello else hallazgo


def _segun_estado(sello: Sello | None) -> Hallazgo:
    if sello is None:
        return Hallazgo(Veredicto.DESCONOCIDA)
    if sello.acta.estado == EstadoActa.SUSTITUIDA:
        return Hallazgo(Veredicto.SUSTITUIDA, sello)
    return Hallazgo(Veredicto.VIGENTE if sello.acta.publica else Veredicto.EN_FIRMA, sello)


def _sellos() -> Any:
    return Sello.objects.select_related("acta__sesion__organo", "pdf", "publicacion__pdf")


def _la_que_dice_ser(contenido: bytes) -> Sello | None:
    """El acta cuyo documento, o cuyo identificador, viaja dentro del PDF; None si no se puede leer."""
    for adjunto in _adjuntos(contenido):
        sello = _sellos().filter(huella=hashlib.sha256(adjunto).hexdigest()).first()
        if sello is None:
            sello = _por_identificador(adjunto)
        if sello:
            return sello
    return None


def _adjuntos(contenido: bytes) -> list[bytes]:
    """Los JSON que viajan en el PDF; ninguno si está dañado."""
    try:
        with pikepdf.open(BytesIO(contenido)) as pdf:
            return [
                archivo.get_file().read_bytes()
                for nombre, archivo in pdf.attachments.items()
                if nombre.endswith(".json")
            ]
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, RuntimeError):
        return []


def _por_identificador(adjunto: bytes) -> Sello | None:
    """El acta que los datos dicen ser, aunque los hayan cambiado."""
    try:
        organo, sesion, version = json.loads(adjunto)["identificador"].split("/")
        return (
            _sellos()
            .filter(
                acta__sesion__organo__clave=organo, acta__sesion__clave=sesion, acta__version=int(version)
            )
            .first()
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
