"""Hechos de las actas reales, como datos: lo que el PDF debe decir, venga de donde venga.

Cada hecho es un nombre, una fecha, una cifra o un resultado del documento, con su renglón.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

CARPETA = Path(__file__).parent
GUION_SUAVE = "\u00ad"


@dataclass(frozen=True)
class Hecho:
    """Algo que el acta debe decir; `formas` son maneras de escribir lo mismo (cifras o palabras)."""

    clave: str
    formas: tuple[str, ...]
    fuente: str
    veces: int = 1
    nota: str = ""


def cargar(nombre: str) -> list[Hecho]:
    """Los hechos de `tests/hechos/<nombre>.toml`, en el orden del acta."""
    fichas = tomllib.loads((CARPETA / f"{nombre}.toml").read_text(encoding="utf-8"))["hecho"]
    return [_hecho(**ficha) for ficha in fichas]


def _hecho(clave: str, dice: str | list[str], fuente: str, veces: int = 1, nota: str = "") -> Hecho:
    """Valida los nombres de los campos al construirlo: uno de más o de menos falla aquí."""
    return Hecho(clave, (dice,) if isinstance(dice, str) else tuple(dice), fuente, veces, nota)


def normalizar(texto: str) -> str:
    """Minúsculas, un espacio entre palabras y sin guiones suaves; los acentos se conservan."""
    return " ".join(unicodedata.normalize("NFC", texto).replace(GUION_SUAVE, "").casefold().split())


def faltantes(hechos: list[Hecho], texto: str) -> list[str]:
    """Los hechos que el texto no dice (o dice menos veces), cada uno con su clave y su renglón.

    Un guion al final del renglón puede ser división de palabra o parte de ella: se prueban ambas.
    """
    unido = re.sub(r"(?<=\w)-[ \t]*\n\s*(?=\w)", "", texto)
    con_guion = re.sub(r"(?<=\w)-[ \t]*\n\s*(?=\w)", "-", texto)
    versiones = [normalizar(texto), normalizar(unido), normalizar(con_guion)]
    return [
        f"{hecho.clave} ({hecho.fuente}): {' / '.join(hecho.formas)}"
        for hecho in hechos
        if max(_cuenta(hecho, version) for version in versiones) < hecho.veces
    ]


def _cuenta(hecho: Hecho, version: str) -> int:
    """Cuántas veces aparece el hecho en cualquiera de sus formas."""
    return sum(version.count(normalizar(forma)) for forma in hecho.formas)
