"""Qué recibe cualquiera de un acta: los originales o, si lleva datos personales, su versión pública.

Aquí se decide una sola vez; la página, las descargas, la verificación y el ZIP preguntan lo mismo.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from sesiones.models import Acta, Sello, Sesion, Testado, VersionPublica
from sesiones.testar import Tachador, leer, testar
from stl_portal.archivo.models import Archivo

# Lo que la ciudadanía lee de cada fila además del acta: de ahí también desaparece lo testado.
TEXTOS: Mapping[str, tuple[str, ...]] = {
    "sesion": ("designacion", "lugar", "domicilio", "objetivo", "publico"),
    "punto": ("titulo",),
    "votacion": ("asunto", "frase", "motivo"),
    "oficio": ("folio",),
    "acuerdo": ("texto", "responsable"),
    "seguimiento": ("nota",),
    "asistencia": ("cargo", "institucion"),
    "quorum": ("frase",),
    "anexo": ("titulo",),
    "acta": ("motivo",),
    "lugardefirma": ("nombre", "cargo", "institucion"),
    "firma": ("motivo",),
}
SIN_NADA = Tachador(())


@dataclass(frozen=True)
class Publico:
    """Lo que se entrega de un acta publicada. `version` es None si se publicó completa."""

    pdf: Archivo
    _guarda: Sello | VersionPublica  # la fila con los bytes
    desde: dt.datetime  # desde cuándo es esto lo que se entrega
    version: VersionPublica | None = None

    @cached_property
    def documento(self) -> bytes:
        """Los datos (JSON canónico)."""
        return bytes(self._guarda.documento)

    @property
    def xml(self) -> bytes:
        """El Akoma Ntoso; no se lee de la base hasta que se pide."""
        return bytes(self._guarda.xml)

    @cached_property
    def huella(self) -> str:
        """SHA-256 de los datos (JSON) que se entregan."""
        return hashlib.sha256(self.documento).hexdigest()

    @cached_property
    def contenido(self) -> dict[str, Any]:
        """Los datos, leídos."""
        leido: dict[str, Any] = json.loads(self.documento)
        return leido


def lo_publico(sello: Sello) -> Publico:
    """Lo que cualquiera recibe de un acta ya publicada."""
    ultima = sello.versiones_publicas.select_related("pdf").defer("xml").last()
    if ultima:
        return Publico(ultima.pdf, ultima, ultima.elaborada_el, ultima)
    publicacion = sello.publicacion
    return Publico(publicacion.pdf, sello, publicacion.publicada_el)


def vigentes() -> QuerySet[VersionPublica]:
    """La última versión pública de cada acta: las únicas que se entregan."""
    posterior = VersionPublica.objects.filter(sello=OuterRef("sello"), ordinal__gt=OuterRef("ordinal"))
    return VersionPublica.objects.filter(~Exists(posterior))


def reservado(archivo: Archivo) -> bool:
    """Si es el PDF completo de un acta que se publica en versión pública."""
    return Sello.objects.filter(publicacion__pdf=archivo, versiones_publicas__isnull=False).exists()


def tachador_de(sello: Sello) -> Tachador:
    """Con lo testado de esa acta, numerado como en su versión pública."""
    return Tachador(tuple(sello.testados.values_list("texto", flat=True)))


def tachadores(sesiones: Iterable[int]) -> dict[int, Tachador]:
    """Por sesión, con lo testado de sus actas; en una consulta. La que no tiene no aparece.

    Cuenta también lo marcado antes de publicar: lo que no saldrá en el acta no se lee en otra página.
    """
    filas = Testado.objects.filter(sello__acta__sesion__in=set(sesiones))
    textos: dict[int, dict[str, None]] = {}
    for sesion, texto in filas.order_by("-sello__acta__version", "pk").values_list(
        "sello__acta__sesion", "texto"
    ):
        textos.setdefault(sesion, {})[texto] = None
    return {sesion: Tachador(tuple(suyos)) for sesion, suyos in textos.items()}


def tachador_de_todas(sello: Sello) -> Tachador:
    """Con lo testado de esa acta y, después, lo de las demás versiones de la misma sesión."""
    filas = Testado.objects.filter(sello__acta__sesion=sello.acta.sesion_id)
    pares = filas.order_by("-sello__acta__version", "pk").values_list("sello", "texto")
    propios_antes = sorted(pares, key=lambda par: par[0] != sello.pk)
    return Tachador(tuple(dict.fromkeys(texto for _, texto in propios_antes)))


def motivo_de(sello: Sello) -> str:
    """Qué corrige esa versión, sin lo testado en ninguna: al corregirlo se puede repetir el dato."""
    motivo = sello.acta.motivo
    return tachador_de_todas(sello)(motivo) if motivo else ""


def tachar(fila: Any, tachador: Tachador) -> Any:
    """La fila sin lo testado. Cambia la fila en memoria, que solo se muestra: no se guarda."""
    for campo in TEXTOS[fila._meta.model_name] if tachador.textos else ():
        valor = getattr(fila, campo, None)
        if isinstance(valor, str) and campo in fila.__dict__:
            setattr(fila, campo, tachador(valor))
    return fila


def tachar_asistencia(fila: Any, tachador: Tachador) -> Any:
    """Quien asistió, sin lo testado; un nombre se busca con su tratamiento, como se lee."""
    limpio = tachador(fila.formal)
    if limpio != fila.formal:
        fila.tratamiento, fila.nombre = "", limpio
    return tachar(fila, tachador)


def acta_sin_datos(sello: Sello) -> Acta:
    """Otra copia del acta, para los avisos: lo que de ella se dice, sin lo testado."""
    acta: Acta = tachar(copy(sello.acta), tachador_de_todas(sello))
    return acta


def sesiones_sin_datos(filas: Iterable[Sesion]) -> list[Sesion]:
    """Varias sesiones sin lo testado, con una sola consulta."""
    sesiones = list(filas)
    por_sesion = tachadores(sesion.pk for sesion in sesiones)
    return [tachar(sesion, por_sesion.get(sesion.pk, SIN_NADA)) for sesion in sesiones]


def acuerdos_sin_datos(filas: Iterable[Any]) -> list[Any]:
    """Varios acuerdos, con su sesión y su seguimiento ya traídos, sin lo testado; una sola consulta."""
    acuerdos = list(filas)
    por_sesion = tachadores(acuerdo.sesion_id for acuerdo in acuerdos)
    for acuerdo in acuerdos:
        tachador = por_sesion.get(acuerdo.sesion_id)
        if tachador:
            tachar_acuerdo(acuerdo, tachador)
    return acuerdos


def tachar_acuerdo(acuerdo: Any, tachador: Tachador) -> Any:
    """El acuerdo y lo que de él ya se trajo: su sesión, su responsable y su seguimiento."""
    tachar(acuerdo.sesion, tachador)
    traidos = getattr(acuerdo, "_prefetched_objects_cache", {})
    for renglon in traidos.get("seguimientos", ()):
        tachar(renglon, tachador)
    return tachar(acuerdo, tachador)


def selladas(sesion: Sesion | int) -> QuerySet[Sello]:
    """Las versiones selladas del acta de esa sesión, de la primera a la última."""
    return Sello.objects.filter(acta__sesion=sesion).order_by("acta__version")


def renglones(filas: list[Testado], veces: list[int], tachador: Tachador) -> list[dict[str, Any]]:
    """Qué dato se eliminó, con qué fundamento y en cuántos lugares; nunca el dato."""
    return [
        {
            "numero": numero,
            "motivo": tachador(fila.motivo),
            "fundamento": tachador(fila.fundamento),
            "veces": cuantas,
        }
        for numero, (fila, cuantas) in enumerate(zip(filas, veces, strict=True), start=1)
    ]


def fallas_de(version: VersionPublica) -> Iterator[str]:
    """Lo que no cuadra entre una versión pública, el original y lo que se marcó."""
    leido = json.loads(bytes(version.documento))
    dicho = leido.pop("version_publica")
    filas = list(version.sello.testados.all()[: len(version.testados)])
    textos = tuple(fila.texto for fila in filas)
    original = contenido_sellado(version.sello)
    debido, veces = sin_datos(original, textos), lugares(original, textos)
    if leido != debido:
        yield "no es el original sin lo testado (documento)"
    if dicho["de"] != version.sello.huella or dicho["ordinal"] != version.ordinal:
        yield "no dice de qué acta es (documento)"
    if len(filas) != len(version.testados) or version.testados != renglones(filas, veces, Tachador(textos)):
        yield "lo testado no es lo que se marcó (testados)"


def sin_datos(original: dict[str, Any], textos: Sequence[str]) -> dict[str, Any]:
    """El documento como se publica: sin lo testado y sin la sal, que permitiría adivinarlo."""
    contenido = testar(original, textos)[0]
    contenido.pop("sal", None)
    return contenido


def heredar(sello: Sello) -> None:
    """Al sellar una fe de erratas, lo testado de las versiones que corrige y que ella también dice."""
    anteriores = Testado.objects.filter(sello__acta__sesion=sello.acta.sesion_id).exclude(sello=sello)
    distintos = {leer(fila.texto).letras.strip(): fila for fila in anteriores.order_by("pk")}
    for fila in distintos.values():
        if aparece(sello, fila.texto):
            Testado.objects.create(
                sello=sello, texto=fila.texto, motivo=fila.motivo, fundamento=fila.fundamento, por=fila.por
            )


def aparece(sello: Sello, texto: str) -> int:
    """En cuántos lugares dice el acta ese texto."""
    return lugares(contenido_sellado(sello), [texto])[0]


def lugares(contenido: dict[str, Any], textos: Sequence[str]) -> list[int]:
    """En cuántos lugares se lee cada texto; si no se imprime, en cuántos datos."""
    todos = testar(contenido, textos)[1]
    impresos = testar({"bloques": contenido["bloques"]}, textos)[1]
    return [impreso or dato for impreso, dato in zip(impresos, todos, strict=True)]


def contenido_sellado(sello: Sello) -> dict[str, Any]:
    """El documento original, leído."""
    leido: dict[str, Any] = json.loads(bytes(sello.documento))
    return leido


def hoja_sin_datos(hoja: list[Any], tachador: Tachador) -> list[Any]:
    """La hoja de firmas sin lo testado en nombres, cargos y motivos."""
    for renglon in hoja:
        tachar(renglon.lugar, tachador)
        if renglon.firma:
            tachar(renglon.firma, tachador)
            renglon.firma.detalle = testar(renglon.firma.detalle, tachador.textos)[0]
    return hoja
