"""Narrativa municipal: proemio, «Como punto IV…», citas textuales, cierre con hora y hoja de firmas."""

from collections.abc import Iterator
from dataclasses import replace

from sesiones.acta import puntos, redaccion
from sesiones.acta.bloques import PARRAFO, Bloque, parrafo, seccion
from sesiones.acta.palabras import VINETAS, citar, frase, nombrar, sin_punto
from sesiones.acta.piezas import Hechos, Punto
from sesiones.estados import TipoPunto


def componer(h: Hechos) -> Iterator[Bloque]:
    """El acta como un relato seguido, del proemio a la hoja de firmas."""
    yield parrafo("apertura", redaccion.apertura(h), paso="convocatoria")
    yield from redaccion.asistencia(h)
    yield from redaccion.invitadas(h)
    yield from redaccion.ausencias(h)
    if primero_de_lista(h) is None:
        yield from redaccion.declaratoria(h)
    yield from puntos.movimientos_sin_punto(h)
    for punto in h.puntos:
        yield from narrado(h, punto)
    yield from redaccion.seguimientos(h)
    yield from redaccion.recesos(h)
    yield from puntos.anexados("anexos", h.anexos)
    yield from redaccion.cierre(h)
    yield seccion("s-firmas", "Hoja de firmas")
    yield from redaccion.hoja_de_firmas(h, "rubricas")


def narrado(h: Hechos, punto: Punto) -> Iterator[Bloque]:
    """«Como punto IV del orden del día…» y lo que en él ocurrió."""
    yield parrafo(f"entrada-{punto.id}", entrada(punto), paso="orden")
    if punto is primero_de_lista(h):
        yield from redaccion.declaratoria(h)
    yield from puntos.relato(h, punto)
    for acuerdo in punto.acuerdos:
        yield from puntos.acuerdo(acuerdo, nivel=3)
    yield from (replace(bloque, clase=PARRAFO) for bloque in puntos.resultado(punto))


def primero_de_lista(h: Hechos) -> Punto | None:
    """El punto en que se pasa lista y se declara el quórum."""
    return next((punto for punto in h.puntos if punto.tipo == TipoPunto.LISTA), None)


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
