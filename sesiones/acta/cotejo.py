"""Cotejo de dos textos palabra por palabra, y de dos versiones del acta párrafo por párrafo."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

IGUAL, ENTRA, SALE = "igual", "entra", "sale"
_PALABRA = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Tramo:
    """Palabras seguidas: en los dos textos, solo en el nuevo (`entra`) o solo en el viejo (`sale`)."""

    clase: str
    texto: str


@dataclass(frozen=True)
class Cambio:
    """Un párrafo que no dice lo mismo en las dos versiones."""

    clave: str
    rotulo: str
    tramos: tuple[Tramo, ...]

    @property
    def es_nuevo(self) -> bool:
        """No estaba en la versión anterior."""
        return all(tramo.clase == ENTRA for tramo in self.tramos)

    @property
    def se_quito(self) -> bool:
        """Ya no está en la versión nueva."""
        return all(tramo.clase == SALE for tramo in self.tramos)


def palabra_por_palabra(antes: str, ahora: str) -> tuple[Tramo, ...]:
    """Los tramos que llevan de un texto al otro.

    Juntar los que no salen da `ahora`; juntar los que no entran da `antes`.
    """
    viejas, nuevas = _PALABRA.findall(antes), _PALABRA.findall(ahora)
    tramos: list[Tramo] = []
    for clase, a1, a2, b1, b2 in SequenceMatcher(a=viejas, b=nuevas, autojunk=False).get_opcodes():
        if clase == "equal":
            tramos.append(Tramo(IGUAL, "".join(viejas[a1:a2])))
            continue
        if a1 < a2:
            tramos.append(Tramo(SALE, "".join(viejas[a1:a2])))
        if b1 < b2:
            tramos.append(Tramo(ENTRA, "".join(nuevas[b1:b2])))
    return tuple(tramos)


def cambios(antes: Iterable[Mapping[str, str]], ahora: Iterable[Mapping[str, str]]) -> Iterator[Cambio]:
    """Los párrafos que cambiaron entre dos textos: primero los que siguen, luego los que se fueron.

    Cada párrafo es `{"clave", "rotulo", "texto"}`.
    """
    viejos = {p["clave"]: p for p in antes}
    for parrafo in ahora:
        viejo = viejos.pop(parrafo["clave"], None)
        if viejo is None or viejo["texto"] != parrafo["texto"]:
            tramos = palabra_por_palabra(viejo["texto"] if viejo else "", parrafo["texto"])
            yield Cambio(parrafo["clave"], parrafo["rotulo"], tramos)
    for viejo in viejos.values():
        yield Cambio(viejo["clave"], viejo["rotulo"], palabra_por_palabra(viejo["texto"], ""))
