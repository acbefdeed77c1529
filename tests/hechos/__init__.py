"""Hechos de las actas reales, como datos: lo que el PDF debe decir, venga de donde venga.

Cada hecho es un nombre, una fecha, una cifra o un resultado del documento, con su renglón.
"""

import re
import subprocess
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


def texto_de_pdf(contenido: bytes) -> str:
    """El texto del PDF en orden de lectura, sin lo que se repite en cada hoja.

    Se quitan números de renglón, marca de agua, encabezado y pie: una frase que pasa de una hoja
    a otra queda de corrido.
    """
    orden = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
    texto = subprocess.run(orden, input=contenido, capture_output=True, check=True).stdout.decode()
    hojas = [hoja.splitlines() for hoja in texto.split("\f") if hoja.strip()]
    repetidas = set.intersection(*(set(hoja) for hoja in hojas)) if len(hojas) > 1 else set()
    return "\n".join(
        linea for hoja in hojas for linea in hoja if linea not in repetidas and not _suelto(linea)
    )


def _suelto(linea: str) -> bool:
    """Número de renglón, viñeta o letra de la marca de agua, o pie de hoja."""
    return re.fullmatch(r"\d{1,4}|[A-Z•–]|.*Página \d+ de \d+", linea.strip()) is not None


def hoja_de_firmas(texto: str) -> str:
    """Lo que va del último encabezado «FIRMAS» a la leyenda de la hoja; vacío si no la hay."""
    trozos = re.split(r"^FIRMAS$", texto, flags=re.MULTILINE)
    return trozos[-1].split("La presente hoja de firmas")[0] if len(trozos) > 1 else ""
