"""El texto para comparar: sin acentos y en minúsculas, letra por letra, para no perder el lugar."""

import re

_CON = "áàâäãéèêëíìîïóòôöõúùûüñçÁÀÂÄÃÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÑÇİ"
_SIN = "aaaaaeeeeiiiiooooouuuuncaaaaaeeeeiiiiooooouuuunci"
_TABLA = str.maketrans(_CON, _SIN)
_PALABRA = re.compile(r"[a-z0-9]+")


def llano(texto: str) -> str:
    """El texto sin acentos y en minúsculas, del mismo largo que el original."""
    plano = texto.translate(_TABLA).lower()
    return plano if len(plano) == len(texto) else "".join(c.lower()[:1] or " " for c in texto)


def palabras(texto: str) -> list[str]:
    """Sus palabras, llanas."""
    return _PALABRA.findall(llano(texto))


def clave(texto: str) -> str:
    """Con qué se reconoce el mismo texto escrito de otra forma: sus palabras, llanas."""
    return " ".join(palabras(texto))
