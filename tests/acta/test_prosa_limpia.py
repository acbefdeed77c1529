"""Con cualquier combinación de hechos, el acta se lee sin huecos ni puntuación repetida."""

import re
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from sesiones.acta import constancias
from sesiones.acta.bloques import Bloque, Renglon
from sesiones.acta.estilos import ESTILOS, redactar
from sesiones.acta.piezas import Hechos
from tests.acta.piezas import HECHOS

DEFECTOS = {
    "None": re.compile(r"\bNone\b"),
    "dos espacios": re.compile(r"  "),
    "dos puntos finales": re.compile(r"\.\."),
    "espacio antes de puntuación": re.compile(r" [,.;:](?:\s|$)"),
    "puntuación repetida": re.compile(r"[,;:][,;:]|[,;:]\.|\.,\."),
    "llaves de plantilla": re.compile(r"[{}]"),
}


def _renglones(renglones: Iterable[Renglon]) -> Iterator[str]:
    for renglon in renglones:
        yield from (renglon.etiqueta, renglon.titulo, renglon.nota)
        yield from _renglones(renglon.dentro)


def textos(bloques: Iterable[Bloque]) -> Iterator[str]:
    """Todo lo que un bloque dice."""
    for bloque in bloques:
        yield from (bloque.texto, bloque.rotulo)
        yield from (celda for fila in bloque.filas for celda in fila)
        yield from _renglones(bloque.renglones)


def defectos(dichos: Iterable[str]) -> list[str]:
    """Qué defecto hay y en qué texto."""
    return [
        f"{nombre}: {texto}" for texto in dichos for nombre, malo in DEFECTOS.items() if malo.search(texto)
    ]


@pytest.mark.parametrize("estilo", ESTILOS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(h=HECHOS)
def test_ninguna_combinacion_deja_huecos(estilo: str, h: Hechos) -> None:
    bloques = redactar(h, estilo)
    assert defectos(textos(bloques)) == []
    for bloque in bloques:
        if bloque.editable:
            assert bloque.texto.strip() or bloque.clase == "acuerdo", bloque.clave


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(h=HECHOS)
def test_tampoco_en_la_convocatoria_ni_en_la_certificacion(h: Hechos) -> None:
    firma = constancias.quien_certifica(h)
    emite = h.convocatorias[-1] if h.convocatorias else None
    dichos = [constancias.convoca(h), constancias.enmienda(h, emite), constancias.certifica(h, firma)]
    dichos += [celda for fila in constancias.ficha_de_convocatoria(h, emite) for celda in fila]
    assert defectos(dichos) == []


def test_el_detector_ve_cada_defecto() -> None:
    malos = ["se vota None", "dos  espacios", "A.C..", "dice , luego", "firma,; y", "quedó {h.lugar}"]
    assert len(defectos(malos)) == len(malos)
