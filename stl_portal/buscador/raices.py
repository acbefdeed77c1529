"""De un texto a sus raíces: lo que se guarda en el índice y lo que se busca, iguales en las dos bases.

Se quitan acentos y mayúsculas (la ñ queda como n: mucha gente escribe sin ella), se parte en letras y
cifras y cada palabra se reduce. El acento se quita antes de reducir: «sesión» y «sesion» caen igual.
"""

import re
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import snowballstemmer

from stl_portal.espanol import llano

LETRAS_MAXIMAS = 40  # de una palabra; lo demás no ayuda a encontrarla y PostgreSQL lo rechaza si es enorme
VOCALES = "aeiou"
VUELTAS = 3
_PALABRA = re.compile(r"[a-z0-9]+")
_REDUCTOR = snowballstemmer.stemmer("spanish")
_DE_UNO_EN_UNO = Lock()  # el reductor guarda en sí mismo la palabra que va reduciendo
_ROMANO = re.compile(r"m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})")

# Están en todas partes: exigirlas solo esconde lo que se busca. En una frase entre comillas sí cuentan.
_VACIAS = """
    a al ante como con cual de del desde e el ella ellas ellos en entre es esta este la las le les lo los mas
    ni no nos o para pero por que se segun si sin sobre son su sus u un una unas uno unos y ya
    cuando cuanta cuantas cuanto cuantos donde estan fue fueron ha han hay mi mis quien quienes tu va van
"""
# Con estas se pregunta por lo demás que se escribió: «¿qué se decidió sobre los baches y se cumplió?».
_DE_PREGUNTA = "acordaron acordo cumplen cumplieron cumplio decidieron decidio hicieron hizo"
VACIAS = frozenset((*_VACIAS.split(), *_DE_PREGUNTA.split()))


class Palabra(NamedTuple):
    """Una palabra del texto: su raíz y de dónde a dónde está escrita."""

    raiz: str
    desde: int
    hasta: int


def palabras(texto: str) -> list[str]:
    """Las palabras de un texto, sin acentos ni mayúsculas y sin reducir."""
    return [palabra[:LETRAS_MAXIMAS] for palabra in _PALABRA.findall(llano(texto))]


def reducir(texto: str) -> str:
    """Las raíces del texto, en su orden, separadas por espacios."""
    return " ".join(raiz(palabra) for palabra in palabras(texto))


@lru_cache(maxsize=65_536)
def raiz(palabra: str) -> str:
    """Lo que comparten el singular y el plural, y casi siempre el verbo y su sustantivo.

    `palabra` viene de `palabras`. Los números, también los romanos, no se reducen.
    """
    if fija(palabra):
        return palabra
    reducida = palabra
    with _DE_UNO_EN_UNO:
        for _ in range(VUELTAS):
            reducida, antes = _REDUCTOR.stemWord(reducida), reducida
            if reducida == antes:
                break
    return _sin_terminacion(reducida)


def fija(palabra: str) -> bool:
    """Si se busca tal cual: «XVII» no es el principio de «XVIII», ni «202» el de «2020»."""
    return not palabra.isalpha() or _ROMANO.fullmatch(palabra) is not None


def _sin_terminacion(reducida: str) -> str:
    """Lo que el reductor deja en las palabras cortas: «ejes» y «eje», «jueces» y «juez»."""
    if len(reducida) > len("tre") and reducida.endswith("s") and _vocales(reducida[:-1]) > 1:
        reducida = reducida[:-1]
    if reducida[-1] in VOCALES and _vocales(reducida) > 1:
        reducida = reducida[:-1]
    return f"{reducida[:-1]}c" if reducida.endswith("z") else reducida


def _vocales(palabra: str) -> int:
    return sum(letra in VOCALES for letra in palabra)


def con_lugar(texto: str) -> list[Palabra]:
    """Las palabras con el tramo del texto que ocupan, para resaltarlas donde están escritas."""
    letras, lugares = [], []
    for lugar, original in enumerate(texto):
        for letra in _una(original):
            letras.append(letra)
            lugares.append(lugar)
    return [
        Palabra(raiz(hallada[0][:LETRAS_MAXIMAS]), lugares[hallada.start()], lugares[hallada.end() - 1] + 1)
        for hallada in _PALABRA.finditer("".join(letras))
    ]


@lru_cache(maxsize=4096)
def _una(letra: str) -> str:
    return llano(letra)
