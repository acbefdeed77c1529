"""Plazos: lo que alguien debe entregar o hacer, con lo dicho y con su fecha."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from . import fechas, numeros
from .acuerdos import Tramo
from .alineado import Ruta
from .fechas import Fechada
from .frases import partir
from .hallado import Confianza, Hallado, Plazo
from .renglones import Parrafo

_LIMITE = re.compile(
    r"(?:a mas tardar|antes del?|hasta el|como fecha limite|fecha limite|con fecha limite|vence"
    r"|el proximo|esto es|para el dia|"
    r"por lo que tod[oa]s)(?: el)?(?: dia)?\s*(?:el\s+|del\s+)?(?:lunes |martes |miercoles |jueves "
    r"|viernes |sabado |domingo )?[,:]?\s*$"
)
_ENTREGA = re.compile(
    r"\bentreg|\bcarg[aue]|\benvi|\bremit|\bhacer llegar|\bhagan llegar|\bpresent(?:ar|en)\b"
    r"|\brecep|\bplazo|\bprorrog"
)
_EVENTO = re.compile(
    r"taller|curso|panel|diplomado|semana del|capacitaci|celebrad|verificad|publicad|se cargo\b|realizad"
)
_TERMINO = re.compile(
    r"\b(?:plazo|termino|lapso|periodo|dentro)\b(?: (?:no mayor|maximo|improrrogable|que no exceda"
    r"|fijo))?(?: (?:a|de|de los|del))*\s+"
    r"(?P<cuanto>(?:[a-z]{2,12}(?: y [a-z]{2,6})?|\d{1,3})(?: \([a-z ]{2,20}\))? (?:dias?|semanas?"
    r"|mes(?:es)?|horas)(?: (?:habiles|naturales))?)"
)
CONCEPTO = 250


def proponer(
    parrafos: Sequence[Parrafo], rutas: Sequence[Ruta], tramos: Sequence[Tramo], al: dt.date | None
) -> list[Hallado[Plazo]]:
    """Los plazos, cada fecha una vez. `al` es el día de la sesión: lo anterior no es un plazo."""
    unicos: dict[str, Hallado[Plazo]] = {}
    for lugar, parrafo in enumerate(parrafos):
        acuerdo = next((n for n, t in enumerate(tramos, start=1) if t.desde <= lugar < t.hasta), 0)
        for literal, fecha, desde, hasta, clara in _dichos(parrafo, al):
            concepto = _concepto(parrafo, desde)
            valor = Plazo(concepto, literal[:CONCEPTO], fecha, rutas[lugar], acuerdo)
            confianza = Confianza.ALTA if clara else Confianza.MEDIA
            cual = str(fecha or literal.lower())
            if cual not in unicos or (acuerdo and not unicos[cual].valor.acuerdo):
                unicos[cual] = Hallado(valor, parrafo.renglones_de(desde, hasta), confianza)
    return list(unicos.values())


Dicho = tuple[str, dt.date | None, int, int, bool]


def _dichos(parrafo: Parrafo, al: dt.date | None) -> Iterator[Dicho]:
    """Término, fecha y tramo de cada plazo del párrafo; un término con su fecha es uno solo."""
    dichas = fechas.hallar(parrafo.texto, al.year if al else None)
    usadas: set[Fechada] = set()
    for desde, hasta in partir(parrafo.texto):
        en_frase = [f for f in dichas if desde <= f.desde < hasta]
        termino = _TERMINO.search(parrafo.llano, desde, hasta)
        if termino and _es_termino(termino["cuanto"]):
            literal, hasta_literal = _literal(parrafo, termino, hasta)
            suya = next((f for f in en_frase if f.desde >= termino.end() and vigente(f, al)), None)
            usadas |= {suya} if suya else set()
            yield (
                literal,
                suya.fecha if suya else None,
                termino.start(),
                suya.hasta if suya else hasta_literal,
                True,
            )
        anterior = desde
        for fecha in en_frase:
            clara = bool(_LIMITE.search(parrafo.llano[max(desde, fecha.desde - 60) : fecha.desde]))
            if fecha in usadas or not vigente(fecha, al):
                anterior = fecha.hasta
                continue
            if clara or _se_entrega(parrafo.llano, anterior, fecha, hasta):
                yield _con_su_cola(parrafo, fecha), fecha.fecha, fecha.desde, fecha.hasta, clara
            anterior = fecha.hasta


def _se_entrega(plano: str, desde: int, fecha: Fechada, hasta: int) -> bool:
    """Si lo de alrededor habla de entregar, enviar o cargar algo, y no de un acto."""
    cerca = plano[max(desde, fecha.desde - 90) : min(hasta, fecha.hasta + 70)]
    corto = re.split(r"\by el\b|;", plano[fecha.hasta : min(hasta, fecha.hasta + 70)])[0]
    cerca = plano[max(desde, fecha.desde - 90) : fecha.hasta] + corto
    return bool(_ENTREGA.search(cerca)) and not _EVENTO.search(cerca)


def vigente(fecha: Fechada, al: dt.date | None) -> bool:
    """Solo lo que vence después de la sesión, y no años después."""
    return al is None or al < fecha.fecha <= al + dt.timedelta(days=3 * 366)


def _es_termino(cuanto: str) -> bool:
    palabras = cuanto.split("(")[0].split()
    return numeros.leer(palabras)[1] > 0


def _literal(parrafo: Parrafo, termino: re.Match[str], hasta: int) -> tuple[str, int]:
    """El término como se dijo, con desde cuándo corre si lo dice."""
    cola = re.compile(r"\s+(?:contad[oa]s\s+)?a partir de[^,.;]{3,80}").match(
        parrafo.llano, termino.end("cuanto"), hasta
    )
    fin = cola.end() if cola else termino.end("cuanto")
    return parrafo.texto[termino.start("cuanto") : fin], fin


def _con_su_cola(parrafo: Parrafo, fecha: Fechada) -> str:
    return parrafo.texto[fecha.desde : fecha.hasta]


def _concepto(parrafo: Parrafo, lugar: int) -> str:
    """La frase donde se dice qué vence."""
    desde, hasta = next((d, h) for d, h in partir(parrafo.texto) if d <= lugar < h)
    return parrafo.texto[desde:hasta].strip()[:CONCEPTO]
