"""Lo que queda en la auditoría cuando alguien cambia un registro del órgano."""

from typing import Any

from django.http import HttpRequest

from sesiones.models import Organo
from stl_portal.auditoria import cadena

from .declaracion import Registro
from .huella import diferencias

LARGO = 200  # caracteres de cada dato


def lo_escrito(forma: Any) -> str:
    """«Peso: 1 → 2; …», antes de guardar; un texto largo, solo como empieza."""
    return "; ".join(f"{c.dato}: {c.guardado[:LARGO]} → {c.tuyo[:LARGO]}" for c in diferencias(forma))


def constar(
    request: HttpRequest, organo: Organo, registro: Registro, que: str, fila: Any, detalle: str = ""
) -> None:
    """Anota quién agregó, corrigió o quitó esa fila, dentro de la transacción que lo hace."""
    sobre = f"{registro.titulo}: {registro.nombra(fila)}"
    cadena.anotar(que, por=request.user, organo=organo.clave, sobre=sobre, detalle=detalle, request=request)
