"""Las votaciones: por unanimidad, por mayoría o con su conteo, y de qué punto o acuerdo fueron."""

import re
from collections.abc import Iterator, Sequence

from . import numeros
from .acuerdos import Tramo
from .alineado import Ruta
from .frases import partir
from .hallado import Confianza, Hallado, Punto, Voto
from .renglones import Parrafo

_APRUEBA = re.compile(r"aprob|aprueb|acord|acuerd|acept|autoriz|ratific|vot|a favor|conform|favorabl")
_UNANIME = re.compile(r"\bunanim")
_MAYORIA = re.compile(r"\bpor mayoria\b|\bmayoria (?:de votos|simple|calificada|absoluta)")
_NO = re.compile(
    r"\bno (?:se |fue |resulto |es )?aprob|\bse (?:desecha|desecho|rechaza|rechazo)\b"
    r"|no alcanz\w+ la mayoria"
)
_CONDICION = re.compile(r"\ben su caso\b")
_CIFRA = rf"(\d{{1,3}}|(?:{numeros.PALABRAS})(?: y (?:{numeros.PALABRAS}))?)"
_CONTEOS = (
    (
        r"a favor",
        rf"\b{_CIFRA}(?: \(\w+\))?(?: votos?)?(?: emitidos)? a favor|\ba favor:? (?:de )?{_CIFRA}\b",
    ),
    (r"en contra", rf"\b{_CIFRA}(?: \(\w+\))?(?: votos?)? en contra|\ben contra:? {_CIFRA}\b"),
    (r"abstenc", rf"\b{_CIFRA}(?: \(\w+\))? abstenci\w+|\babstenci\w+:? {_CIFRA}\b"),
)
_CONTEO = [(re.compile(marca), re.compile(patron)) for marca, patron in _CONTEOS]
# «Conforme al orden del día» no dice que se votó el orden del día.
_DE_PASO = re.compile(
    r"(?:punto\s+\S{1,12}|continuando con|conforme al?|de acuerdo con|siguiendo|dentro|segun"
    r"|puntos?)\s+(?:del?\s+|el\s+|al\s+)?orden del dia"
)
_SE_ANEXA = re.compile(r"anex\w+ a la presente acta")
_EL_ORDEN = re.compile(r"\borden del dia\b")
_ESTA_ACTA = re.compile(r"\b(?:la )?(?:presente acta|acta de la presente)\b")


def proponer(
    parrafos: Sequence[Parrafo],
    rutas: Sequence[Ruta],
    puntos: Sequence[Hallado[Punto]],
    tramos: Sequence[Tramo],
) -> list[Hallado[Voto]]:
    """Las de cada punto o acuerdo, con lo más preciso que se diga; con conteos distintos, son varias."""
    de_cada: dict[tuple[Ruta, int], list[Hallado[Voto]]] = {}
    for lugar, parrafo in enumerate(parrafos):
        for forma, conteo, desde, hasta in _dichas(parrafo):
            cual, confianza = _de_que(parrafo.llano[desde:hasta], lugar, rutas, puntos, tramos)
            asunto = _asunto(cual, puntos)
            voto = Voto(forma, asunto, cual[0], cual[1], conteo)
            _sumar(de_cada.setdefault(cual, []), Hallado(voto, parrafo.renglones_de(desde, hasta), confianza))
    return [hallado for suyas in de_cada.values() for hallado in suyas]


def _sumar(suyas: list[Hallado[Voto]], nueva: Hallado[Voto]) -> None:
    """Un conteo sustituye a lo que se dijo sin él; otro conteo es otra votación del mismo asunto."""
    conteos = [fila.valor.conteo for fila in suyas if fila.valor.conteo]
    if nueva.valor.conteo and not conteos:
        suyas[:] = [nueva]
    elif not suyas or (nueva.valor.conteo and nueva.valor.conteo not in conteos):
        suyas.append(nueva)


Dicha = tuple[str, tuple[int, int, int] | None, int, int]


def _dichas(parrafo: Parrafo) -> Iterator[Dicha]:
    """Las votaciones que el párrafo dice, con el tramo que las dice."""
    conteo = _conteo(parrafo.llano)
    for desde, hasta, cuenta in _contadas(parrafo):
        lugar = re.search(r"a favor", parrafo.llano[desde:hasta])
        inicio = desde + lugar.start() if lugar else desde
        negada = bool(_NO.search(parrafo.llano[desde:hasta]))
        yield ("no_aprobado" if negada else "conteo"), cuenta, max(0, inicio - 20), inicio + 60
    for desde, hasta in partir(parrafo.texto):
        frase = parrafo.llano[desde:hasta]
        if not _APRUEBA.search(frase) or (
            _CONDICION.search(frase) and not re.search(r"result|se aprob|se aprueb", frase)
        ):
            continue
        if _UNANIME.search(frase):
            yield "unanimidad", None, desde, hasta
        elif _MAYORIA.search(frase) and not conteo:
            yield "mayoria", None, desde, hasta


def _contadas(parrafo: Parrafo) -> Iterator[tuple[int, int, tuple[int, int, int]]]:
    """Dónde se cuenta y cuánto: frase por frase si dos o más lo hacen; si no, el párrafo entero."""
    frases = [(a, b, c) for a, b in partir(parrafo.texto) if (c := _conteo(parrafo.llano[a:b]))]
    if len(frases) > 1:
        yield from frases
    elif conteo := _conteo(parrafo.llano):
        yield 0, len(parrafo.texto), conteo


def _conteo(plano: str) -> tuple[int, int, int] | None:
    """A favor, en contra y abstenciones; None si no dice al menos dos."""
    cifras, dichas = [], 0
    for marca, patron in _CONTEO:
        numero = -1
        if marca.search(plano):
            for hallado in patron.finditer(plano):
                numero = max(numero, _cifra(hallado))
        cifras.append(max(numero, 0))
        dichas += numero >= 0
    return (cifras[0], cifras[1], cifras[2]) if dichas >= 2 else None


def _cifra(hallado: re.Match[str]) -> int:
    dicho = next(g for g in hallado.groups() if g)
    ultimas = dicho.split()
    numero, cuantas = numeros.leer_atras(ultimas)
    return numero if cuantas else -1


def _de_que(
    frase: str,
    lugar: int,
    rutas: Sequence[Ruta],
    puntos: Sequence[Hallado[Punto]],
    tramos: Sequence[Tramo],
) -> tuple[tuple[Ruta, int], Confianza]:
    """De qué se votó: el orden del día, el acta, el acuerdo en que está dicha o el punto."""
    suelta = _DE_PASO.sub(" ", frase)
    if _EL_ORDEN.search(suelta) and (ruta := _de_tipo("orden", puntos)):
        return (ruta, 0), Confianza.ALTA
    suelta = _SE_ANEXA.sub(" ", suelta)
    if _ESTA_ACTA.search(suelta) and "aprob" in suelta and (ruta := _de_tipo("acta", puntos)):
        return (ruta, 0), Confianza.ALTA
    dentro = [n for n, t in enumerate(tramos, start=1) if t.desde <= lugar < t.hasta]
    if dentro:
        return (rutas[tramos[dentro[0] - 1].desde], dentro[0]), Confianza.ALTA
    ruta = rutas[lugar]
    suyos = [n for n, t in enumerate(tramos, start=1) if rutas[t.desde] == ruta and t.desde > lugar]
    if len(suyos) == 1 and ruta:
        return (ruta, suyos[0]), Confianza.MEDIA
    return (ruta, 0), Confianza.MEDIA


def _de_tipo(tipo: str, puntos: Sequence[Hallado[Punto]]) -> Ruta | None:
    return next((p.valor.ruta for p in puntos if p.valor.tipo == tipo), None)


def _asunto(cual: tuple[Ruta, int], puntos: Sequence[Hallado[Punto]]) -> str:
    """Qué se votó, en pocas palabras."""
    if cual[1]:
        return f"Acuerdo {cual[1]}"
    return next((p.valor.titulo for p in puntos if p.valor.ruta == cual[0]), "Votación sin punto")
