"""Los puntos cuando el acta no trae su orden del día: los que el desahogo va nombrando."""

import re
from collections.abc import Sequence

from . import etiquetas, numeros
from .hallado import Confianza, Hallado, Punto
from .orden import tipo_de, titulo_limpio
from .renglones import Parrafo

_NOMBRA = re.compile(
    rf"^(?:[^,.;:]{{0,30}}\s)?punto\s+(?:numero\s+|no\.?\s*)?(?P<numero>[ivx]{{1,6}}|\d{{1,2}}"
    rf"|{etiquetas.ORDINALES}|[a-z]{{3,10}})\b"
    r"(?: del orden del dia)?[\s,.:–-]*"
)
TITULO = 160


def puntos_del_desahogo(parrafos: Sequence[Parrafo]) -> list[Hallado[Punto]]:
    """«Como punto IV…» → el punto 4, con el principio de lo que dice por título."""
    hallados: list[Hallado[Punto]] = []
    for parrafo in parrafos:
        nombrado = _NOMBRA.search(parrafo.llano[:120])
        numero = _numero(nombrado["numero"]) if nombrado else 0
        if nombrado and numero == len(hallados) + 1:
            titulo = titulo_limpio(re.split(r"[.,;:](?:\s|$)", parrafo.texto[nombrado.end() :])[0][:TITULO])
            titulo = titulo[:1].upper() + titulo[1:] or f"Punto {numero}"
            punto = Punto((numero,), titulo, tipo_de(titulo))
            hallados.append(Hallado(punto, parrafo.renglones, Confianza.BAJA))
    return hallados


def _numero(dicho: str) -> int:
    return etiquetas.numero_ordinal(dicho) or etiquetas.leer_romano(dicho.upper()) or numeros.leer([dicho])[0]
