"""Testar: quitar de un texto los datos que no se publican y dejar en su lugar `[testado N]`.

Se busca como lee una persona: sin distinguir mayúsculas, acentos, espacios repetidos ni marcas de
formato. Un dato que empieza o termina con letra no se busca en medio de otra palabra («Ana» no está
en «mañana»). Lo ya testado es una barrera: nada se forma ni se encuentra a través de ella.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe

MARCA = re.compile(r"\[testado ([0-9]+)\]")
_ETIQUETA_HTML = re.compile(r"(<[^>]*>)")
_BARRERA = "\0"
# Lo que identifica o da forma al documento: ni se lee como texto ni lleva datos de personas.
INTACTOS = frozenset({"esquema", "identificador", "clave", "clase", "espacio", "estilo", "via"})
_FECHA_O_HUELLA = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+)?)?|[0-9]{2}:[0-9]{2}(:[0-9.]+)?|[0-9a-f]{64}"
)


def etiqueta(numero: int) -> str:
    """Lo que queda en lugar del dato."""
    return f"[testado {numero}]"


def pintar(html: str) -> SafeString:
    """El HTML (seguro) con cada `[testado N]` de su texto como recuadro negro, que se lee en voz alta.

    Es el único lugar donde se decide cómo se ve lo testado, en pantalla y en papel.
    """
    if "[testado " not in html:
        return mark_safe(html)  # noqa: S308 -- ya venía seguro
    partes = _ETIQUETA_HTML.split(html)
    partes[::2] = [MARCA.sub(r'<span class="testado">testado \1</span>', texto) for texto in partes[::2]]
    return mark_safe("".join(partes))  # noqa: S308 -- ya venía seguro; la marca solo lleva números


@dataclass(frozen=True)
class Leido:
    """Un texto como se busca en él: cada letra simplificada y de dónde a dónde está en el original."""

    letras: str
    tramos: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Tachador:
    """Quita de cualquier texto unos datos; se numeran desde 1, en el orden en que vienen."""

    textos: tuple[str, ...]
    _buscados: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Simplifica lo que se busca una sola vez."""
        object.__setattr__(self, "_buscados", tuple(leer(texto).letras.strip() for texto in self.textos))

    def __call__(self, texto: str) -> str:
        """El texto sin los datos."""
        return self.contando(texto)[0]

    def contando(self, texto: str) -> tuple[str, list[int]]:
        """El texto sin los datos y cuántas veces estaba cada uno."""
        if not self.textos or not texto:
            return texto, [0] * len(self.textos)
        leido = leer(texto)
        hallados = [list(_apariciones(leido.letras, buscado)) for buscado in self._buscados]
        tramos = [
            (desde, hasta, numero)
            for numero, lugares in enumerate(hallados, start=1)
            for desde, hasta in lugares
        ]
        veces = [len(lugares) for lugares in hallados]
        return (_sustituido(texto, leido, self._juntos(tramos)) if tramos else texto), veces

    def _juntos(self, tramos: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        """Los encimados, como uno solo con el número del más largo: así no quedan restos del otro."""
        juntos: list[tuple[int, int, int]] = []
        for desde, hasta, numero in sorted(tramos):
            if juntos and desde < juntos[-1][1]:
                inicio, fin, previo = juntos[-1]
                juntos[-1] = (inicio, max(fin, hasta), max(previo, numero, key=self._largo))
            else:
                juntos.append((desde, hasta, numero))
        return juntos

    def _largo(self, numero: int) -> tuple[int, str]:
        buscado = self._buscados[numero - 1]
        return len(buscado), buscado


def testar(contenido: dict[str, Any], textos: Sequence[str]) -> tuple[dict[str, Any], list[int]]:
    """Un documento sellado sin esos datos, y cuántas veces estaba cada uno.

    Se buscan en todos sus textos; quedan igual los nombres de los campos, las fechas, las huellas y lo de
    `INTACTOS`.
    """
    tachador, veces = Tachador(tuple(textos)), [0] * len(textos)

    def tachar(texto: str) -> str:
        limpio, hallados = tachador.contando(texto)
        veces[:] = [antes + ahora for antes, ahora in zip(veces, hallados, strict=True)]
        return limpio

    testado = {clave: _en(valor, tachar, clave) for clave, valor in contenido.items()}
    return testado, veces


def textos_de(valor: Any, clave: str = "") -> Iterator[str]:
    """Cada texto de un documento en el que se busca."""
    if isinstance(valor, str) and not _intacto(valor, clave):
        yield valor
    elif isinstance(valor, dict):
        for nombre, dentro in valor.items():
            yield from textos_de(dentro, nombre)
    elif isinstance(valor, list | tuple):
        for dentro in valor:
            yield from textos_de(dentro, clave)


def _en(valor: Any, tachar: Callable[[str], str], clave: str) -> Any:
    if isinstance(valor, str):
        return valor if _intacto(valor, clave) else tachar(valor)
    if isinstance(valor, dict):
        return {nombre: _en(dentro, tachar, nombre) for nombre, dentro in valor.items()}
    if isinstance(valor, list | tuple):
        return [_en(dentro, tachar, clave) for dentro in valor]
    return valor


def _intacto(valor: str, clave: str) -> bool:
    return clave in INTACTOS or _FECHA_O_HUELLA.fullmatch(valor) is not None


def leer(texto: str) -> Leido:
    """El texto simplificado, letra por letra; las marcas de formato y los acentos no cuentan."""
    letras: list[str] = []
    tramos: list[tuple[int, int]] = []
    for desde, hasta, simple in _piezas(texto):
        if simple == " " and letras and letras[-1] == " ":
            tramos[-1] = (tramos[-1][0], hasta)
            continue
        for letra in simple:
            letras.append(letra)
            tramos.append((desde, hasta))
    return Leido("".join(letras), tuple(tramos))


def _piezas(texto: str) -> Iterator[tuple[int, int, str]]:
    """De cada lugar del original, lo que se lee; nada de lo que solo da formato."""
    lugar, renglon_nuevo = 0, True
    while lugar < len(texto):
        marca = MARCA.match(texto, lugar)
        if marca:
            yield lugar, marca.end(), _BARRERA
            lugar, renglon_nuevo = marca.end(), False
            continue
        letra = texto[lugar]
        cita = renglon_nuevo and letra == ">"  # «> » abre cada renglón de una cita
        renglon_nuevo = letra == "\n" or (renglon_nuevo and (letra.isspace() or cita))
        yield lugar, lugar + 1, " " if cita else _simple(letra)
        lugar += 1


@cache
def _simple(letra: str) -> str:
    """«Á» es «a», cualquier espacio es uno; asteriscos, diagonales de escape y lo invisible, nada."""
    if letra in "*\\":
        return ""
    if letra.isspace() or letra == _BARRERA:
        return " "
    separada = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letra).casefold())
    visibles = "".join(c for c in separada if unicodedata.category(c) not in ("Mn", "Cf"))
    return "".join(" " if c.isspace() else c for c in visibles)


def _apariciones(letras: str, buscado: str) -> Iterator[tuple[int, int]]:
    """Dónde está lo buscado, sin cortar palabras."""
    desde = letras.find(buscado) if buscado and _BARRERA not in buscado else -1
    while desde >= 0:
        hasta = desde + len(buscado)
        corta_antes = buscado[0].isalpha() and desde > 0 and letras[desde - 1].isalpha()
        corta_despues = buscado[-1].isalpha() and hasta < len(letras) and letras[hasta].isalpha()
        if not (corta_antes or corta_despues):
            yield desde, hasta
        desde = letras.find(buscado, desde + 1)


def _sustituido(texto: str, leido: Leido, tramos: list[tuple[int, int, int]]) -> str:
    partes, fin = [], 0
    for desde, hasta, numero in tramos:
        inicio, corte = leido.tramos[desde][0], leido.tramos[hasta - 1][1]
        while corte < len(texto) and unicodedata.category(texto[corte]) in ("Mn", "Cf"):
            corte += 1
        if inicio < fin:  # dos letras de lo buscado venían de una sola del original
            inicio = fin
        abren, cierran = _marcas(texto[inicio:corte])
        partes += [texto[fin:inicio], abren, etiqueta(numero), cierran]
        fin = corte
    return "".join([*partes, texto[fin:]])


def _marcas(quitado: str) -> tuple[str, str]:
    """Las marcas de formato que estaban dentro, para que lo demás no pierda su pareja."""
    abren = cierran = ""
    for marca in re.finditer(r"\*+", quitado):
        abre = marca.start() > 0 and quitado[marca.start() - 1].isspace()
        abren, cierran = (abren + marca[0], cierran) if abre else (abren, cierran + marca[0])
    return abren, cierran
