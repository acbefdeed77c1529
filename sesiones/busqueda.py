"""Buscar en los registros como escribe la gente: sin acentos, sin mayúsculas, palabras en cualquier orden.

Lo publicado se busca con el índice del buscador (`stl_portal/buscador/filtrar.py`).
"""

import re

from django.db.models import Q

from stl_portal.espanol import llano

PALABRAS_MAXIMAS = 8
_VARIANTES = {"a": "aáàä", "e": "eéèë", "i": "iíìï", "o": "oóòö", "u": "uúùü", "n": "nñ"}


def patron(palabra: str) -> str:
    """Expresión regular que encuentra la palabra con o sin acentos.

    Las letras se listan en minúscula y mayúscula porque SQLite y PostgreSQL no doblan igual los acentos.
    """
    letras = []
    for letra in llano(palabra):
        variantes = _VARIANTES.get(letra)
        letras.append(f"[{variantes}{variantes.upper()}]" if variantes else re.escape(letra))
    return "".join(letras)


def patrones(texto: str) -> list[str]:
    """Una expresión por palabra; vacía si no se escribió nada."""
    return [patron(palabra) for palabra in texto.split()[:PALABRAS_MAXIMAS]]


def dicen(texto: str, expresiones: list[str]) -> bool:
    """Si el texto dice todas las palabras, como las buscaría la base."""
    return all(re.search(expresion, texto, re.IGNORECASE) for expresion in expresiones)


def en_alguno(expresion: str, *campos: str) -> Q:
    """Condición: la expresión aparece en alguno de los campos."""
    alguna = Q()
    for campo in campos:
        alguna |= Q(**{f"{campo}__gt": "", f"{campo}__iregex": expresion})  # en lo vacío ni se busca
    return alguna


def que_contiene(texto: str, *campos: str) -> Q:
    """Condición: cada palabra aparece en alguno de los campos. Texto vacío no filtra."""
    condicion = Q()
    for expresion in patrones(texto):
        condicion &= en_alguno(expresion, *campos)
    return condicion
