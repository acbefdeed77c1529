"""El texto de un PDF con sus tablas en renglones: cada fila en uno, con un tabulador entre celdas.

Un PDF no dice qué es una tabla: escribe cada celda por su lado, en varios renglones cortos. Aquí se
reconoce por el lugar: lo que está a la misma altura y a la derecha es otra celda de la fila, y los renglones
seguidos que empiezan en el mismo margen son una sola celda.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pymupdf

from . import paginas

HOLGURA = 2.0  # puntos: dos renglones de la misma celda empiezan en el mismo margen
SEGUIDO = 0.45  # del alto del renglón: más aire que ese separa dos celdas, una bajo la otra
AIRE = 0.2  # del alto del renglón: el que separa dos párrafos, además del que hay entre renglones
MINIMO = 0.5  # del alto del renglón: un hueco menor es un espacio
HUECO = 2.2  # veces el espacio común del renglón: un hueco mayor separa dos celdas


@dataclass
class Celda:
    """Renglones seguidos, uno bajo otro, con el mismo margen."""

    renglones: list[str]
    cajas: list[pymupdf.Rect]  # una por renglón

    @property
    def caja(self) -> pymupdf.Rect:
        """El lugar que ocupa."""
        junta = pymupdf.Rect(self.cajas[0])
        for suya in self.cajas[1:]:
            junta |= suya
        return junta

    @property
    def alto(self) -> float:
        """De un renglón."""
        return float(self.cajas[0].height)

    def sigue(self, otra: "Celda") -> bool:
        """Si `otra` es su renglón siguiente."""
        margen = abs(otra.caja.x0 - self.caja.x0) <= HOLGURA
        return margen and -HOLGURA <= otra.caja.y0 - self.caja.y1 <= SEGUIDO * self.alto

    def sumar(self, otra: "Celda") -> None:
        """La deja al final."""
        self.renglones += otra.renglones
        self.cajas += otra.cajas

    def se_alinea(self, vecina: "Celda") -> bool:
        """Si empiezan a la misma altura o están centradas una con otra."""
        tope = abs(self.caja.y0 - vecina.caja.y0)
        centro = abs(self.caja.y0 + self.caja.y1 - vecina.caja.y0 - vecina.caja.y1) / 2
        return min(tope, centro) <= HOLGURA

    def lo_de_arriba(self, vecina: "Celda") -> "Celda | None":
        """Los primeros renglones, si son de otra cosa (el título de la tabla): los quita y los devuelve.

        Los de esta fila se alinean con la vecina; si todos lo hacen, todos son de ella.
        """
        for desde in range(len(self.cajas)):
            resto = Celda(self.renglones[desde:], self.cajas[desde:])
            if not resto.se_alinea(vecina):
                continue
            arriba = Celda(self.renglones[:desde], self.cajas[:desde])
            self.renglones, self.cajas = resto.renglones, resto.cajas
            return arriba if desde else None
        return None


@dataclass
class Fila:
    """Las celdas que van a la misma altura."""

    celdas: list[Celda] = field(default_factory=list)

    @property
    def texto(self) -> str:
        """Sus celdas, con un tabulador entre ellas; la que es una sola conserva sus renglones."""
        if len(self.celdas) == 1:
            return "\n".join(self.celdas[0].renglones)
        return "\t".join(" ".join(celda.renglones) for celda in self.celdas)


def texto(pagina: Any) -> str:
    """Todo el texto de la página, con un renglón vacío donde hay más aire que entre sus renglones."""
    filas = _filas(list(_trozos(pagina)))
    if not filas:
        return ""
    aires = [b.celdas[0].caja.y0 - a.celdas[0].caja.y1 for a, b in pairwise(filas)]
    comun = sorted(aires)[len(aires) // 4] if aires else 0.0
    dicho = filas[0].texto
    for fila, aire in zip(filas[1:], aires, strict=True):
        salto = aire > max(comun, 0) + AIRE * fila.celdas[0].alto
        dicho += ("\n\n" if salto else "\n") + fila.texto
    return dicho


def _trozos(pagina: Any) -> Iterator[Celda]:
    """Cada renglón de la página, partido donde hay un hueco mayor que sus espacios."""
    for letras in paginas.renglones(pagina):
        palabras = list(_palabras(letras))
        huecos = [b[1].x0 - a[1].x1 for a, b in pairwise(palabras)]
        comun = sorted(huecos)[len(huecos) // 2] if len(huecos) > 1 else 0.0
        junto: list[tuple[str, pymupdf.Rect]] = []
        for palabra, hueco in zip(palabras, [0.0, *huecos], strict=False):
            alto = palabra[1].height
            if junto and hueco > max(HUECO * comun, alto * MINIMO):
                yield _celda(junto)
                junto = []
            junto.append(palabra)
        if junto:
            yield _celda(junto)


def _palabras(letras: Sequence[paginas.Letra]) -> Iterator[tuple[str, pymupdf.Rect]]:
    dicho, caja = "", pymupdf.Rect()
    for letra, suya in letras:
        if letra.isspace():
            if dicho:
                yield dicho, caja
            dicho, caja = "", pymupdf.Rect()
        else:
            caja = caja | suya if dicho else pymupdf.Rect(suya)
            dicho += letra
    if dicho:
        yield dicho, caja


def _celda(palabras: Sequence[tuple[str, pymupdf.Rect]]) -> Celda:
    caja = pymupdf.Rect(palabras[0][1])
    for _, suya in palabras[1:]:
        caja |= suya
    return Celda([" ".join(dicho for dicho, _ in palabras)], [caja])


def _filas(trozos: Sequence[Celda]) -> list[Fila]:
    """Los trozos, en el orden en que el PDF los escribe: primero en celdas, y las celdas en filas."""
    filas: list[Fila] = []
    for celda in _celdas(trozos):
        if not filas or not _cabe(filas, celda):
            filas.append(Fila([celda]))
    return filas


def _celdas(trozos: Sequence[Celda]) -> Iterator[Celda]:
    """Los renglones seguidos con el mismo margen, juntos."""
    actual: Celda | None = None
    for trozo in trozos:
        if actual and actual.sigue(trozo):
            actual.sumar(trozo)
            continue
        if actual:
            yield actual
        actual = trozo
    if actual:
        yield actual


def _cabe(filas: list[Fila], celda: Celda) -> bool:
    """Si la celda va a la derecha de la última fila, a su altura; y la deja ahí."""
    ultima = filas[-1].celdas[-1]
    if celda.caja.x0 < ultima.caja.x1 - HOLGURA or not _a_la_par(filas[-1].celdas[0], celda):
        return False
    if len(filas[-1].celdas) == 1 and (arriba := ultima.lo_de_arriba(celda)):
        filas.insert(-1, Fila([arriba]))
    filas[-1].celdas.append(celda)
    return True


def _a_la_par(una: Celda, otra: Celda) -> bool:
    """Si comparten al menos la mitad de la altura de la más baja."""
    comun = min(una.caja.y1, otra.caja.y1) - max(una.caja.y0, otra.caja.y0)
    return comun >= min(una.caja.height, otra.caja.height) / 2
