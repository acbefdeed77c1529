"""Proceso hijo: se pone límites, lee un acta por su entrada y escribe la propuesta en JSON.

Se llama `python -m sesiones.historicas.lectura`. Responde `{"propuesta": …}` o `{"rechazo": frase}`.
"""

import json
import sys

from stl_portal.archivo.inspector.limites import limitar


def main(contenido: bytes) -> dict[str, object]:
    """La propuesta, o por qué no se pudo leer."""
    from .en_json import escribir
    from .proponer import proponer
    from .renglones import TextoIlegible

    try:
        return {"propuesta": escribir(proponer(contenido.decode("utf-8", "replace")))}
    except TextoIlegible as error:
        return {"rechazo": str(error)}


if __name__ == "__main__":
    limitar()
    sys.stdout.write(json.dumps(main(sys.stdin.buffer.read())))
