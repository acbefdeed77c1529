"""Muchas actas publicadas en un solo ZIP, que se comprueban sin el portal.

Por cada acta, una carpeta con lo mismo que se lleva quien comprueba una (`comprobacion`); arriba, el
manifiesto, las huellas de todo y el programa que las revisa. Se escribe conforme se manda: no importa cuántas
sean, en memoria solo está la que se escribe. Las mismas actas dan siempre los mismos bytes.

Quien lo pide recibe además el extracto de cada acuerdo: componerlos cuesta, y por eso no van de cientos.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from sesiones import comprobacion, publica
from sesiones.acta import extracto
from sesiones.acta.imprenta import imprimir
from sesiones.estados import ACTA_PUBLICA
from sesiones.models import Acuerdo, Sello, Sesion
from sesiones.publica import Publico

FORMATO = "compendio-de-actas/1"
CABEN = 60  # extractos en un ZIP: cada uno se compone al momento
FECHA = (1980, 1, 1, 0, 0, 0)  # la primera que admite un ZIP: lo de arriba no depende de cuándo se pide


def de_sesiones(sesiones: QuerySet[Sesion]) -> QuerySet[Sello]:
    """La última acta publicada de cada una de esas sesiones; la que no tiene no aparece."""
    publicadas = Sello.objects.filter(acta__estado__in=ACTA_PUBLICA)
    posterior = publicadas.filter(
        acta__sesion=OuterRef("acta__sesion"), acta__version__gt=OuterRef("acta__version")
    )
    filas = publicadas.filter(~Exists(posterior), acta__sesion__in=sesiones.values("pk"))
    filas = filas.select_related("acta__sesion__organo", "publicacion__pdf")
    return filas.order_by("acta__sesion__organo__clave", "acta__sesion__fecha", "pk")


def caben_sus_extractos(sellos: QuerySet[Sello]) -> bool:
    """Si los acuerdos de esas actas caben como extractos en un ZIP."""
    return Acuerdo.objects.filter(sesion__in=sellos.order_by().values("acta__sesion")).count() <= CABEN


class _Tramo:
    """A donde escribe el ZIP, que no puede volver atrás; se vacía cada vez que se manda."""

    def __init__(self) -> None:
        self._escrito: list[bytes] = []

    def write(self, datos: bytes, /) -> int:
        """Lo que pide `zipfile`."""
        self._escrito.append(bytes(datos))
        return len(datos)

    def flush(self) -> None:
        """Nada que esperar."""

    def close(self) -> None:
        """Nada que cerrar."""

    def tomar(self) -> bytes:
        """Lo escrito desde la última vez."""
        tramo = b"".join(self._escrito)
        self._escrito.clear()
        return tramo


@dataclass
class _Libro:
    """Lo que se va apuntando mientras se escribe, para el manifiesto y las huellas del final."""

    con_extractos: bool = False
    huellas: list[tuple[str, str, int]] = field(default_factory=list)  # ruta, SHA-256, bytes
    actas: list[dict[str, Any]] = field(default_factory=list)

    def apuntar(self, ruta: str, contenido: bytes) -> None:
        """Un archivo más."""
        self.huellas.append((ruta, hashlib.sha256(contenido).hexdigest(), len(contenido)))


def trozos(sellos: Iterable[Sello], *, extractos: bool = False) -> Iterator[bytes]:
    """El ZIP, a pedazos, si se pide con el extracto de cada acuerdo.

    Lanza `FileNotFoundError` si falta en el disco el PDF de alguna.
    """
    libro, tramo = _Libro(extractos), _Tramo()
    with zipfile.ZipFile(tramo, "w", zipfile.ZIP_STORED) as zip_:
        for sello in sellos:
            for ruta, contenido in _del_acta(sello, libro):
                libro.apuntar(ruta, contenido)
                zip_.writestr(_ficha(ruta), contenido)
                yield tramo.tomar()
        for ruta, contenido in _de_arriba(libro):
            zip_.writestr(_ficha(ruta), contenido)
    yield tramo.tomar()


def _del_acta(sello: Sello, libro: _Libro) -> Iterator[tuple[str, bytes]]:
    """Los archivos de su carpeta; y la apunta en el manifiesto."""
    publico = publica.lo_publico(sello)
    carpeta = carpeta_de(sello)
    archivos, comprobable = comprobacion.archivos(sello, publico)
    acuerdos = extracto.numeros(publico) if libro.con_extractos else []
    renglon = _renglon(sello, publico, carpeta, comprobable)
    libro.actas.append(renglon | {"extractos": [_de_extracto(carpeta, n) for n in acuerdos]})
    for nombre, contenido in archivos:
        yield f"{carpeta}/{nombre}", contenido
    for numero in acuerdos:
        dicho = _de_extracto(carpeta, numero)
        yield dicho["partes"], extracto.partes(publico, numero)
        yield dicho["pdf"], imprimir(extracto.extracto(sello, publico, numero)).contenido


def _de_extracto(carpeta: str, numero: int) -> dict[str, Any]:
    """Lo que el manifiesto dice de un extracto: de qué acuerdo y en qué archivos."""
    ruta = f"extractos/{carpeta}/acuerdo-{numero}"
    return {"acuerdo": numero, "pdf": f"{ruta}.pdf", "partes": f"{ruta}.jsonl"}


def carpeta_de(sello: Sello) -> str:
    """«stl/xviii-ordinaria-2020»; si el acta se corrigió, con su versión."""
    sesion, version = sello.acta.sesion, sello.acta.version
    return f"{sesion.organo.clave}/{sesion.clave}" + (f"-v{version}" if version > 1 else "")


def _renglon(sello: Sello, publico: Publico, carpeta: str, comprobable: bool) -> dict[str, Any]:
    """Lo que el manifiesto dice de un acta: solo lo que ya es público de ella."""
    sesion = sello.acta.sesion
    direccion = reverse("sesiones:acta", args=(sesion.organo.clave, sesion.clave))
    return {
        "carpeta": carpeta,
        "titulo": publico.contenido["titulo"],
        "organo": sesion.organo.clave,
        "sesion": sesion.clave,
        "version": sello.acta.version,
        "version_publica": publico.version is not None,
        "codigo": sello.codigo,
        "publicada_el": publico.desde.isoformat(),
        "direccion": f"{settings.SITIO}{direccion}?version={sello.acta.version}",
        "con_pruebas": comprobable,
    }


def _de_arriba(libro: _Libro) -> Iterator[tuple[str, bytes]]:
    """Lo que acompaña a todas; las huellas al final, que las incluyen a ellas."""
    manifiesto = {
        "formato": FORMATO,
        "sitio": settings.SITIO,
        "actas": libro.actas,
        "archivos": [{"ruta": r, "bytes": tamano, "sha256": huella} for r, huella, tamano in libro.huellas],
    }
    contexto = {
        "actas": libro.actas,
        "sin_pruebas": [a for a in libro.actas if not a["con_pruebas"]],
        "extractos": any(a["extractos"] for a in libro.actas),
    }
    propios = {
        "MANIFIESTO.json": json.dumps(manifiesto, ensure_ascii=False, indent=1) + "\n",
        "LEEME.txt": render_to_string("sesiones/compendio/LEEME.txt", contexto),
        "comprobar.sh": (resources.files("sesiones") / "comprobar_compendio.sh").read_text(encoding="utf-8"),
    }
    for ruta, texto in propios.items():
        libro.apuntar(ruta, texto.encode())
        yield ruta, texto.encode()
    yield "SHA256SUMS", "".join(f"{huella}  {ruta}\n" for ruta, huella, _ in libro.huellas).encode()


def _ficha(ruta: str) -> zipfile.ZipInfo:
    """Legible en cualquier sistema y sin fecha."""
    ficha = zipfile.ZipInfo(ruta, date_time=FECHA)
    ficha.create_system, ficha.external_attr = comprobacion.UNIX, comprobacion.PERMISOS
    return ficha
