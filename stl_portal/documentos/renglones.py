"""Numeración de renglones citables: «acta, renglón 41».

Se numera lo que se imprime: cada renglón compuesto dentro de los elementos `data-renglones` (o de
todo el cuerpo si no hay ninguno), de corrido en todo el documento. No cuentan encabezado, pie ni
lo marcado `data-sin-renglon`; una fila de tabla es un solo renglón, el de su primera línea.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from weasyprint import HTML, Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from stl_portal.documentos import tipografia
from stl_portal.documentos.hoja import Hoja

POR_PLIEGO = 250


@dataclass(frozen=True)
class Renglon:
    """Un renglón impreso: su número en el documento, su página (desde 1), su texto y su bloque.

    `ancla` es el `id` del bloque más cercano que lo contiene, o vacío si ninguno tiene.
    """

    numero: int
    pagina: int
    texto: str
    ancla: str


@dataclass(frozen=True)
class Linea:
    """Una línea compuesta: la altura de su línea base (px desde arriba), su texto y su ancla."""

    base: float
    texto: str
    ancla: str


def numerar(hojas: Sequence[Hoja]) -> tuple[Renglon, ...]:
    """Numera los renglones del documento y deja en cada hoja la capa que pinta sus números."""
    por_hoja = _lineas_por_hoja(hojas)
    lineas = [(pagina, linea) for pagina, hoja in enumerate(por_hoja, start=1) for linea in hoja]
    for hoja, capa in zip(hojas, _capas(por_hoja), strict=True):
        hoja.capas.append(capa)
    return tuple(
        Renglon(numero, pagina, linea.texto, linea.ancla)
        for numero, (pagina, linea) in enumerate(lineas, start=1)
    )


def _lineas_por_hoja(hojas: Sequence[Hoja]) -> list[list[Linea]]:
    raices = [hoja._page_box.children[0] for hoja in hojas]
    marcados = any(_tiene_marcado(raiz) for raiz in raices)
    return [list(_lineas(raiz, "", dentro=not marcados)) for raiz in raices]


def _tiene_marcado(caja: Any) -> bool:
    if _atributo(caja, "data-renglones") is not None:
        return True
    return any(_tiene_marcado(hija) for hija in getattr(caja, "children", ()))


def _atributo(caja: Any, nombre: str) -> str | None:
    elemento = caja.element
    valor: str | None = None if elemento is None else elemento.get(nombre)
    return valor


def _lineas(caja: Any, ancla: str, *, dentro: bool) -> Iterator[Linea]:
    """Recorre el flujo en orden de lectura y entrega las líneas que se numeran."""
    if isinstance(caja, AbsolutePlaceholder) or _atributo(caja, "data-sin-renglon") is not None:
        return
    ancla = _atributo(caja, "id") or ancla
    dentro = dentro or _atributo(caja, "data-renglones") is not None
    if dentro and _va_de_lado(caja):
        yield from _fila(caja, ancla)
    elif isinstance(caja, boxes.LineBox):
        yield from _linea(caja, ancla) if dentro else ()
    else:
        yield from _bloque(caja, ancla, dentro=dentro)


def _va_de_lado(caja: Any) -> bool:
    """Filas de tabla y bloques de firma puestos en línea: varias columnas, un solo renglón.

    Un bloque en línea dentro de una oración (la etiqueta de un punto) es parte de su renglón.
    """
    if not isinstance(caja, boxes.LineBox):
        return isinstance(caja, boxes.TableRowBox)
    en_linea = any(isinstance(hija, boxes.InlineBlockBox) for hija in caja.children)
    prosa = any(isinstance(hija, boxes.TextBox) and hija.text.strip() for hija in caja.children)
    return en_linea and not prosa


def _bloque(caja: Any, ancla: str, *, dentro: bool) -> Iterator[Linea]:
    """Las líneas de un bloque; el marcador de lista («IV.», «a)») va con la primera."""
    marcador = ""
    for hija in _propias(caja):
        if isinstance(hija, AbsolutePlaceholder) and str(hija.element_tag).endswith("::marker"):
            marcador = _texto(hija._box)
        for linea in _lineas(hija, ancla, dentro=dentro):
            yield replace(linea, texto=f"{marcador} {linea.texto}".strip())
            marcador = ""


def _propias(caja: Any) -> list[Any]:
    """Las cajas hijas, sin la cabecera de tabla que se repite al pasar de página."""
    hijas = list(getattr(caja, "children", ()))
    if isinstance(caja, boxes.TableBox) and caja.skipped_rows:
        return [hija for hija in hijas if not hija.is_header]
    return hijas


def _linea(caja: Any, ancla: str) -> Iterator[Linea]:
    if texto := _texto(caja):
        yield Linea(caja.position_y + caja.baseline, texto, ancla)


def _fila(fila: Any, ancla: str) -> Iterator[Linea]:
    """La fila como un renglón: sus celdas separadas por « | », a la altura de la más alta."""
    celdas = [list(_lineas(celda, ancla, dentro=True)) for celda in fila.children]
    llenas = [lineas for lineas in celdas if lineas]
    if llenas:
        texto = " | ".join(" ".join(linea.texto for linea in lineas) for lineas in llenas)
        yield Linea(min(lineas[0].base for lineas in llenas), texto, llenas[0][0].ancla)


def _texto(caja: Any) -> str:
    return " ".join("".join(_trozos(caja)).split())


def _trozos(caja: Any) -> Iterator[str]:
    if isinstance(caja, AbsolutePlaceholder):
        return
    if isinstance(caja, boxes.TextBox):
        yield caja.text
    for hija in getattr(caja, "children", ()):
        yield from _trozos(hija)


def _capas(por_hoja: Sequence[Sequence[Linea]]) -> Iterator[Page]:
    """Para cada hoja, sus números puestos sobre las líneas base."""
    numero = 0
    for lineas in por_hoja:
        yield _capa([_sobre(linea.base, numero + orden) for orden, linea in enumerate(lineas, start=1)])
        numero += len(lineas)


def _capa(cajas: list[Any]) -> Page:
    """La página de los números con solo esas cajas."""
    pagina, raiz, cuerpo = _pliego(0)
    capa = copy(pagina)
    capa._page_box = pagina._page_box.copy_with_children(
        [raiz.copy_with_children([cuerpo.copy_with_children(cajas)])]
    )
    return capa


def _sobre(base: float, numero: int) -> Any:
    """La caja del número, llevada a esa línea base."""
    pliego, lugar = divmod(numero - 1, POR_PLIEGO)
    _, _, cuerpo = _pliego(pliego)
    caja = cuerpo.children[lugar].deepcopy()
    renglon = caja.children[0]
    caja.translate(0, base - renglon.position_y - renglon.baseline)
    return caja


@lru_cache(maxsize=16)
def _pliego(cual: int) -> tuple[Page, Any, Any]:
    """Una página con `POR_PLIEGO` números ya compuestos, su raíz y su cuerpo.

    Los números son los mismos en todos los documentos: se componen una vez y se copian donde toca.
    """
    desde = cual * POR_PLIEGO
    marcas = "".join(f"<i>{numero}</i>" for numero in range(desde + 1, desde + POR_PLIEGO + 1))
    fuente = HTML(string=f"<html><body>{marcas}</body></html>", url_fetcher=tipografia.lector())
    compuesto = fuente.render(font_config=tipografia.letras(), stylesheets=tipografia.hojas("renglones.css"))
    (pagina,) = compuesto.pages
    raiz = pagina._page_box.children[0]
    return pagina, raiz, raiz.children[0]
