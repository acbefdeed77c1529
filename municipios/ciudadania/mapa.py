"""La geometría del mapa de hexágonos: dónde va cada municipio y con qué signo, sin dibujar nada.

Lo dibuja una plantilla (`municipios/_mapa.html`). Es un esquema: un hexágono por municipio, casi todos
junto a sus vecinos. Las unidades son las de su caja; y crece hacia abajo, como en SVG.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from municipios.documento import EtapaLeida
from municipios.estados import Avance

ARCHIVO = Path(__file__).parent.parent / "datos" / "hexgrid.json"
RADIO = 36
PASO_X, PASO_Y = math.sqrt(3) * RADIO, 1.5 * RADIO
ORILLA = 4
CABE = 9  # letras en un renglón; los nombres más largos se parten si tienen dónde
TRAMAS = 3  # dibujos distintos para un mismo avance
SIN_DESGLOSE = "sin_desglose"


@dataclass(frozen=True)
class Signo:
    """Cómo se reconoce una situación sin ver el color: su letra y su trama."""

    letra: str
    trama: str

    @property
    def llena(self) -> bool:
        """Si el hexágono va lleno: lo escrito encima va en claro."""
        return self.trama.startswith(Avance.CUMPLIDO)


@dataclass(frozen=True)
class Celda:
    """El lugar de un municipio: el centro de su hexágono y su nombre corto, en uno o dos renglones."""

    clave: str
    x: float
    y: float
    renglones: tuple[str, ...]

    @property
    def apretados(self) -> bool:
        """Si algún renglón es tan largo que hay que ceñirlo al hexágono."""
        return any(len(renglon) > CABE for renglon in self.renglones)


@dataclass(frozen=True)
class Hexagono:
    """Un municipio en el mapa: `dicho` es lo que se lee en voz alta."""

    celda: Celda
    nombre: str
    dicho: str
    signo: Signo
    elegido: bool = True


@dataclass(frozen=True)
class Mapa:
    """Los hexágonos de norte a sur y de poniente a oriente, que es como se leen."""

    izquierda: float
    ancho: float
    alto: float
    hexagonos: tuple[Hexagono, ...]


@cache
def celdas() -> tuple[Celda, ...]:
    """Las 46, por renglón y luego por columna."""
    filas = json.loads(ARCHIVO.read_text(encoding="utf-8"))["celdas"]
    en_orden = sorted(filas.items(), key=lambda par: (par[1]["fila"], par[1]["col"]))
    return tuple(Celda(clave, *centro(c["fila"], c["col"]), partir(c["etiqueta"])) for clave, c in en_orden)


def centro(fila: int, columna: int) -> tuple[float, float]:
    """El centro de un hexágono de punta arriba; las filas impares van media columna a la derecha."""
    x = ORILLA + PASO_X * (columna + 0.5 + (fila % 2) / 2)
    return round(x, 1), round(ORILLA + RADIO + PASO_Y * fila, 1)


def partir(etiqueta: str) -> tuple[str, ...]:
    """En uno o dos renglones, lo más parejos que se pueda."""
    palabras = etiqueta.split()
    if len(etiqueta) <= CABE or len(palabras) == 1:
        return (etiqueta,)
    cortes = [(" ".join(palabras[:n]), " ".join(palabras[n:])) for n in range(1, len(palabras))]
    return min(cortes, key=lambda corte: (max(map(len, corte)), -len(corte[0])))


def signos(etapa: EtapaLeida) -> dict[str, Signo]:
    """El de cada situación: letras en su orden; las de un mismo avance varían de trama."""
    vistas: Counter[str] = Counter()
    hallados = {}
    for n, situacion in enumerate(etapa.situaciones):
        vistas[situacion.avance] += 1
        variante = min(vistas[situacion.avance], TRAMAS)
        hallados[situacion.clave] = Signo(chr(ord("A") + n % 26), f"{situacion.avance}-{variante}")
    return hallados


def trazar(
    nombres: Mapping[str, str], etapa: EtapaLeida, casillas: Mapping[str, str], situacion: str = ""
) -> Mapa:
    """El mapa de una etapa; `casillas` dice la situación de cada municipio, y nada si solo hay total.

    Con `situacion`, los demás municipios quedan pálidos.
    """
    de = signos(etapa)
    hexagonos = tuple(
        _hexagono(celda, nombres[celda.clave], etapa, casillas.get(celda.clave), de, situacion)
        for celda in celdas()
        if celda.clave in nombres
    )
    return Mapa(*caja(), hexagonos)


def _hexagono(
    celda: Celda, nombre: str, etapa: EtapaLeida, clave: str | None, de: Mapping[str, Signo], elegida: str
) -> Hexagono:
    if clave is None:
        return Hexagono(celda, nombre, f"{nombre}: sin desglose", Signo("", SIN_DESGLOSE))
    dicho = f"{nombre}: {en_minuscula(etapa.situacion(clave).nombre)}"
    return Hexagono(celda, nombre, dicho, de[clave], elegida in ("", clave))


def en_minuscula(nombre: str) -> str:
    """«Sin información» → «sin información»; las siglas se quedan como están."""
    return nombre if nombre[1:2].isupper() else nombre[:1].lower() + nombre[1:]


@cache
def caja() -> tuple[float, float, float]:
    """La que contiene a todos: su orilla izquierda, su ancho y su alto."""
    equis = [celda.x for celda in celdas()]
    izquierda = min(equis) - PASO_X / 2 - ORILLA
    ancho = max(equis) + PASO_X / 2 + ORILLA - izquierda
    alto = max(celda.y for celda in celdas()) + RADIO + ORILLA
    return round(izquierda, 1), round(ancho, 1), round(alto, 1)
