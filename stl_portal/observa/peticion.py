"""La petición que se atiende en este hilo: su número de referencia y lo que se anota de ella al terminar."""

import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass

CABECERA = "X-Request-ID"
# Lo mismo que admite nginx (deploy/nginx.conf): se escribe en los registros y en una página, y no es un dato.
_VALIDA = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{7,63}")


@dataclass(slots=True)
class Peticion:
    """Lo que se va sabiendo de ella; nada de aquí dice qué escribió ni, salvo su número, quién pide."""

    referencia: str
    ruta: str = ""  # el nombre de la dirección, no la dirección
    rol: str = "anonima"
    cuenta: int | None = None  # solo se anota de lo que se negó (`intentos.py`)
    consultas: int = 0
    codigo: int = 0


EN_CURSO: ContextVar[Peticion | None] = ContextVar("peticion_en_curso", default=None)


def nueva_referencia() -> str:
    """Dieciséis letras y cifras: se dicta por teléfono y no se repite."""
    return secrets.token_hex(8)


def referencia_de(recibida: str | None) -> str:
    """La que trae la petición, si tiene forma de referencia; si no, una nueva."""
    return recibida if recibida and _VALIDA.fullmatch(recibida) else nueva_referencia()


def anotar_ruta(nombre: str) -> None:
    """La de lo que se contesta de memoria, que ninguna vista atiende."""
    peticion = EN_CURSO.get()
    if peticion is not None:
        peticion.ruta = nombre


def referencia() -> str:
    """La de la petición en curso; vacía fuera de una."""
    peticion = EN_CURSO.get()
    return peticion.referencia if peticion else ""
