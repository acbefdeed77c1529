"""Nombres de personas dentro de una frase, con su tratamiento; nunca los de instituciones o cargos."""

import re
from dataclasses import dataclass

from .letras import llano
from .vocabulario import AJENAS, AREAS, CARGOS, INSTITUCIONES

_TRATAMIENTO = re.compile(
    r"(?:(?:el|la|los|las|al|del)\s+)?("
    r"c\.?\s?p\.?|ccs?\.|c\.|licda?\.?|lic\.?|mtr[oa]s?\.?|dr[a]?s?\.|ing\.?|arq\.?|profr?a?\."
    r"|psic\.?|antrop\.?|"
    r"m\. ?en ?[a-z]\.|l\.?[a-z]\.?[a-z]?\.|biol\.|cap\.|lcda\.|licenciad[oa]|maestr[oa]|doctora?"
    r"|ingenier[oa]|"
    r"arquitect[oa]|profesora?|contadora?(?: public[oa])?|ciudadan[oa]s?|diputad[oa]|dip\.|regidora?|reg\.|"
    r"comisionad[oa]|consejer[oa]|sindic[oa]|magistrad[oa])\s+(?=[a-z])"
)
_PARTICULAS = frozenset({"de", "del", "la", "las", "los", "san", "santa", "von", "van", "da", "do", "dos"})
_INICIAL = re.compile(r"(?:[A-ZÁÉÍÓÚÑ]\.|Ma\.|M[aª]|Fco\.|Gpe\.|Sta\.|Sto\.|Ant\.|J\.)")
_PALABRA = re.compile(r"[A-ZÁÉÍÓÚÑÜ][A-Za-zÁÉÍÓÚÑÜáéíóúñü'-]*[A-Za-zÁÉÍÓÚÑÜáéíóúñü]")
_TROZO = re.compile(r"\S+")
MAXIMO = 8  # palabras de un nombre


@dataclass(frozen=True)
class Nombrada:
    """Una persona nombrada y el tramo del texto que la nombra."""

    nombre: str
    tratamiento: str
    desde: int
    hasta: int

    @property
    def palabras(self) -> int:
        """Cuántas palabras tiene su nombre."""
        return len(self.nombre.split())


def en(texto: str, desde: int = 0) -> Nombrada | None:
    """La persona que se nombra justo ahí, o None."""
    plano = llano(texto[desde : desde + 240])
    lugar, tratamiento = 0, ""
    while hallado := _TRATAMIENTO.match(plano, lugar):
        tratamiento = tratamiento or texto[desde + hallado.start(1) : desde + hallado.end(1)]
        lugar = hallado.end()
    fin, nombre = _nombre(texto, desde + lugar)
    return Nombrada(nombre, _como_se_escribe(tratamiento), desde + lugar, fin) if nombre else None


def _como_se_escribe(tratamiento: str) -> str:
    """«CC.» nombra a varias personas: a cada una le toca «C.»."""
    return "C." if llano(tratamiento).startswith("cc") else tratamiento


def _nombre(texto: str, desde: int) -> tuple[int, str]:
    """El nombre que empieza ahí y dónde termina; vacío si no lo es."""
    partes: list[str] = []
    particulas: list[str] = []
    fin = desde
    for trozo in _TROZO.finditer(texto, desde, min(len(texto), desde + 160)):
        crudo = trozo[0]
        limpia = crudo.rstrip(",;:.)|")
        if _INICIAL.fullmatch(crudo) and len(partes) < 3:
            limpia = crudo
        elif crudo.lower() in _PARTICULAS and partes:
            particulas.append(crudo)
            continue
        elif not _PALABRA.fullmatch(limpia) or llano(limpia) in _NO_SON:
            break
        elif limpia.isupper() and partes and not partes[-1].isupper():
            break  # «del IACIP» no es parte del nombre
        partes += [*particulas, limpia]
        particulas, fin = [], trozo.start() + len(limpia)
        if crudo != limpia or len(partes) >= MAXIMO:
            break
    return fin, _entero(partes)


_NO_SON = INSTITUCIONES | AREAS | CARGOS | AJENAS


def _entero(partes: list[str]) -> str:
    """El nombre si tiene al menos dos palabras propias."""
    propias = [p for p in partes if p.lower() not in _PARTICULAS]
    return " ".join(partes) if len(propias) >= 2 else ""


def solo(texto: str) -> Nombrada | None:
    """La persona, si el texto completo es su nombre."""
    limpio = texto.strip(" .,;:|_*•-–—")
    hallada = en(limpio)
    return hallada if hallada and hallada.hasta >= len(limpio) else None


_CORTE = re.compile(r"(?:^|[,;:(|]|\by\b|\be\b|\bcon\b)\s*(?:y\s+|e\s+)?(?:(?:el|la|los|las|al)\s+)?")


def todas(texto: str, *, solo_tras: str = "") -> list[Nombrada]:
    """Las personas nombradas tras una coma, un «y» o dos puntos; con `solo_tras`, tras esos signos."""
    plano = llano(texto)
    halladas: list[Nombrada] = []
    for corte in _CORTE.finditer(plano):
        signo = corte[0][:1]
        if solo_tras and signo and signo not in solo_tras and corte.start():
            continue
        if halladas and corte.end() < halladas[-1].hasta:
            continue
        hallada = en(texto, corte.end())
        if hallada and (hallada.tratamiento or hallada.palabras >= 3 or solo_tras):
            halladas.append(hallada)
    return halladas
