"""Las diez pruebas del HTTP Observatory de MDN al portal de producción, tras nginx: `make observatorio`.

Lo llama `.ci/observatorio`, en una red propia: el programa solo mira los puertos 80 y 443.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import enfrente, produccion
from bench.__main__ import guardar, preparar, tabla
from bench.medida import Medida

PROGRAMA = enfrente.RAIZ / ".venv/observatorio/node_modules/@mdn/mdn-http-observatory/src/scan.js"
META = 100.0  # A+
PRUEBAS = 10


def mirar(portal: produccion.Portal) -> dict[str, Any]:
    """Lo que dice de la portada. Lanza `RuntimeError` si no la pudo mirar."""
    orden = ["node", "--dns-result-order=ipv4first", str(PROGRAMA), produccion.NOMBRE]
    entorno = os.environ | {"NODE_EXTRA_CA_CERTS": str(portal.certificado)}
    salida = subprocess.run(orden, capture_output=True, text=True, env=entorno, check=False).stdout
    dicho: dict[str, Any] = json.loads(salida)
    if "error" in dicho:
        raise RuntimeError(dicho["error"])
    return dicho


def medidas(dicho: dict[str, Any]) -> dict[str, Medida]:
    """El puntaje y cuántas pruebas pasan."""
    pasan = sum(prueba["pass"] for prueba in dicho["tests"].values())
    nota = f"calificación {dicho['scan']['grade']}"
    puntaje = Medida(
        "puntaje", "1 punto", float(dicho["scan"]["score"]), META, mayor_es_mejor=True, nota=nota
    )
    aprobadas = Medida("pruebas que pasan", "1", float(pasan), PRUEBAS, mayor_es_mejor=True)
    return {"observatorio.puntaje": puntaje, "observatorio.pruebas": aprobadas}


def renglones(dicho: dict[str, Any]) -> Iterator[str]:
    """Un renglón por prueba."""
    for nombre, prueba in dicho["tests"].items():
        marca = "✓" if prueba["pass"] else "✗"
        yield f"  {marca} {nombre:30} {prueba['scoreModifier'] or 0:+4d}  {prueba['result']}"


def main() -> int:
    """Mira, imprime y guarda; 1 si no llega."""
    if not PROGRAMA.exists():
        raise FileNotFoundError("Falta el observatorio: `make observatorio` lo instala.")
    produccion.secretos()
    with tempfile.TemporaryDirectory(prefix="portal-observatorio-") as nombre:
        motor = preparar(nombre)
        with produccion.encendido(Path(nombre), (80, 443)) as portal:
            dicho = mirar(portal)
    halladas = medidas(dicho)
    print("\n".join([*renglones(dicho), *tabla(halladas)]))
    guardar(motor, halladas)
    return 0 if all(medida.cumple for medida in halladas.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
