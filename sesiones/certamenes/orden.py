"""De las calificaciones al orden: promedio ponderado, empates y reconocimientos. Reglas puras.

Se compara lo que se lee: el promedio sobre cien, redondeado a dos decimales. Si empata, decide el criterio
de más peso, luego el que sigue; quien empata en todo comparte el lugar y el siguiente se salta. Las
abstenciones no suman ni dividen.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from stl_portal.espanol import enumerar

K = TypeVar("K", bound=Hashable)
CENTESIMO = Decimal("0.01")


@dataclass(frozen=True)
class Medida:
    """Un criterio: cómo se llama, cuánto pesa y de cuántos puntos es su escala (de 0 a `escala`)."""

    nombre: str
    peso: int
    escala: int


@dataclass(frozen=True)
class Nota:
    """El promedio sobre cien, el de cada criterio en su escala, y de cuántas calificaciones sale."""

    total: Decimal
    por_criterio: tuple[Decimal, ...]
    calificaciones: int
    abstenciones: int = 0


@dataclass(frozen=True)
class Reglas:
    """Qué se reconoce y con cuánto, sobre cien."""

    lugares: int = 3
    menciones: int = 2
    minimo: Decimal = Decimal(0)


@dataclass(frozen=True)
class Puesto(Generic[K]):
    """Dónde quedó una postulación. `lugar` y `mencion` faltan en las que no se reconocen."""

    clave: K
    nota: Nota
    orden: int
    lugar: int | None
    mencion: bool
    porque: str


def promedio(medidas: Sequence[Medida], hojas: Sequence[Sequence[int] | None]) -> Nota | None:
    """El de una postulación; cada hoja trae los puntos de cada criterio, o None si fue abstención.

    None si nadie la calificó.
    """
    validas = [hoja for hoja in hojas if hoja is not None]
    if not validas:
        return None
    medias = [Fraction(sum(hoja[i] for hoja in validas), len(validas)) for i in range(len(medidas))]
    pesos = sum(m.peso for m in medidas)
    total = sum(
        (Fraction(m.peso) * media / m.escala for m, media in zip(medidas, medias, strict=True)), Fraction()
    )
    return Nota(
        _redondo(total * 100 / pesos), tuple(map(_redondo, medias)), len(validas), len(hojas) - len(validas)
    )


def _redondo(valor: Fraction) -> Decimal:
    """A dos decimales; la mitad sube."""
    exacto = Decimal(valor.numerator) / Decimal(valor.denominator)
    return exacto.quantize(CENTESIMO, ROUND_HALF_UP)


def ordenar(
    medidas: Sequence[Medida], notas: Mapping[K, Nota], nombres: Mapping[K, str], reglas: Reglas
) -> list[Puesto[K]]:
    """Todas, de la mejor a la que menos obtuvo, con su porqué; sin lugar las que no llegan al mínimo."""
    por_peso = sorted(range(len(medidas)), key=lambda i: (-medidas[i].peso, i))
    llaves = {clave: _llave(nota, por_peso) for clave, nota in notas.items()}
    en_orden = sorted(notas, key=lambda clave: llaves[clave], reverse=True)
    ordenes = {clave: 1 + sum(otra > llaves[clave] for otra in llaves.values()) for clave in notas}
    explicar = _Explicacion(medidas, por_peso, notas, nombres, ordenes)
    return [_puesto(clave, notas[clave], ordenes[clave], reglas, explicar) for clave in en_orden]


def _llave(nota: Nota, por_peso: Sequence[int]) -> tuple[Decimal, ...]:
    return (nota.total, *(nota.por_criterio[i] for i in por_peso))


def _puesto(clave: K, nota: Nota, orden: int, reglas: Reglas, explicar: "_Explicacion[K]") -> Puesto[K]:
    alcanza = nota.total >= reglas.minimo
    con_mencion = reglas.lugares < orden <= reglas.lugares + reglas.menciones
    lugar = orden if alcanza and orden <= reglas.lugares else None
    frases = [_de_cuantas(nota), *explicar.empates(clave)]
    if not alcanza:
        frases.append(f"No llegó al mínimo de {reglas.minimo:.2f}.")
    return Puesto(clave, nota, orden, lugar, alcanza and con_mencion, " ".join(frases))


def _de_cuantas(nota: Nota) -> str:
    n, otras = nota.calificaciones, nota.abstenciones
    dicho = f"{nota.total:.2f} de 100, promedio de {n} {'calificación' if n == 1 else 'calificaciones'}."
    if otras:
        quienes = (
            "Una persona se abstuvo y no cuenta"
            if otras == 1
            else f"{otras} personas se abstuvieron y no cuentan"
        )
        dicho += f" {quienes}."
    return dicho


@dataclass(frozen=True)
class _Explicacion(Generic[K]):
    """Por qué, entre las que empataron en el promedio, una va antes que otra."""

    medidas: Sequence[Medida]
    por_peso: Sequence[int]
    notas: Mapping[K, Nota]
    nombres: Mapping[K, str]
    ordenes: Mapping[K, int]

    def empates(self, clave: K) -> list[str]:
        """Una frase por las que comparten el lugar y otra por cada una con la que se desempató."""
        suya = self.notas[clave]
        iguales = [k for k, nota in self.notas.items() if k != clave and nota.total == suya.total]
        comparten = [k for k in iguales if self.ordenes[k] == self.ordenes[clave]]
        frases = [self._desempate(clave, k) for k in iguales if k not in comparten]
        if comparten:
            quienes = enumerar(f"«{self.nombres[k]}»" for k in comparten)
            frases.append(f"Empató en todo con {quienes}: comparten el lugar.")
        return frases

    def _desempate(self, clave: K, otra: K) -> str:
        suyos, ajenos = self.notas[clave].por_criterio, self.notas[otra].por_criterio
        decide = next(i for i in self.por_peso if suyos[i] != ajenos[i])
        donde = "antes" if self.ordenes[clave] < self.ordenes[otra] else "después"
        return (
            f"Empató con «{self.nombres[otra]}» y queda {donde} por «{self.medidas[decide].nombre}» "
            f"({suyos[decide]:.2f} y {ajenos[decide]:.2f})."
        )
