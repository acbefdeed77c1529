"""Revisa con bandit el código del portal: cada hallazgo lleva en su renglón el porqué, o la revisión falla.

El porqué se escribe una sola vez, como lo pide ruff (que numera igual las mismas reglas):
`# noqa: S608 -- solo nombres de modelos`. Uso: python .ci/seguridad.py carpeta…
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

# Importar subprocess o xml (el uso tiene su propia regla), y llamar «contraseña» a un mensaje o a un campo.
SIN_USO = "B404,B405,B406,B105"
DE_RUFF = {"B703": "S308"}  # la misma regla con otro número
PORQUE = re.compile(r"noqa: (?P<reglas>S[0-9]+(?:, ?[A-Z]+[0-9]+)*)\s+(?:--|#) ?\S")


def hallazgos(carpetas: list[str]) -> list[dict[str, Any]]:
    """Lo que dice bandit. Lanza `SystemExit` si no pudo leer algún archivo."""
    orden = ["-m", "bandit", "-r", *carpetas, "-x", "*/migrations/*", "-s", SIN_USO, "-f", "json", "-q"]
    hecho = subprocess.run([sys.executable, *orden], capture_output=True, text=True, check=False)  # noqa: S603 -- orden fija
    dicho = json.loads(hecho.stdout)
    if dicho["errors"]:
        sys.exit(f"bandit no pudo leer: {dicho['errors']}")
    return list(dicho["results"])


def explicado(hallazgo: dict[str, Any], renglones: list[str]) -> bool:
    """Si alguno de sus renglones dice por qué está bien."""
    regla = DE_RUFF.get(hallazgo["test_id"], f"S{hallazgo['test_id'][1:]}")
    suyos = hallazgo["line_range"]
    dichos = (PORQUE.search(renglon) for renglon in renglones[suyos[0] - 1 : suyos[-1]])
    return any(dicho and regla in dicho["reglas"] for dicho in dichos)


def main(carpetas: list[str]) -> int:
    """Escribe los que faltan por explicar y la cuenta."""
    todos, faltan = hallazgos(carpetas), 0
    for hallazgo in todos:
        archivo = hallazgo["filename"]
        if not explicado(hallazgo, Path(archivo).read_text(encoding="utf-8").splitlines()):
            faltan += 1
            print(f"{archivo}:{hallazgo['line_number']}: {hallazgo['test_id']} {hallazgo['issue_text']}")
    print(f"{len(todos)} hallazgos de bandit, {faltan} sin explicar.")
    return 1 if faltan else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
