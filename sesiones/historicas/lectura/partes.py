"""En qué parte del acta está cada párrafo: encabezado, asistencia, orden del día, desahogo, firmas."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest

from . import etiquetas
from .etiquetas import Etiqueta
from .orden import Lista, en_linea, tipo_de
from .renglones import Parrafo


class Parte(StrEnum):
    """Las partes de un acta, en el orden de siempre."""

    ENCABEZADO = "encabezado"
    ASISTENCIA = "asistencia"
    INVITADAS = "invitadas"
    AUSENCIAS = "ausencias"
    ORDEN = "orden"
    DESAHOGO = "desahogo"
    ACUERDOS = "acuerdos"
    FIRMAS = "firmas"
    FIN = "fin"


_TITULOS = (
    (Parte.ORDEN, r"(?:lectura del |propuesta de )?orden del dia(?: propuesto)?"),
    (
        Parte.ASISTENCIA,
        r"(?:(?:pase de )?lista de |registro de )?(?:asistencia|asistentes|participantes|presentes)"
        r"|(?:las y los |los |las )?(?:integrantes|personas)(?: e integrantes)? (?:asistentes"
        r"|presentes|que asisten)"
        r"|asistieron|se encuentran presentes|integrantes",
    ),
    (
        Parte.INVITADAS,
        r"(?:personas |publico )?invitad[oa]s?(?: especiales| e invitad[oa]s| y ponentes)?|ponentes",
    ),
    (Parte.AUSENCIAS, r"(?:ausencias|ausentes|inasistencias|no asistieron|faltas)(?: justificadas)?"),
    (
        Parte.DESAHOGO,
        r"(?:desahogo|desarrollo|relatoria)(?: de la (?:sesion|reunion)"
        r"| del? (?:los )?(?:orden del dia|puntos).{0,40})?",
    ),
    (Parte.ACUERDOS, r"(?:relacion de |principales )?acuerdos(?: tomados| alcanzados| de la sesion)?"),
    (
        Parte.FIRMAS,
        r"(?:hoja de )?firmas(?: de .{0,60})?|firman(?: de conformidad| al calce.{0,40})?|firma de .{0,60}"
        r"|nombre\b.{0,60}\bfirma",
    ),
)
_TITULO = [(parte, re.compile(patron)) for parte, patron in _TITULOS]
_FIN = re.compile(
    r"fin de texto|(?:la|esta) (?:presente )?(?:hoja de firmas|foja)|la presente (?:hoja|foja)|ultima hoja"
)
_ANEXO = re.compile(r"anexos?(?: \w{1,4})?$|oficio:|asunto:|c\.c\.p")
_CIERRA_ORDEN = 300  # letras: un punto del orden del día no es un párrafo
_ANTES = frozenset({Parte.ENCABEZADO, Parte.ASISTENCIA, Parte.INVITADAS, Parte.AUSENCIAS, Parte.ORDEN})
_NOMBRA_PUNTO = re.compile(
    rf"(?:[a-z ]{{0,30}}\s)?punto\s+(?:numero\s+|no\.?\s*)?(?:{etiquetas.ORDINALES}|[ivx]{{1,6}}"
    rf"|\d{{1,2}}|uno)\b"
)
_CUENTA = re.compile(r"(?:el|la|las|los) (?:lic|licda|mtr[oa]|dra?|ing|arq|cc?)\.\s")  # alguien ya hace algo
_MARGEN = re.compile(r"[\s:.|\-–—]+$")


@dataclass
class Partido:
    """Los párrafos de cada parte, en orden, y la lista del orden del día."""

    de: dict[Parte, list[Parrafo]] = field(default_factory=lambda: {parte: [] for parte in Parte})
    lista: Lista = field(default_factory=Lista)

    def todos(self, *partes: Parte) -> list[Parrafo]:
        """Los de esas partes, por su orden en el texto."""
        juntos = [p for parte in partes for p in self.de[parte]]
        return sorted(juntos, key=lambda p: p.renglones[0])


def partir(parrafos: Iterable[Parrafo]) -> Partido:
    """Recorre el acta una vez. Lo que sigue a las firmas (anexos) no es del acta."""
    partido, ahora = Partido(), Parte.ENCABEZADO
    todos = list(parrafos)
    for parrafo, despues in zip_longest(todos, todos[1:]):
        etiqueta = etiquetas.leer(parrafo.texto)
        if not partido.lista.puntos and _abre_lista(parrafo, etiqueta, despues):
            ahora = Parte.ORDEN
        ahora, es_titulo = _siguiente(ahora, parrafo, etiqueta, partido)
        if not es_titulo:
            partido.de[ahora].append(parrafo)
        if ahora in _ANTES and not partido.lista.puntos and "orden del dia" in parrafo.llano:
            partido.lista = en_linea(parrafo)
    return partido


def _abre_lista(parrafo: Parrafo, etiqueta: Etiqueta | None, despues: Parrafo | None) -> bool:
    """Un orden del día sin su título: empieza por la lista de asistencia y lo sigue un segundo punto."""
    if etiqueta is None or despues is None or len(parrafo.texto) > _CIERRA_ORDEN:
        return False
    otra = etiquetas.leer(despues.texto)
    seguidos = otra and otra.clase == etiqueta.clase and (etiqueta.numero, otra.numero) in ((1, 2), (0, 0))
    return bool(seguidos) and tipo_de(parrafo.texto[etiqueta.fin :]) == "lista"


def _siguiente(
    ahora: Parte, parrafo: Parrafo, etiqueta: Etiqueta | None, partido: Partido
) -> tuple[Parte, bool]:
    """En qué parte cae el párrafo y si solo es su título."""
    if _termina(ahora, parrafo):
        return Parte.FIN, False
    if ahora == Parte.ORDEN and _es_del_orden(parrafo, etiqueta, partido.lista):
        partido.lista.agregar(etiqueta, parrafo)
        return ahora, False
    titulo = titulo_de(parrafo, etiqueta)
    if titulo and _puede_seguir(ahora, titulo, partido):
        return titulo, not (titulo == Parte.FIRMAS and "|" in parrafo.texto)
    if _anuncia_orden(parrafo) and not partido.lista.puntos and ahora != Parte.FIRMAS:
        return Parte.ORDEN, False
    return (Parte.DESAHOGO if _empieza_desahogo(ahora, parrafo, partido) else ahora), False


def _termina(ahora: Parte, parrafo: Parrafo) -> bool:
    """Si el acta ya acabó: su leyenda final o, tras las firmas, sus anexos."""
    if ahora == Parte.FIN or _FIN.match(parrafo.llano):
        return True
    return ahora == Parte.FIRMAS and bool(_ANEXO.match(parrafo.llano))


def _empieza_desahogo(ahora: Parte, parrafo: Parrafo, partido: Partido) -> bool:
    """Si el acta deja de enlistar y empieza a contar, aunque ningún título lo diga."""
    if ahora not in _ANTES:
        return False
    if _NOMBRA_PUNTO.match(parrafo.llano) or (ahora == Parte.ORDEN and partido.lista.puntos):
        return True
    en_lista = ahora in (Parte.ASISTENCIA, Parte.INVITADAS, Parte.AUSENCIAS)
    return en_lista and bool(partido.lista.puntos) and _es_prosa(parrafo)


def _es_prosa(parrafo: Parrafo) -> bool:
    """Un párrafo con frases, no un renglón de una lista."""
    return len(parrafo.texto) > 160 and ";" not in parrafo.texto and "|" not in parrafo.texto


def _puede_seguir(ahora: Parte, titulo: Parte, partido: Partido) -> bool:
    """Un título que regresa a una parte ya pasada es el de un punto, no el de una parte."""
    if titulo == Parte.ORDEN:
        return not partido.lista.puntos
    if titulo in (Parte.ASISTENCIA, Parte.INVITADAS, Parte.AUSENCIAS):
        return ahora not in (Parte.DESAHOGO, Parte.ACUERDOS, Parte.FIRMAS)
    return not (titulo == Parte.DESAHOGO and ahora == Parte.FIRMAS)


def _es_del_orden(parrafo: Parrafo, etiqueta: Etiqueta | None, lista: Lista) -> bool:
    """Si es el siguiente punto de la lista, y no ya su desahogo."""
    if etiqueta is None or len(parrafo.texto) > _CIERRA_ORDEN:
        return False
    ya_se_cuenta = etiqueta.clase == "vineta" and _CUENTA.match(parrafo.llano, etiqueta.fin)
    return not ya_se_cuenta and lista.admite(etiqueta, parrafo)


def _anuncia_orden(parrafo: Parrafo) -> bool:
    """Un proemio que termina «bajo el siguiente orden del día:»."""
    return parrafo.llano.rstrip(" :.-").endswith(("orden del dia", "siguiente orden"))


def titulo_de(parrafo: Parrafo, etiqueta: Etiqueta | None) -> Parte | None:
    """Qué parte anuncia, si es un título."""
    plano = parrafo.llano
    if len(plano) > 120:
        return None
    if etiqueta:
        plano = plano[etiqueta.fin :]
    plano = _MARGEN.sub("", plano)
    return next((parte for parte, patron in _TITULO if patron.fullmatch(plano)), None)
