"""Acuerdos ordinales: ficha, orden del día, declaratoria, acuerdos Primero… y tabla de firmas (S0)."""

from collections.abc import Callable, Iterator

from sesiones.acta import puntos, redaccion
from sesiones.acta.bloques import FICHA, ORDEN, Bloque, parrafo, seccion
from sesiones.acta.palabras import llano
from sesiones.acta.piezas import Hechos, Punto
from stl_portal.espanol import dia_semana, fecha_larga, hora_numerica


def componer(h: Hechos) -> Iterator[Bloque]:
    """El acta completa, de la ficha a la hoja de firmas."""
    yield Bloque("datos", FICHA, filas=tuple(ficha(h)), paso="convocatoria")
    yield seccion("s-orden", "Orden del día")
    yield Bloque("orden", ORDEN, renglones=puntos.orden_del_dia(h), paso="orden")
    yield seccion("s-quorum", "Asistencia y declaratoria de quórum" if h.con_quorum else "Asistencia")
    yield parrafo("apertura", redaccion.apertura(h), paso="convocatoria")
    yield from redaccion.lista_y_quorum(h)
    yield from redaccion.invitadas(h)
    yield from redaccion.ausencias(h)
    yield from desarrollo(h)
    yield from acuerdos(h)
    yield from conclusion(h)
    yield seccion("s-firmas", "Firmas")
    yield from redaccion.hoja_de_firmas(h, "tabla")


def ficha(h: Hechos) -> Iterator[tuple[str, str]]:
    """Objetivo, fecha, horario y lugar."""
    yield "Objetivo de la reunión", llano(h.objetivo) or f"Celebrar la {h.designacion}"
    yield "Fecha", f"{dia_semana(h.fecha)} {fecha_larga(h.fecha)}".capitalize()
    yield "Horario", horario(h)
    yield "Lugar", ". ".join(llano(parte).rstrip(".") for parte in (h.lugar, h.domicilio) if parte)


def horario(h: Hechos) -> str:
    """«De 10:00 a 11:42 horas», o solo el inicio mientras no se cierra."""
    inicio = hora_numerica(h.inicio or h.hora)
    return f"De {inicio.removesuffix(' horas')} a {hora_numerica(h.cierre)}" if h.cierre else inicio


def desarrollo(h: Hechos) -> Iterator[Bloque]:
    """Lo dicho en cada punto, antes de los acuerdos que se tomaron."""
    partes: list[Bloque] = list(puntos.movimientos_sin_punto(h))
    partes += con_titulos(h, lambda p: [*puntos.relato(h, p), *puntos.resultado(p)])
    partes += redaccion.seguimientos(h)
    if partes:
        yield seccion("s-desarrollo", "Desarrollo de la sesión")
        yield from partes


def con_titulos(h: Hechos, decir: Callable[[Punto], list[Bloque]]) -> Iterator[Bloque]:
    """Cada punto del que hay algo que decir, con su título y los títulos de los que lo contienen."""
    pendientes: list[Punto] = []
    for punto in h.puntos:
        pendientes = [p for p in pendientes if p.nivel < punto.nivel] + [punto]
        dicho = decir(punto)
        if dicho:
            yield from (puntos.titulo(p) for p in pendientes)
            yield from dicho
            pendientes = []


def acuerdos(h: Hechos) -> Iterator[Bloque]:
    """Primero, Segundo… con su votación y su compromiso."""
    if not h.acuerdos:
        return
    yield seccion("s-acuerdos", "Acuerdos")
    uno = len(h.acuerdos) == 1
    texto = "el siguiente acuerdo" if uno else "los siguientes acuerdos"
    yield parrafo(
        "intro-acuerdos", f"Desahogado el orden del día, se {'tomó' if uno else 'tomaron'} {texto}:"
    )
    for acuerdo in h.acuerdos:
        yield from puntos.acuerdo(acuerdo, nivel=3)


def conclusion(h: Hechos) -> Iterator[Bloque]:
    """Recesos, anexos generales y cierre."""
    partes = [*redaccion.recesos(h), *puntos.anexados("anexos", h.anexos), *redaccion.cierre(h)]
    if partes:
        yield seccion("s-cierre", "Cierre")
        yield from partes
