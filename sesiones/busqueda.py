"""Buscar como escribe la gente: sin acentos, sin mayúsculas, palabras en cualquier orden."""

import re
import unicodedata

from django.db.models import Q

PALABRAS_MAXIMAS = 8
_VARIANTES = {"a": "aáàä", "e": "eéèë", "i": "iíìï", "o": "oóòö", "u": "uúùü", "n": "nñ"}


def sin_acentos(texto: str) -> str:
    """El texto en minúsculas y sin acentos ni diéresis (la ñ queda como n)."""
    separado = unicodedata.normalize("NFD", texto.casefold())
    return "".join(c for c in separado if not unicodedata.combining(c))


def patron(palabra: str) -> str:
    """Expresión regular que encuentra la palabra con o sin acentos.

    Las letras se listan en minúscula y mayúscula porque SQLite y PostgreSQL no doblan igual los acentos.
    """
    letras = []
    for letra in sin_acentos(palabra):
        variantes = _VARIANTES.get(letra)
        letras.append(f"[{variantes}{variantes.upper()}]" if variantes else re.escape(letra))
    return "".join(letras)


def que_contiene(texto: str, *campos: str) -> Q:
    """Condición: cada palabra aparece en alguno de los campos. Texto vacío no filtra."""
    condicion = Q()
    for palabra in texto.split()[:PALABRAS_MAXIMAS]:
        expresion, alguna = patron(palabra), Q()
        for campo in campos:
            alguna |= Q(**{f"{campo}__iregex": expresion})
        condicion &= alguna
    return condicion
