"""Los oficios que el acta cita con su folio, aunque venga con espacios de más."""

import re
from collections.abc import Sequence

from sesiones.numeracion import normalizar_folio

from .alineado import Ruta
from .frases import partir
from .hallado import Hallado, Oficio
from .renglones import Parrafo

_CITA = re.compile(
    r"\b(?:oficios?|circular|memorandum)\b(?:\s+-\s?anexo\s?-)?[\s:]*(?:numero|num\.?|no\.?"
    r"|n[°º]\.?|con folio|folio)?[\s:]*"
)
_PARTE = re.compile(r"\s*([A-ZÁÉÍÓÚÑ0-9][A-ZÁÉÍÓÚÑ0-9./_-]*|[-/–])(?=[\s,.;:)]|$)")
PARTES = 8


def proponer(parrafos: Sequence[Parrafo], rutas: Sequence[Ruta]) -> list[Hallado[Oficio]]:
    """Cada folio una vez, con lo que el acta dice de él donde más dice."""
    unicos: dict[str, Hallado[Oficio]] = {}
    for parrafo, ruta in zip(parrafos, rutas, strict=True):
        for cita in _CITA.finditer(parrafo.llano):
            folio = folio_en(parrafo.texto, cita.end())
            normal = normalizar_folio(folio)
            if not normal or (normal in unicos and len(unicos[normal].valor.punto) >= len(ruta)):
                continue
            donde = parrafo.renglones_de(cita.start(), cita.end() + len(folio))
            unicos[normal] = Hallado(Oficio(folio, _asunto(parrafo, cita.start()), ruta), donde)
    return list(unicos.values())


def folio_en(texto: str, desde: int) -> str:
    """El folio que empieza ahí: letras mayúsculas, cifras, diagonales y guiones; vacío si no lo hay."""
    lugar, partes = desde, 0
    while partes < PARTES and (parte := _PARTE.match(texto, lugar)):
        lugar, partes = parte.end(), partes + 1
    folio = " ".join(texto[desde:lugar].split()).strip(" .,;:-–")
    con_forma = any(c.isdigit() for c in folio) and ("/" in folio or "-" in folio)
    return folio if con_forma and len(folio) <= 80 else ""


def _asunto(parrafo: Parrafo, lugar: int) -> str:
    """La frase que lo cita."""
    desde, hasta = next((d, h) for d, h in partir(parrafo.texto) if d <= lugar < h)
    return parrafo.texto[desde:hasta].strip()[:300]
