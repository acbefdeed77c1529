"""Cada aplicación apunta aquí quién ve sus avisos, qué recuerda y qué se puede seguir por correo."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from stl_portal.espanol import rotulado

from .mensaje import Mensaje


@dataclass(frozen=True)
class Serie:
    """Los avisos de una cosa (una sesión…), vistos por quien la conduce o por quien los recibe."""

    titulo: str
    volver: str  # dirección de la página de donde se llegó
    volver_a: str = "Convocatoria"  # cómo se llama esa página
    por_enviar: Sequence[Mensaje] = ()  # lo que saldría si se emitiera ahora
    sin_correo: Sequence[str] = ()  # nombres de quienes no tienen a dónde escribirles
    puede_reintentar: bool = False
    solo_de: str | None = None  # correo de quien mira: solo ve lo suyo (vacío, nada); None, ve todo


@dataclass(frozen=True)
class Tema:
    """Algo público que cualquiera puede seguir por correo, sin cuenta."""

    clave: str  # clase y clave: `organo:stl`
    nombre: str
    avisa: str  # de qué llega correo: «actas y fe de erratas»
    ficticio: bool = False
    grupo: str = ""  # bajo qué título se ofrece; sin grupo, suelto y antes que los demás

    @property
    def nombrado(self) -> str:
        """Su nombre; si es de un órgano ficticio y no lo dice, lo dice."""
        return rotulado(self.nombre, ficticio=self.ficticio)

    def __str__(self) -> str:
        """Cómo se nombra fuera de su grupo y en los correos."""
        return f"{self.nombrado}: {self.avisa}"


# Clase de serie («sesion») → función (cuenta, clave) que la arma, o None si no le toca verla.
SERIES: dict[str, Callable[[Any, str], Serie | None]] = {}
# Cada función dice qué se puede seguir ese día. Se apuntan con `stl_portal.publico.registro.apuntar`.
TEMAS: list[Callable[[dt.date], Iterable[Tema]]] = []
# Cada función encola los recordatorios de ese día, sin repetir ninguno, y dice cuántos encoló.
RECORDATORIOS: list[Callable[[dt.date], int]] = []


def temas(al: dt.date) -> dict[str, Tema]:
    """Todo lo que se puede seguir ese día, por su clave y en el orden en que se ofrece."""
    return {tema.clave: tema for fuente in TEMAS for tema in fuente(al)}


def recordar(al: dt.date) -> int:
    """Encola los recordatorios de ese día de todas las aplicaciones. Devuelve cuántos.

    Si los de una fallan, los de las demás se encolan; después lanza `ExceptionGroup` con lo que falló.
    """
    cuantos, fallas = 0, []
    for enviar in RECORDATORIOS:
        try:
            cuantos += enviar(al)
        except Exception as error:
            fallas.append(error)
    if fallas:
        raise ExceptionGroup("Hubo recordatorios que no se encolaron.", fallas)
    return cuantos
