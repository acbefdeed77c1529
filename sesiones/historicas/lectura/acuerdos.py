"""Los acuerdos: ordinales, con clave, o la lista que sigue a «se tomaron los siguientes acuerdos»."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import etiquetas
from .alineado import Ruta, ancla, titulado
from .etiquetas import Etiqueta
from .hallado import Acuerdo, Confianza, Hallado
from .renglones import Parrafo

CIERRA = re.compile(
    r"(?:y )?(?:siendo las|no habiendo (?:mas|otro)|sin mas asunt|no existiendo"
    r"|lo anterior,? con fundamento|leid[ao] (?:que|la)|"
    r"se (?:cierra|cerro|levanta|levanto|clausura|da por (?:conclu|terminad))|una vez (?:agotad"
    r"|desahogad)|agotad|"
    r"con lo anterior|hora de (?:cierre|termino))"
)
_ANUNCIA_LISTA = re.compile(r"siguientes acuerdos\W*$|acuerdos siguientes\W*$")
_EN_LINEA = re.compile(
    rf"[.;:,]\s+(?:el (?:siguiente"
    rf"|presente):?\s+)?(?P<acuerdo>acuerdo(?:\s+(?:{etiquetas.ORDINALES}|\d{{1,3}}))?\s*[.:–-]+\s+)"
)


@dataclass(frozen=True)
class Tramo:
    """Un acuerdo y de qué párrafo a qué párrafo va, por su lugar en el desahogo."""

    etiqueta: str
    desde: int
    hasta: int
    inicio: int  # letra del primer párrafo donde empieza su texto
    numero: int


def tramos(
    parrafos: Sequence[Parrafo], rutas: Sequence[Ruta], puntos: Sequence[Ruta], titulos: Sequence[str]
) -> list[Tramo]:
    """Dónde está cada acuerdo. Termina donde empieza otro, otro punto o el cierre."""
    abiertos = [
        (lugar, etiqueta)
        for lugar, etiqueta in _comienzos(parrafos)
        if etiqueta.clase != "ordinal" or not titulado(parrafos[lugar], etiqueta, puntos, titulos)
    ]  # «PRIMERO.- Lista de asistencia» es el punto, no un acuerdo
    hallados: list[Tramo] = []
    for lugar, etiqueta in abiertos:
        hasta = lugar + 1
        otros = {desde for desde, _ in abiertos}
        while hasta < len(parrafos) and hasta not in otros:
            parrafo = parrafos[hasta]
            cambia = rutas[hasta] != rutas[lugar] and ancla(parrafo, puntos, titulos)
            marcado = etiquetas.leer(parrafo.texto)
            if cambia or CIERRA.match(parrafo.llano) or (marcado and marcado.clase in ("vineta", "romano")):
                break
            hasta += 1
        hallados.append(Tramo(etiqueta.texto, lugar, hasta, etiqueta.fin, etiqueta.numero))
    return hallados


def _comienzos(parrafos: Sequence[Parrafo]) -> list[tuple[int, Etiqueta]]:
    """Los párrafos donde empieza un acuerdo, con su etiqueta."""
    hallados: list[tuple[int, Etiqueta]] = []
    en_lista = False
    for lugar, parrafo in enumerate(parrafos):
        etiqueta = etiquetas.leer(parrafo.texto)
        if etiqueta and etiqueta.clase in ("acuerdo", "ordinal") and len(parrafo.texto) > etiqueta.fin + 12:
            hallados.append((lugar, etiqueta))
        elif etiqueta and en_lista and etiqueta.clase in ("decimal", "inciso", "romano", "vineta"):
            hallados.append((lugar, etiqueta))
            continue
        elif dentro := _EN_LINEA.search(parrafo.llano):
            hallados.append((lugar, Etiqueta("acuerdo", 0, dentro.end(), texto="Acuerdo")))
        en_lista = bool(_ANUNCIA_LISTA.search(parrafo.llano))
    return hallados


def proponer(
    parrafos: Sequence[Parrafo], rutas: Sequence[Ruta], hallados: Sequence[Tramo]
) -> list[Hallado[Acuerdo]]:
    """Cada acuerdo con su texto y el punto del que salió."""
    return [_acuerdo(n, t, parrafos, rutas) for n, t in enumerate(hallados, start=1)]


def _acuerdo(
    numero: int, tramo: Tramo, parrafos: Sequence[Parrafo], rutas: Sequence[Ruta]
) -> Hallado[Acuerdo]:
    suyos = parrafos[tramo.desde : tramo.hasta]
    texto = "\n\n".join([suyos[0].texto[tramo.inicio :], *(p.texto for p in suyos[1:])])
    ruta = rutas[tramo.desde]
    confianza = Confianza.ALTA if tramo.numero == numero else Confianza.MEDIA
    donde = tuple(n for p in suyos for n in p.renglones)
    return Hallado(Acuerdo(numero, tramo.etiqueta, texto.strip(), ruta), donde, confianza)
