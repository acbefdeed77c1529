"""Desahogo con renglones numerados: datos, asistentes, agenda, lo ocurrido punto por punto (S2)."""

from collections.abc import Iterator

from sesiones.acta import puntos, redaccion
from sesiones.acta.bloques import FICHA, FIN, ORDEN, Bloque, parrafo, seccion
from sesiones.acta.estilos.acuerdos import con_titulos, conclusion
from sesiones.acta.palabras import llano
from sesiones.acta.piezas import Hechos, Punto
from sesiones.estados import Modalidad
from stl_portal.espanol import fecha_larga, hora_numerica


def componer(h: Hechos) -> Iterator[Bloque]:
    """El acta completa, de los datos de la sesión a «Fin de texto»."""
    yield seccion("s-datos", "Datos de la sesión")
    yield Bloque("datos", FICHA, filas=tuple(ficha(h)), paso="convocatoria")
    yield seccion("s-asistentes", "Integrantes asistentes")
    yield from redaccion.tabla_de_asistentes(h)
    yield from redaccion.ausencias(h)
    yield seccion("s-orden", "Orden del día")
    yield Bloque("orden", ORDEN, renglones=puntos.orden_del_dia(h), paso="orden")
    yield seccion("s-desahogo", "Desahogo de la sesión")
    yield parrafo("apertura", redaccion.apertura(h), paso="convocatoria")
    yield from redaccion.declaratoria(h)
    yield from puntos.movimientos_sin_punto(h)
    yield from con_titulos(h, lambda punto: desahogado(h, punto))
    yield from redaccion.seguimientos(h)
    yield from conclusion(h)
    yield seccion("s-firmas", "Firmas")
    yield from redaccion.hoja_de_firmas(h, "rubricas")
    yield Bloque("fin", FIN, redaccion.fin_de_texto(h))


def ficha(h: Hechos) -> Iterator[tuple[str, str]]:
    """Fecha, inicio, cierre, modalidad y lugar."""
    yield "Fecha", fecha_larga(h.fecha)
    yield "Inicio", hora_numerica(h.inicio or h.hora)
    if h.cierre:
        yield "Cierre", hora_numerica(h.cierre)
    yield "Modalidad", str(Modalidad(h.modalidad).label)
    yield "Lugar", ". ".join(llano(parte).rstrip(".") for parte in (h.lugar, h.domicilio) if parte)


def desahogado(h: Hechos, punto: Punto) -> list[Bloque]:
    """Lo ocurrido en el punto, sus acuerdos y cómo terminó."""
    dicho = list(puntos.relato(h, punto))
    for acuerdo in punto.acuerdos:
        dicho += puntos.acuerdo(acuerdo, nivel=min(4 + punto.nivel, 6))
    return [*dicho, *puntos.resultado(punto)]
