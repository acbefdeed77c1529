"""Números escritos con letra o con cifra: «treinta y uno», «dos mil veintitrés», «17»."""

from collections.abc import Sequence

from stl_portal.espanol import cardinal

from .letras import llano

_UNIDADES = {llano(cardinal(n)): n for n in range(30)} | {
    "un": 1, "una": 1, "veintiun": 21, "veintiuna": 21, "primero": 1, "primer": 1,
}  # fmt: skip
_DECENAS = {llano(cardinal(n)): n for n in range(30, 100, 10)}
_CIENTOS = {llano(cardinal(n)): n for n in range(100, 1000, 100)} | {"ciento": 100}
MIL = 1000
PALABRAS = "|".join(sorted({*_UNIDADES, *_DECENAS, *_CIENTOS}, key=len, reverse=True))  # para una expresión


def leer(palabras: Sequence[str]) -> tuple[int, int]:
    """El número con que empiezan esas palabras llanas y cuántas ocupa; (0, 0) si no empiezan con uno."""
    if palabras and palabras[0].isdigit():
        numero = int(palabras[0][:6])
        repetido, usadas = leer(palabras[1:]) if not palabras[1:2] or not palabras[1].isdigit() else (0, 0)
        return numero, 1 + (usadas if repetido == numero else 0)  # «34 treinta y cuatro»
    total, parcial, usadas, previa = 0, 0, 0, ""
    for lugar, palabra in enumerate(palabras):
        if palabra in _CIENTOS or palabra in _DECENAS or palabra in _UNIDADES:
            if previa and not _compone(previa, palabra):
                break
            parcial += _CIENTOS.get(palabra) or _DECENAS.get(palabra) or _UNIDADES[palabra]
        elif palabra == "mil" and not total and parcial < MIL:
            total, parcial = (parcial or 1) * MIL, 0
        elif palabra == "y" and previa in _DECENAS and palabras[lugar + 1 : lugar + 2]:
            if palabras[lugar + 1] not in _UNIDADES:
                break
            previa = "y"
            continue
        else:
            break
        previa, usadas = palabra, lugar + 1
    return total + parcial, usadas


def _compone(previa: str, palabra: str) -> bool:
    """Si la palabra sigue sumando al mismo número: «cien» tras «mil», «uno» tras «treinta y»."""
    if previa == "mil":
        return True
    if previa in _CIENTOS:
        return palabra not in _CIENTOS
    return previa == "y"


def leer_atras(palabras: Sequence[str]) -> tuple[int, int]:
    """El número con que terminan esas palabras y cuántas ocupa; (-1, 0) si no terminan con uno."""
    for cuantas in range(min(len(palabras), 4), 0, -1):
        trozo = palabras[len(palabras) - cuantas :]
        numero, usadas = leer(trozo)
        if usadas == cuantas:
            return numero, cuantas
    return -1, 0
