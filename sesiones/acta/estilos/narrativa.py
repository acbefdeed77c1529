"""Narrativa municipal: proemio, «Como punto IV…», citas textuales, cierre con hora y hoja de firmas."""

import re
from collections.abc import Iterator
from dataclasses import replace

from sesiones.acta import puntos, redaccion
from sesiones.acta.bloques import ORDEN, PARRAFO, RESULTADO, Bloque, parrafo, seccion
from sesiones.acta.palabras import VINETAS, citar, frase, nombrar, sin_punto
from sesiones.acta.piezas import Hechos, Punto
from sesiones.estados import Resultado, TipoPunto

CON_NOTA = frozenset({Resultado.PRESENTADO, Resultado.DA_CUENTA})
TOMAN_NOTA = "Las y los integrantes toman nota."
YA_SE_DIJO = re.compile(r"\b(toma|toman|tomó|tomaron)\s+nota\b", re.IGNORECASE)


def componer(h: Hechos) -> Iterator[Bloque]:
    """El acta como un relato seguido, del proemio a la hoja de firmas."""
    yield parrafo("apertura", redaccion.apertura(h), paso="convocatoria")
    yield from redaccion.asistencia(h)
    yield from redaccion.invitadas(h)
    yield from redaccion.ausencias(h)
    if primero(h, TipoPunto.LISTA) is None:
        yield from redaccion.declaratoria(h)
    yield from puntos.movimientos_sin_punto(h)
    if h.puntos and primero(h, TipoPunto.ORDEN) is None:
        yield from orden_del_dia(h)
    for punto in h.puntos:
        yield from narrado(h, punto)
    yield from redaccion.seguimientos(h)
    yield from redaccion.recesos(h)
    yield from puntos.anexados("anexos", h.anexos)
    yield from redaccion.cierre(h)
    yield seccion("s-firmas", "Hoja de firmas")
    yield from redaccion.hoja_de_firmas(h, "rubricas")


def narrado(h: Hechos, punto: Punto) -> Iterator[Bloque]:
    """«Como punto IV del orden del día…», lo que en él ocurrió, cómo terminó y lo que se acordó."""
    yield parrafo(f"entrada-{punto.id}", entrada(punto), paso="orden")
    if punto is primero(h, TipoPunto.LISTA):
        yield from redaccion.declaratoria(h)
    if punto is primero(h, TipoPunto.ORDEN):
        yield from orden_del_dia(h)
    yield from puntos.relato(h, punto)
    yield from (replace(bloque, clase=PARRAFO) for bloque in resultado(punto))
    yield from acordado(punto)


def primero(h: Hechos, tipo: str) -> Punto | None:
    """El primer punto de esa clase: el de la lista y el quórum, o el del orden del día."""
    return next((punto for punto in h.puntos if punto.tipo == tipo), None)


def orden_del_dia(h: Hechos) -> Iterator[Bloque]:
    """La lista completa, donde se somete a consideración; sin ese punto, antes del primero."""
    yield parrafo("intro-orden", "El orden del día es el siguiente:", paso="orden")
    yield Bloque("orden", ORDEN, renglones=puntos.orden_del_dia(h), paso="orden")


def resultado(punto: Punto) -> Iterator[Bloque]:
    """Cómo terminó: de lo que se presentó y se anexa, quién tomó nota; lo ya dicho no se repite."""
    if punto.anexos and punto.resultado in CON_NOTA and not punto.sin_tratar:
        if not YA_SE_DIJO.search(punto.desahogo):
            yield Bloque(f"resultado-{punto.id}", RESULTADO, TOMAN_NOTA, paso="desahogo")
    elif not (punto.oficios and punto.resultado == Resultado.DA_CUENTA):  # eso lo dice el propio oficio
        yield from puntos.resultado(punto)


def acordado(punto: Punto) -> Iterator[Bloque]:
    """Los acuerdos del punto, anunciados: en un relato seguido no hay sección que los reúna."""
    if punto.acuerdos:
        uno = len(punto.acuerdos) == 1
        texto = "Se toma el siguiente acuerdo:" if uno else "Se toman los siguientes acuerdos:"
        yield parrafo(f"intro-acuerdos-{punto.id}", texto, paso="desahogo")
    for acuerdo in punto.acuerdos:
        yield from puntos.acuerdo(acuerdo, nivel=3)


def entrada(punto: Punto) -> str:
    """Anuncia el punto por su lugar en el orden del día o, si lleva viñeta, por su título."""
    if any(parte.strip() in VINETAS for parte in punto.ruta):
        pasa = "Estaba previsto el punto" if punto.sin_tratar else "Se pasa al punto"
        return frase(f"**{pasa}** {citar(punto.titulo)}")
    lugar = nombrar(punto).removeprefix("el ") + ("," if len(punto.ruta) > 1 else "")
    abre = punto.tipo in (TipoPunto.GRUPO, TipoPunto.GENERALES)
    que = "se abre el siguiente apartado" if abre else "se trata el siguiente asunto"
    que = "estaba previsto el siguiente asunto" if punto.sin_tratar else que
    return frase(f"**Como {lugar} del orden del día**, {que}: {sin_punto(punto.titulo)}")
