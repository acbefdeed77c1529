"""Del texto tal como llegó a sus párrafos: sin números de renglón, pies de página ni guiones partidos."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from . import nombres
from .etiquetas import empieza
from .letras import llano

MAXIMO = 400_000  # letras: unas ciento cincuenta páginas
RENGLONES = 4_000
SALTO = 15  # renglones numerados que pudieron perderse entre uno y otro
LARGO = 20_000  # letras de un renglón; más largo no es un acta


class TextoIlegible(ValueError):
    """No es el texto de un acta. Su mensaje es la frase que debe leer quien lo mandó."""


@dataclass(frozen=True)
class Renglon:
    """Un renglón ya limpio, con su número en el texto original."""

    numero: int
    texto: str


@dataclass(frozen=True)
class Parrafo:
    """Renglones que se leen de corrido."""

    partes: tuple[Renglon, ...]

    @cached_property
    def _unido(self) -> tuple[str, tuple[int, ...]]:
        """El texto y dónde empieza cada renglón."""
        texto, cortes = "", []
        for parte in self.partes:
            partida = texto.endswith("-") and texto[-2:-1].isalpha() and parte.texto[:1].islower()
            texto = texto[:-1] if partida else f"{texto} " if texto else ""
            cortes.append(len(texto))
            texto += parte.texto
        return texto, tuple(cortes)

    @property
    def texto(self) -> str:
        """Lo que dice, de corrido."""
        return self._unido[0]

    @cached_property
    def llano(self) -> str:
        """Lo mismo, para comparar."""
        return llano(self.texto)

    @property
    def renglones(self) -> tuple[int, ...]:
        """Los números de sus renglones."""
        return tuple(parte.numero for parte in self.partes)

    def renglones_de(self, desde: int, hasta: int) -> tuple[int, ...]:
        """Los renglones que tocan ese tramo de su texto."""
        cortes = (*self._unido[1], len(self.texto) + 1)
        return tuple(
            parte.numero
            for parte, (ini, fin) in zip(self.partes, pairwise(cortes), strict=True)
            if ini < hasta and fin > desde
        )


_LIGADURAS = str.maketrans(
    {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "\u00ad": "", "\u200b": "", "\ufeff": "", "\u00a0": " ", "’": "'"}
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_ETIQUETA_HTML = re.compile(r"</?[a-z][^<>]{0,80}>", re.I)
_ENFASIS = re.compile(r"\*\*|__(?=\w)|(?<=\w)__|^#{1,6} ")
_RAYA = re.compile(r"[\W_]*")
_NOTA = re.compile(
    r"[(\[]?(?:a (?:collection|series) of )?(?:handwritten|rubricas?|firmas? (?:ilegibles?|autografas?)"
    r"|signature|sello ilegible|ilegible)\b.{0,300}"
)
_PAGINA = re.compile(
    r"(?:pagina|pag\.?|hoja|foja)\s*\d{1,4}(?:\s*(?:de|/)\s*\d{1,4})?|\d{1,3}\s*/\s*\d{1,3}|-\s*\d{1,4}\s*-"
)
_IMPRESO = re.compile(r"\s*(?:[-*]\s+)?(\d{1,4})(?:\s+(\d{1,4}))?(?=\s|$)")


def leer(texto: str) -> list[Renglon]:
    """Los renglones con algo que leer. Lanza `TextoIlegible` si no puede ser un acta."""
    if len(texto) > MAXIMO:
        raise TextoIlegible(
            f"El texto es demasiado largo: se leen hasta {MAXIMO:,} letras. Pega solo el acta."
        )
    if texto.count("\ufffd") + len(_CONTROL.findall(texto)) > len(texto) // 50:
        raise TextoIlegible("Esto no es texto: parece un archivo binario. Sube el archivo, o copia su texto.")
    crudos = [_sin_marcas(r) for r in texto.translate(_LIGADURAS).splitlines()]
    if len(crudos) > RENGLONES:
        raise TextoIlegible(
            f"El texto tiene demasiados renglones: se leen hasta {RENGLONES:,}. Pega solo el acta."
        )
    if sum(c.isalpha() for r in crudos for c in r) < 40:
        raise TextoIlegible(
            "No hay texto que leer. Si es un PDF escaneado, antes hay que reconocer sus letras."
        )
    if any(len(r) > LARGO for r in crudos):
        raise TextoIlegible(
            "Hay un renglón demasiado largo para ser de un acta. Pega el texto con sus párrafos."
        )
    return list(_sin_ruido(_sin_numeros(crudos)))


def _sin_marcas(renglon: str) -> str:
    """Sin negritas de Markdown, etiquetas ni espacios repetidos; las tabulaciones separan columnas."""
    limpio = _ENFASIS.sub("", _ETIQUETA_HTML.sub(" ", _CONTROL.sub("", renglon)))
    columnas = re.split(r"\t+|\s{4,}", limpio.strip())
    return " | ".join(" ".join(c.split()) for c in columnas if c.strip() not in ("", "|"))


def _sin_numeros(crudos: Sequence[str]) -> list[str]:
    """Sin los números de renglón impresos, si de verdad van en serie."""
    quitados: dict[int, str] = {}
    ultimo = 0
    for lugar, texto in enumerate(crudos):
        hallado = _IMPRESO.match(texto)
        if not hallado:
            continue
        numero = int(hallado[1])
        if ultimo < numero <= ultimo + SALTO or (numero <= 2 and ultimo >= 15):
            doble = hallado[2] is not None and int(hallado[2]) == numero + 1
            ultimo = numero + doble
            quitados[lugar] = texto[hallado.end(2 if doble else 1) :].lstrip(" |")
    con_letras = sum(any(c.isalpha() for c in r) for r in crudos)
    con_numero_y_letras = sum(any(c.isalpha() for c in r) for r in quitados.values())
    if con_numero_y_letras < 8 or con_numero_y_letras * 10 < con_letras * 6:
        return list(crudos)
    return [quitados.get(lugar, texto) for lugar, texto in enumerate(crudos)]


def _sin_ruido(textos: Sequence[str]) -> Iterator[Renglon]:
    """Los renglones, vacíos incluidos; lo que se repite en cada página y las notas del OCR quedan vacíos."""
    veces = Counter(llano(t).strip() for t in textos)
    for numero, texto in enumerate(textos, start=1):
        plano = llano(texto).strip()
        ruido = _RAYA.fullmatch(texto) or _PAGINA.fullmatch(plano) or _NOTA.match(plano)
        yield Renglon(numero, "" if ruido or _es_membrete(plano, veces[plano]) else texto)


def _es_membrete(plano: str, veces: int) -> bool:
    """Lo corto que se repite, idéntico y sin punto final, es el encabezado o el pie de las páginas."""
    return veces >= 3 and len(plano) <= 80 and plano[-1:] not in ".;:" and "unanim" not in plano


_TERMINA = (".", ";", ":", "?", "!", "»", '"')
_SIN_TERMINAR = re.compile(r"(?:,|\b(?:de|del|la|el|los|las|y|e|en|por|para|con|a|al|que|su|una?))$")
HOJA = 200  # letras: un renglón más largo no cabe en una hoja, así que es un párrafo entero (Word)
_ABRE = re.compile(
    r"(?:(?:como|en|en el|en desahogo del?|desahogo del?|respecto al?|sobre el|para el"
    r"|del)\s+)?punto\s+\S|acuerdo\s|siendo las|no habiendo|(?-i:Acta|Minuta|ACTA|MINUTA)\s+de\s+la\s",
    re.I,
)
_CAMPO = re.compile(r"[A-ZÁÉÍÓÚÑ][^:.;]{1,38}:(?:\s|$)")


def parrafos(renglones: Iterable[Renglon]) -> list[Parrafo]:
    """Junta los renglones que se leen de corrido, también a través de un salto de página."""
    todos = list(renglones)
    # El ancho de la hoja lo dice lo escrito de corrido: la fila de una tabla va entera en un renglón.
    ancho = max((len(r.texto) for r in todos if "|" not in r.texto), default=0)
    grupos: list[list[Renglon]] = []
    enteros = ancho > HOJA
    hueco = True
    for renglon in todos:
        if not renglon.texto:
            hueco = True
            continue
        if grupos and _sigue(grupos[-1][-1].texto, renglon.texto, hueco=hueco, ancho=ancho):
            grupos[-1].append(renglon)
        else:
            grupos.append([renglon])
        hueco = enteros
    return [Parrafo(tuple(grupo)) for grupo in grupos]


def _empieza_con_persona(renglon: str) -> bool:
    persona = nombres.en(renglon)
    return persona is not None and bool(persona.tratamiento)


def _sigue(antes: str, ahora: str, *, hueco: bool, ancho: int) -> bool:
    """Si el renglón continúa el párrafo anterior."""
    if empieza(ahora) or " | " in ahora or _ABRE.match(ahora) or nombres.solo(ahora):
        return False
    if _empieza_con_persona(antes) and _empieza_con_persona(ahora):
        return False  # una lista de personas, una por renglón
    if ahora[:1].islower():
        return not antes.endswith((".", ":")) or not hueco
    if hueco and " | " in antes:
        return False
    cortado = bool(_SIN_TERMINAR.search(antes.lower()))
    if antes.isupper() and not ahora.isupper() and not cortado:
        return False  # un título y lo que sigue
    if hueco or " | " in antes:
        return cortado and len(antes) > 25
    corto = len(antes) < ancho * 0.85
    if antes.endswith(_TERMINA) and corto:
        return False
    return not (corto and not cortado and (_CAMPO.match(ahora) or ancho < 60 or len(antes) < 50))
