"""Lo que se dice de una persona, partido en su cargo y su institución."""

import re

from .letras import llano
from .vocabulario import AREAS, CARGOS, INSTITUCIONES

_ENTRADA = re.compile(
    r"(?:^|\b(?:del|de la|de los|de las|de|en representacion del?|por el|por la|por|ante el|ante la|/)\s*"
    r"(?:el |la |las |los )?)"
    r"(?P<nombre>(?:[ivxl]{1,8} |h\. |honorable )?(?:" + "|".join(sorted(INSTITUCIONES)) + r")\b)"
)
_SIGLAS = re.compile(r"\b(?:del?|de la|por|por el|ante el)\s+(?P<nombre>[A-ZÁÉÍÓÚÑ]{2,10})$")
_REPRESENTA = re.compile(
    r"\b(?:representantes?|integrantes?|en representacion|por parte|suplente|presidenta?|titular"
    r"|director[a]?)\s+"
    r"(?:del?|de la|de los|de las)\s+(?:(?:la |el )?(?:asociacion(?: civil)?|organizacion|empresa)\s+)?"
)


_AREA = re.compile(
    r"(?:^|\b(?:del?|de la|de los|de las)\s+)(?P<nombre>(?:"
    + "|".join(sorted(AREAS))
    + r")\s+(?:de|del|para)\b)"
)


def partir_cargo(descrita: str, *, en_lista: bool = False) -> tuple[str, str]:
    """«Titular de la Unidad de Archivo del Poder Judicial» → cargo e institución; vacío lo que no diga.

    Sin institución, lo es el área («Dirección de Obras»); tras un cargo, solo en una lista de asistencia: en
    una frase, «Titular de la Unidad de Transparencia» dice el cargo.
    """
    limpia = re.sub(r"(\b[A-Z]\.\s?C)$", r"\1.", descrita.strip(" ,.;/*"))
    cargo, diagonal, resto = limpia.partition("/")
    if diagonal and resto.strip():
        return cargo.strip(" ,"), resto.strip(" ,")
    plano = llano(limpia)
    hallada = next((h for h in _ENTRADA.finditer(plano) if limpia[h.start("nombre")].isupper()), None)
    if hallada and not (
        hallada.start() == 0 and plano.split()[0] in ("secretaria", "presidencia") and "," in plano
    ):
        institucion = _sin_cola(limpia[hallada.start("nombre") :])
        cargo = re.sub(r"[\s,/]+$", "", limpia[: hallada.start()])
        return _cargo(cargo), institucion if len(institucion.split()) > 1 or institucion.isupper() else ""
    representa = _REPRESENTA.search(plano)
    if representa and plano[representa.end() :].partition(" ")[0] not in AREAS | CARGOS:
        propio = _sin_cola(limpia[representa.end() :])
        if propio[:1].isupper() and (representa[0].startswith(("repre", "inte", "en repre", "por", "supl"))):
            return _cargo(limpia[: representa.end()].split(" de ")[0].split(" del ")[0]), propio
    if siglas := _SIGLAS.search(limpia):
        return _cargo(limpia[: siglas.start("nombre")]), siglas["nombre"]
    es_nombre_propio = plano.partition(" ")[0] not in CARGOS | AREAS
    if es_nombre_propio and re.search(r"a\.\s?c\.?|s\.\s?c\.?", plano):
        return "", limpia
    area = next((h for h in _AREA.finditer(plano) if limpia[h.start("nombre")].isupper()), None)
    if area and (en_lista or area.start() == 0):
        return _cargo(limpia[: area.start()]), _sin_cola(limpia[area.start("nombre") :])
    return limpia, ""


def _cargo(texto: str) -> str:
    """El cargo sin la preposición que lo unía a la institución."""
    return re.sub(
        r"(?i)[\s,]+(?:del?|de la|de los|de las|en representación|ante|por"
        r"|del)$",
        "",
        texto,
    ).strip(" ,")


_COLA = re.compile(
    r"(?<!\bH)[.;]\s+[A-ZÁÉÍÓÚ]|,\s+(?:d[aá]ndoles|quien|con el objeto|y Presidenta?|mismo|misma"
    r"|en su car|a efecto|documento)|\s+y\s+(?:Presidenta?|Facilitadora?)\b"
)


def _sin_cola(institucion: str) -> str:
    """El nombre hasta donde la frase sigue con otra cosa."""
    corte = _COLA.search(institucion)
    return (institucion[: corte.start()] if corte else institucion).strip(" ,;")
