"""Lo que en un acta parece un dato personal y nadie ha marcado: correos, teléfonos, CURP y RFC.

Solo propone: una persona decide. Lo que se busca es la forma, así que un teléfono oficial también aparece.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sesiones.testar import leer, textos_de
from stl_portal.texto import a_llano

CIFRAS_DE_TELEFONO = (10, 12)  # con o sin el 52 de México
_FORMAS = (
    ("Correo particular", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("CURP", re.compile(r"\b[A-Z][AEIOUX][A-Z]{2}[0-9]{6}[HMX][A-Z]{5}[0-9A-Z][0-9]\b", re.IGNORECASE)),
    ("RFC", re.compile(r"\b[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}\b", re.IGNORECASE)),
    (
        "Teléfono particular",
        re.compile(r"(?<![\w-])(?:\+?52[ .-]?)?\(?[0-9]{2,3}\)?(?:[ .-]?[0-9]{2,8}){1,4}(?![\w-])"),
    ),
)


@dataclass(frozen=True)
class Sospecha:
    """Un texto tal como está en el acta y el dato que parece."""

    texto: str
    motivo: str


def sospechas(contenido: dict[str, Any]) -> list[Sospecha]:
    """Lo que parece un dato en lo que el acta imprime, una vez cada uno y en orden de lectura.

    Se le da el documento ya testado: lo marcado no se propone.
    """
    halladas: dict[str, Sospecha] = {}
    for texto in textos_de(contenido["bloques"]):
        for una in _en(a_llano(texto)):
            halladas.setdefault(leer(una.texto).letras, una)
    return list(halladas.values())


def sospechas_en(texto: str) -> list[Sospecha]:
    """Lo que parece un dato en un texto suelto."""
    return list(_en(a_llano(texto)))


def _en(texto: str) -> Iterator[Sospecha]:
    for motivo, forma in _FORMAS:
        for hallado in forma.finditer(texto):
            cifras = sum(c.isdigit() for c in hallado[0])
            if motivo != "Teléfono particular" or _parece_telefono(hallado[0], cifras):
                yield Sospecha(hallado[0], motivo)


def _parece_telefono(escrito: str, cifras: int) -> bool:
    """Diez cifras; doce, si empiezan con el 52."""
    return cifras in CIFRAS_DE_TELEFONO and (cifras != max(CIFRAS_DE_TELEFONO) or "52" in escrito[:3])
