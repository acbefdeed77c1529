"""Los blancos del fuzz: cuántos casos le tocan a cada uno, qué se le exige a cada caso y cómo se cuentan.

Con `FUZZ=100000` (`make fuzz`) son al menos esos, con semilla nueva cada vez; sin él, unos cientos que son
siempre los mismos. Un caso pasa si da un resultado o el rechazo de su dominio, con una frase que se entiende,
sin pasar de su tope de procesador ni de memoria. Lo demás es un defecto del portal.
"""

import functools
import os
import re
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings

TOTAL = int(os.environ.get("FUZZ", "0"))
SEGUNDOS = 10  # de procesador, por caso; lo normal son milésimas
MEMORIA = 400_000  # kB que puede crecer el proceso en un solo caso

# Blanco → su parte de los casos de la corrida larga y cuántos son en la corta.
PARTES: dict[str, tuple[int, int]] = {
    "csv": (12, 30),
    "xlsx": (6, 10),
    "zip-de-todo": (4, 10),
    "celdas": (20, 50),
    "valores": (10, 30),
    "renglones": (3, 15),
    "inspeccion": (12, 40),
    "testado": (1, 3),
    "nombres": (16, 30),
    "texto": (12, 25),
    "buscador": (10, 20),
    "actas-viejas": (4, 6),
    "matriz": (8, 15),
    "asientos": (3, 8),
    "plazos": (12, 20),
    "numeros": (8, 20),
    "subida": (12, 40),
    "filtros": (12, 40),
    "cabeceras": (8, 30),
    "certificados": (8, 20),
    "registro": (6, 20),
    "canonico": (4, 20),
    "rebotes": (4, 20),
    "fichas": (3, 20),
    "pdf-firmado": (1, 2),
    "direcciones": (3, 12),
    "formas": (1, 6),
}
SUMA = sum(parte for parte, _ in PARTES.values())


class Tardado(BaseException):
    """El caso pasó de su tope de procesador; `BaseException`, para que ningún `except` se la trague."""


@dataclass
class Cuenta:
    """Lo que lleva un blanco."""

    casos: int = 0
    rechazos: int = 0
    segundos: float = 0
    peor: float = 0  # segundos de procesador del caso más caro


CUENTAS: dict[str, Cuenta] = {}


def cuantos(nombre: str) -> int:
    """Casos que le tocan al blanco en esta corrida."""
    parte, corta = PARTES[nombre]
    return -(-TOTAL * parte // SUMA) if TOTAL else corta


def blanco(
    nombre: str, /, *, ejemplos: Sequence[Mapping[str, Any]] = (), **estrategias: Any
) -> Callable[[Callable[..., None]], Any]:
    """La prueba, con sus casos generados y `ejemplos` que se prueban siempre: lo que alguna vez falló."""
    cuenta = CUENTAS.setdefault(nombre, Cuenta())

    def decorar(prueba: Callable[..., None]) -> Any:
        @functools.wraps(prueba)
        def vigilada(*args: Any, **kwargs: Any) -> None:
            try:
                with _vigilado(cuenta):
                    prueba(*args, **kwargs)
            except BaseException as error:
                error.add_note(f"El caso: {kwargs!r:.3000}")
                raise

        generada: Any = given(**estrategias)(vigilada)
        for ejemplo in ejemplos:
            generada = example(**ejemplo)(generada)
        return settings(
            max_examples=cuantos(nombre),
            derandomize=not TOTAL,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )(generada)

    return decorar


@contextmanager
def _vigilado(cuenta: Cuenta) -> Iterator[None]:
    """Con tope de procesador y de memoria; cuenta el caso aunque falle."""
    antes, memoria = time.process_time(), _pico()
    previa = signal.signal(signal.SIGPROF, _tardo)
    signal.setitimer(signal.ITIMER_PROF, SEGUNDOS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previa)
        costo = time.process_time() - antes
        cuenta.casos += 1
        cuenta.segundos += costo
        cuenta.peor = max(cuenta.peor, costo)
    assert _pico() - memoria < MEMORIA, "ocupó demasiada memoria"


def _tardo(_senal: int, marco: Any) -> None:
    raise Tardado("".join(traceback.format_stack(marco, limit=6)))


def _pico() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def o_rechazo(nombre: str, dominio: type[BaseException], hacer: Callable[[], Any]) -> Any:
    """Lo que da `hacer`, o None si lo rechazó con una frase clara. Cualquier otra excepción sale."""
    try:
        return hacer()
    except dominio as rechazo:
        CUENTAS[nombre].rechazos += 1
        for frase in frases_de(rechazo):
            exigir_frase(frase)
        return None


def frases_de(rechazo: BaseException) -> list[str]:
    """Lo que lee la persona."""
    dichas = getattr(rechazo, "messages", None) or [getattr(rechazo, "frase", "") or str(rechazo)]
    return [str(dicha) for dicha in dichas]


_CITADO = re.compile(r"«.*?»|\(.*?hojas.*?\)", re.DOTALL)
# Lo que dicen las bibliotecas y no una persona de México.
_DE_PROGRAMA = re.compile(
    r"\b(expected|unexpected|invalid|line contains|object|codec|byte 0x|traceback|NoneType|None|Errno"
    r"|must be|not found|failed|cannot|can't|out of range|overflow|is not|missing)\b|<class|0x[0-9a-f]{6}",
    re.IGNORECASE,
)


def exigir_frase(frase: str) -> None:
    """Una oración en español: ni vacía, ni enorme, ni la de una biblioteca."""
    assert 8 <= len(frase) <= 3_000, frase[:300]
    assert frase == frase.strip(), repr(frase)
    assert frase[0].isupper() or frase[0] in "«¿¡" or ":" in frase, frase
    assert frase[-1] in ".?!)»", frase[-200:]
    assert "\0" not in frase
    assert not _DE_PROGRAMA.search(_CITADO.sub("«»", frase)), frase
