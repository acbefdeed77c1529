"""Con qué empieza un renglón: «IV.», «3.1», «a)», «•», «Primero.-», «Acuerdo segundo:»…"""

import re
from dataclasses import dataclass

from sesiones.numeracion import de_romano, leer_numero

from .letras import llano


@dataclass(frozen=True)
class Etiqueta:
    """La marca de un renglón. `clase`: romano, decimal, inciso, vineta, ordinal o acuerdo."""

    clase: str
    numero: int
    fin: int  # dónde empieza el texto que marca
    hondura: int = 1  # de «3.1», 2
    texto: str = ""


_VINETA = re.compile(r"(?:[*•·▪●○➢✓✔–—]|-(?=\s)|o(?=\s{2}))\s*")
_ROMANO = re.compile(r"([IVXLl1]{1,8})\s?(?:\.-|\.–|[.)]|-)(?=[\s|]|$)\s*")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,2})\s?(?:\.-|\.–|[.)]|-(?=\s)|(?=\s[A-ZÁÉÍÓÚÑ]))(?!\d)\s*")
_INCISO = re.compile(r"([a-zA-Z])\s?(?:[.)]-?)(?=\s)\s*")
ORDINALES = (
    r"primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|s[eé]ptim[oa]|octav[oa]|noven[oa]|"
    r"d[eé]cim[oa](?:\s(?:primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]))?|und[eé]cim[oa]|"
    r"duod[eé]cim[oa]|vig[eé]sim[oa]|[uú]nic[oa]"
)
_ORDINAL = re.compile(rf"({ORDINALES})\s?[.:)–—-][.:)\s–—-]*", re.I)
_ACUERDO = re.compile(
    rf"acuerdo\s+(?:n[uú]m(?:ero|\.)?\s*|no\.?\s*)?({ORDINALES}"
    rf"|[A-Z0-9][\w./-]{{0,40}})\s?[.:–—-]+(?=\s|$)[\s–—-]*",
    re.I,
)
_FINAL = re.compile(r"(\d{1,4})\D*$")


def leer(renglon: str) -> Etiqueta | None:
    """La etiqueta con que empieza, o None. Una viñeta ante otra marca no cuenta."""
    vineta = _VINETA.match(renglon)
    if vineta:
        dentro = leer(renglon[vineta.end() :])
        if dentro and dentro.clase != "vineta":
            return Etiqueta(
                dentro.clase, dentro.numero, dentro.fin + vineta.end(), dentro.hondura, dentro.texto
            )
        return Etiqueta("vineta", 0, vineta.end(), texto=renglon[: vineta.end()].strip())
    return _de_acuerdo(renglon) or _de_ordinal(renglon) or _de_numero(renglon) or _de_inciso(renglon)


def empieza(renglon: str) -> bool:
    """Si abre un párrafo propio."""
    return leer(renglon) is not None


def _de_acuerdo(renglon: str) -> Etiqueta | None:
    hallado = _ACUERDO.match(renglon)
    if not hallado:
        return None
    dicho = hallado[1]
    if not (ordinal := numero_ordinal(dicho)) and not any(c.isdigit() for c in dicho):
        return None
    ultimo = _FINAL.search(dicho)
    numero = ordinal or (int(ultimo[1]) if ultimo else 0)
    return Etiqueta("acuerdo", numero, hallado.end(), texto=renglon[: hallado.end()].strip(" .:-–—"))


def _de_ordinal(renglon: str) -> Etiqueta | None:
    hallado = _ORDINAL.match(renglon)
    if not hallado:
        return None
    return Etiqueta("ordinal", numero_ordinal(hallado[1]), hallado.end(), texto=hallado[1])


def numero_ordinal(texto: str) -> int:
    """«Segundo» → 2, «único» → 1; 0 si no es un ordinal."""
    plano = llano(texto)
    if plano.startswith("unic"):
        return 1
    if not re.match(ORDINALES, plano):
        return 0
    try:
        return leer_numero(plano)
    except ValueError:
        return 0


def _de_numero(renglon: str) -> Etiqueta | None:
    decimal = _DECIMAL.match(renglon)
    if decimal:
        partes = decimal[1].split(".")
        return Etiqueta("decimal", int(partes[-1]), decimal.end(), len(partes), decimal[1])
    romano = _ROMANO.match(renglon)
    if romano and (numero := leer_romano(romano[1])):
        return Etiqueta("romano", numero, romano.end(), texto=romano[1])
    return None


def _de_inciso(renglon: str) -> Etiqueta | None:
    hallado = _INCISO.match(renglon)
    if not hallado or (hallado[1].isupper() and renglon[hallado.end() - 2 : hallado.end() - 1] == "."):
        return None  # «C. Omar…» es un tratamiento, no un inciso
    return Etiqueta("inciso", ord(hallado[1].lower()) - 96, hallado.end(), texto=hallado[1])


def leer_romano(texto: str) -> int:
    """«XVIII» → 18, también con la ele o el uno del OCR; 0 si no lo es."""
    try:
        return de_romano(texto.replace("l", "I").replace("1", "I"))
    except ValueError:
        return 0
