"""Los datos dentro de un texto: «{organo}» se cambia por su valor al mostrarlo."""

import re
from collections.abc import Iterator, Mapping

from django.core.exceptions import ValidationError

from stl_portal.espanol import enumerar

from .registro import Editable

_DATO = re.compile(r"\{([^{}]*)\}")
_LLAVE = re.compile(r"[{}]")
_ALREDEDOR = 15  # caracteres que se citan junto a una llave suelta
# Un dato vacío entre comas no deja dos comas seguidas ni un espacio de sobra.
_COMAS = re.compile(r"\s*,(?:\s*,)+")
_ORILLAS = re.compile(r"^[\s,]+|[ \t]+(?=[,.;:])")


def llenar(texto: str, valores: Mapping[str, object]) -> str:
    """El texto con sus datos; el que no se dio se queda escrito entre llaves."""
    return _DATO.sub(lambda hallado: str(valores.get(hallado[1], hallado[0])), texto)


def llenar_oracion(texto: str, valores: Mapping[str, object]) -> str:
    """Como `llenar`, para una oración donde algunos datos pueden faltar: se van con su coma."""
    return _ORILLAS.sub("", _COMAS.sub(",", llenar(texto, valores)))


def comprobar(texto: str, declarado: Editable) -> None:
    """Que cada dato exista, esté bien escrito y no falte. Lanza `ValidationError`, una frase por problema."""
    problemas = [*_desconocidos(texto, declarado), *_sueltas(texto), *_que_faltan(texto, declarado)]
    if problemas:
        raise ValidationError(list(dict.fromkeys(problemas)))


def _desconocidos(texto: str, declarado: Editable) -> Iterator[str]:
    admite = [variable.nombre for variable in declarado.variables]
    hay = f"Admite: {enumerar(map(str, declarado.variables))}." if admite else "Este texto no lleva ninguno."
    for nombre in _DATO.findall(texto):
        if nombre not in admite:
            yield f"No hay un dato «{{{nombre}}}». {hay}"


def _sueltas(texto: str) -> Iterator[str]:
    resto = _DATO.sub(lambda hallado: " " * len(hallado[0]), texto)
    for llave in _LLAVE.finditer(resto):
        donde = texto[max(0, llave.start() - _ALREDEDOR) : llave.end() + _ALREDEDOR].strip()
        yield f"Hay una llave «{llave[0]}» sin su pareja en «{donde}». Un dato se escribe {{así}}."


def _que_faltan(texto: str, declarado: Editable) -> Iterator[str]:
    for variable in declarado.variables:
        if variable.hace_falta and str(variable) not in texto:
            yield f"Falta {variable} ({variable.que}): sin ese dato el documento no lo diría."
