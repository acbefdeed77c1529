"""Cuánto lleva una importación, y si quien la atiende sigue vivo.

La importación es una sola transacción: nada que se escriba en la base se ve hasta que termina, y en SQLite
nadie más puede escribir. Por eso el avance va en un archivo junto al que se subió.
"""

import json
import os
import time
import uuid
from dataclasses import asdict, dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any

from stl_portal.archivo import almacen

CARPETA = "traspaso"
SIN_LATIDO = 90  # segundos sin escribir su avance: quien la atendía ya no está
CADA = 0.5  # segundos entre escrituras


@dataclass(frozen=True)
class Avance:
    """Hasta dónde va, de cuántos, y cuándo lo dijo."""

    van: int
    de: int
    dicho_el: float

    @property
    def vivo(self) -> bool:
        """Si lo dijo hace poco; lo dicho en el futuro es de antes de que corrigieran el reloj."""
        return abs(time.time() - self.dicho_el) < SIN_LATIDO


def carpeta() -> Path:
    """Donde va lo que se sube; solo la abre el portal: trae datos personales."""
    suya = almacen.raiz() / CARPETA
    suya.mkdir(parents=True, exist_ok=True)
    suya.chmod(0o700)
    return suya


def ruta(clave: Any, terminacion: str) -> Path:
    """Dónde va lo de esa importación."""
    return carpeta() / f"{clave}.{terminacion}"


def guardar(clave: Any, subido: Any) -> None:
    """El archivo que se subió, con un nombre que nadie eligió; entero de una vez: otro puede leerlo ya."""
    temporal = ruta(clave, f"{uuid.uuid4()}.subiendo")
    try:
        with temporal.open("wb") as destino:
            for parte in subido.chunks():
                destino.write(parte)
        os.replace(temporal, ruta(clave, "archivo"))
    finally:
        temporal.unlink(missing_ok=True)


def abrir(clave: Any) -> BufferedReader:
    """El archivo que se subió. Lanza `FileNotFoundError` si ya se borró."""
    return ruta(clave, "archivo").open("rb")


def borrar(clave: Any) -> None:
    """Ya no hace falta: terminó o se descartó."""
    for terminacion in ("archivo", "avance"):
        ruta(clave, terminacion).unlink(missing_ok=True)


def leer(clave: Any) -> Avance | None:
    """El último avance dicho; None si no ha dicho ninguno."""
    try:
        return Avance(**json.loads(ruta(clave, "avance").read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


class Avisador:
    """Escribe el avance, pero no a cada renglón."""

    def __init__(self, clave: Any, de: int) -> None:
        """Empieza en cero."""
        self._ruta, self._de, self._ultimo = ruta(clave, "avance"), de, 0.0
        self(0)

    def __call__(self, van: int) -> None:
        """Va en `van`. De una vez: quien lee nunca ve la mitad."""
        ahora = time.time()
        if van and 0 <= ahora - self._ultimo < CADA:
            return
        self._ultimo = ahora
        temporal = self._ruta.with_suffix(".nuevo")
        temporal.write_text(json.dumps(asdict(Avance(van, self._de, ahora))))
        os.replace(temporal, self._ruta)
