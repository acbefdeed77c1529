"""La gráfica de un conjunto: cuántas filas, o qué suma, hay de cada valor de una columna.

Barras acostadas: los nombres caben, y en un teléfono se leen. Las unidades son las de la caja.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .registro import Columna, Conjunto, Fila, Tipo

CABEN = 12  # barras; lo demás se junta en una
ANCHO, RENGLON, BARRA = 420, 44, 16
ORILLA = 70  # lo que ocupa la cifra al final de la barra más larga
LETRAS = 46  # caben a lo ancho; el nombre entero está en la tabla
SIN_DATO = "Sin dato"
Par = tuple[str, float]


@dataclass(frozen=True)
class Barra:
    """Una barra con su nombre y su cifra, en su lugar."""

    nombre: str
    cifra: str
    y: int
    ancho: float

    @property
    def de_la_barra(self) -> int:
        """Donde empieza, debajo de su nombre."""
        return self.y + 22

    @property
    def de_la_cifra(self) -> float:
        """Donde se escribe la cifra."""
        return round(self.ancho + 6, 1)


@dataclass(frozen=True)
class Grafica:
    """Lo que se dibuja y la tabla que dice lo mismo."""

    titulo: str
    columnas: tuple[str, str]
    pares: Sequence[Par]

    @property
    def alto(self) -> int:
        """De la caja."""
        return RENGLON * len(self.pares) + 4

    @property
    def ancho(self) -> int:
        """De la caja."""
        return ANCHO

    @property
    def barras(self) -> Iterator[Barra]:
        """De arriba abajo, en el orden de la tabla."""
        mayor = max((cuanto for _, cuanto in self.pares), default=0) or 1
        for n, (nombre, cuanto) in enumerate(self.pares):
            largo = round((ANCHO - ORILLA) * max(cuanto, 0) / mayor, 1)
            yield Barra(_corto(nombre), legible(cuanto), n * RENGLON, largo)

    @property
    def filas(self) -> list[tuple[str, str]]:
        """De la tabla."""
        return [(nombre, legible(cuanto)) for nombre, cuanto in self.pares]


class Cuenta:
    """Lleva la cuenta mientras las filas pasan, para no recorrerlas dos veces."""

    def __init__(self, conjunto: Conjunto) -> None:
        """Del conjunto solo se usan las dos columnas de su gráfica."""
        agrupa, suma = conjunto.grafica or ("", "")
        self._agrupa = conjunto.nombres.index(agrupa) if agrupa else None
        self._suma = conjunto.nombres.index(suma) if suma else None
        self._columna = conjunto.columnas[self._agrupa] if self._agrupa is not None else None
        self._cuanto: Counter[Any] = Counter()
        self.filas = 0

    def de(self, filas: Iterable[Fila]) -> Iterator[Fila]:
        """Las mismas filas, contadas al paso."""
        for fila in filas:
            self.filas += 1
            if self._agrupa is not None:
                self._cuanto[fila[self._agrupa]] += self._cuanto_suma(fila)
            yield fila

    def _cuanto_suma(self, fila: Fila) -> Any:
        return 1 if self._suma is None else Decimal(str(fila[self._suma] or 0))

    @property
    def pares(self) -> list[Par]:
        """Cada valor con lo suyo: por fecha o número, en su orden; lo demás, de mayor a menor."""
        if self._columna is None:
            return []
        en_orden = sorted(self._cuanto.items(), key=_orden(self._columna))
        pares = [(_dicho(self._columna, valor), float(cuanto)) for valor, cuanto in en_orden]
        if len(pares) <= CABEN:
            return pares
        resto = pares[CABEN - 1 :]
        return [*pares[: CABEN - 1], (f"Los otros {len(resto)}", sum(cuanto for _, cuanto in resto))]


def _orden(columna: Columna) -> Any:
    if columna.tipo in (Tipo.FECHA, Tipo.ENTERO):
        return lambda par: (par[0] is None, par[0] or 0 if columna.tipo is Tipo.ENTERO else str(par[0]))
    return lambda par: (-par[1], str(par[0]))


def _dicho(columna: Columna, valor: Any) -> str:
    if valor is None or valor == "":
        return SIN_DATO
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    return dict(columna.valores).get(str(valor), str(valor))


def de(conjunto: Conjunto, pares: Sequence[Par]) -> Grafica | None:
    """La gráfica de unas cuentas ya hechas; None si no hay nada que comparar."""
    if conjunto.grafica is None or len(pares) < 2:
        return None
    titulos = {c.nombre: c.titulo for c in conjunto.columnas}
    agrupa, suma = conjunto.grafica
    cuanto = titulos[suma] if suma else "Filas"
    de_que = titulos[agrupa][:1].lower() + titulos[agrupa][1:]
    return Grafica(f"{cuanto} por {de_que}", (titulos[agrupa], f"{cuanto}:"), pares)


def legible(cuanto: float) -> str:
    """«1 200», «42.5»."""
    return f"{cuanto:,.0f}".replace(",", "\u202f") if math.isclose(cuanto % 1, 0) else f"{cuanto:,.2f}"


def _corto(nombre: str) -> str:
    return nombre if len(nombre) <= LETRAS else f"{nombre[: LETRAS - 1]}…"
