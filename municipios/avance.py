"""Las reglas del avance municipal, sin base de datos: cuándo retrocede, qué se deriva, cómo se suma."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from municipios.estados import ORDEN_DE_AVANCE


@dataclass(frozen=True)
class Sabido:
    """Lo que consta de una etapa en un municipio.

    `situacion` es la clave; `avance`, qué tanto es (`Avance`). `derivada` = resulta de un hecho público,
    que `dicho` explica y `url` enlaza; si no, la capturó una persona y `anotacion` es su número. `motivo` es
    por qué retrocedió, si lo hizo.
    """

    situacion: str
    avance: str
    fecha: dt.date | None = None
    nota: str = ""
    motivo: str = ""
    dicho: str = ""
    url: str = ""
    derivada: bool = False
    anotacion: int = 0
    prueba: str = ""
    liga: str = ""


def retrocede(antes: str, ahora: str) -> bool:
    """Si el avance baja: se necesita decir por qué. Volver a «sin información» también es bajar."""
    return ORDEN_DE_AVANCE.index(ahora) < ORDEN_DE_AVANCE.index(antes)


def rige(capturado: Sabido | None, derivado: Sabido | None, sin_informacion: Sabido) -> Sabido:
    """Lo que vale: lo que más avance dé; a igual avance, lo capturado, que dice más.

    Lo derivado nunca rebaja lo que una persona anotó, y sin nada de ambos no hay información.
    """
    candidatos = [sabido for sabido in (capturado, derivado) if sabido is not None]
    return max(candidatos, key=lambda s: ORDEN_DE_AVANCE.index(s.avance), default=sin_informacion)


def contar(situaciones: Iterable[str], posibles: Sequence[str]) -> dict[str, int]:
    """Cuántos municipios hay en cada situación posible, también las que no tienen ninguno.

    Lanza `ValueError` si alguna situación no es de las posibles: la suma ya no daría el total.
    """
    cuenta = dict.fromkeys(posibles, 0)
    for situacion in situaciones:
        if situacion not in cuenta:
            raise ValueError(f"«{situacion}» no es una situación de la etapa.")
        cuenta[situacion] += 1
    return cuenta


def lo_que_no_suma(totales: Mapping[str, int], municipios: int) -> str:
    """Frase con la diferencia si los totales no dan los municipios que hay, o vacía."""
    suma = sum(totales.values())
    if suma == municipios:
        return ""
    falta = municipios - suma
    verbo = ("falta" if falta > 0 else "sobra") + ("" if abs(falta) == 1 else "n")
    return f"suma {suma} y son {municipios}: {verbo} {abs(falta)}."
