"""Una página del portal, como va en la copia: ligas relativas, sin programas y sin lo que pide un servidor.

El HTML sale igual, letra por letra, salvo lo que se cambia: no se vuelve a componer. Una plantilla marca lo
que en una copia no aplica con `data-fuera-de-la-copia`, y pone lo que se lee en su lugar dentro de un
`<template data-en-la-copia>`, que el navegador no muestra.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from html.parser import HTMLParser

# Qué atributo de qué etiqueta lleva a otro archivo.
LLEVAN = {
    "a": ("href",),
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "img": ("src",),
    "link": ("href",),
    "object": ("data",),
    "source": ("src",),
    "track": ("src",),
    "use": ("href",),
    "video": ("src", "poster"),
}
# La canónica se queda: dice de dónde es la copia.
DEL_PORTAL = frozenset({"canonical"})
FUERA, DENTRO = "data-fuera-de-la-copia", "data-en-la-copia"
_URL = re.compile(r"""url\(\s*(["']?)([^"')]+)\1\s*\)""")


def ligas(html: str) -> Iterator[str]:
    """Las direcciones que la página enlaza, fuera de sus formas, en el orden en que aparecen."""
    lector = _Lector()
    lector.feed(html)
    lector.close()
    yield from lector.ligas


def ligas_de_estilos(css: str) -> Iterator[str]:
    """Las direcciones que una hoja de estilo pide."""
    return (m[2] for m in _URL.finditer(css) if not m[2].startswith(("data:", "#")))


def cambiar_estilos(css: str, cambio: Callable[[str], str]) -> str:
    """La hoja con cada dirección cambiada."""
    propias = set(ligas_de_estilos(css))
    return _URL.sub(lambda m: f'url("{cambio(m[2])}")' if m[2] in propias else m[0], css)


class _Base(HTMLParser):
    """Sabe si está dentro de una forma, de un programa o de lo que se marcó, que no van en la copia."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.dentro = ""  # la etiqueta que se está quitando
        self.hondura = 0  # cuántas como ella hay abiertas dentro de ella

    def se_quita(self, tag: str, atributos: dict[str, str]) -> bool:
        """Las formas, los programas y lo marcado; un bloque de datos no es un programa."""
        programa = tag == "script" and atributos.get("type") != "application/ld+json"
        return tag == "form" or programa or FUERA in atributos

    def sigue_dentro(self, tag: str) -> bool:
        """Si esa etiqueta se abre dentro de lo que se está quitando."""
        self.hondura += tag == self.dentro
        return bool(self.dentro)

    def termina(self, tag: str) -> bool:
        """Si esa etiqueta cierra algo de lo que se está quitando."""
        if not self.dentro:
            return False
        if tag == self.dentro:
            self.dentro, self.hondura = (tag, self.hondura - 1) if self.hondura else ("", 0)
        return True


class _Lector(_Base):
    def __init__(self) -> None:
        super().__init__()
        self.ligas: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        atributos = {nombre: valor or "" for nombre, valor in attrs}
        if self.sigue_dentro(tag):
            return
        if self.se_quita(tag, atributos):
            self.dentro = tag
        elif atributos.get("rel") not in DEL_PORTAL:
            self.ligas += [atributos[nombre] for nombre in LLEVAN.get(tag, ()) if nombre in atributos]

    def handle_endtag(self, tag: str) -> None:
        self.termina(tag)


class Cambio:
    """Qué se pone en lugar de cada liga; `None` en `direccion` es quitarla y `nota` se lee a su lado."""

    def __init__(self, direccion: str | None, nota: str = "") -> None:
        """`nota` es para una liga que sigue llevando al portal."""
        self.direccion, self.nota = direccion, nota


class Reescritor(_Base):
    """Vuelve a escribir una página: `cambio` dice qué va en cada liga; `aviso` y `forma` son HTML."""

    def __init__(self, cambio: Callable[[str], Cambio], aviso: str, forma: str) -> None:
        """`aviso` se pone al empezar la página y `forma`, donde estaba la primera."""
        super().__init__()
        self.cambio, self.aviso, self.forma = cambio, aviso, forma
        self.salida: list[str] = []
        self.nota = ""  # la de la liga en que se está
        self.en_dibujo = 0
        self.en_cabecera = 0
        self.descubiertos = 0  # los `template` abiertos que en la copia se leen

    def escribir(self, html: str) -> str:
        """La página, como va en la copia."""
        self.feed(html)
        self.close()
        return "".join(self.salida)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Cambia sus ligas; lo demás queda como estaba."""
        if self.sigue_dentro(tag):
            return
        atributos = {nombre: valor or "" for nombre, valor in attrs}
        if self.se_quita(tag, atributos) or self._sobra(tag, atributos):
            self.dentro = tag
            # La cabecera se repite en cada página, y el aviso de arriba ya lo dice.
            if tag == "form" and not self.en_cabecera and FUERA not in atributos:
                self.salida.append(self.forma)
                self.forma = ""  # una vez por página
            return
        if tag == "template" and DENTRO in atributos:
            self.descubiertos += 1
            return
        self.en_dibujo += tag == "svg"
        self.en_cabecera += tag == "header" and "cabecera" in atributos.get("class", "")
        self._agregar(self._con_ligas(tag, atributos))
        if tag == "body":
            self._agregar(self.aviso)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Una que se cierra sola, como las de un dibujo."""
        if not self.dentro:
            self._agregar(self._con_ligas(tag, {nombre: valor or "" for nombre, valor in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Termina lo que se quitaba, o cierra una liga con su nota."""
        if self.termina(tag):
            return
        if tag == "template" and self.descubiertos:
            self.descubiertos -= 1
            return
        if tag == "a" and self.nota:
            self._agregar(f" <span>({escape(self.nota)})</span>")
            self.nota = ""
        self.en_dibujo -= tag == "svg"
        self.en_cabecera -= tag == "header" and self.en_cabecera
        self._agregar(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """El texto, tal cual."""
        self._agregar(data)

    def handle_entityref(self, name: str) -> None:
        """«&amp;» y las demás, tal cual."""
        self._agregar(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """«&#39;» y las demás, tal cual."""
        self._agregar(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Los comentarios, tal cual."""
        self._agregar(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """La declaración de HTML."""
        self._agregar(f"<!{decl}>")

    def _agregar(self, html: str) -> None:
        if not self.dentro:
            self.salida.append(html)

    def _sobra(self, tag: str, atributos: dict[str, str]) -> bool:
        """En la cabecera, la liga a lo que solo funciona en el portal: entrar, buscar."""
        return bool(tag == "a" and self.en_cabecera and self.cambio(atributos.get("href", "#")).nota)

    def _con_ligas(self, tag: str, atributos: dict[str, str]) -> str:
        """La etiqueta con sus ligas cambiadas; vacía si era solo una liga que ya no lleva a nada."""
        texto = self.get_starttag_text() or ""
        if atributos.get("rel") in DEL_PORTAL:
            return texto
        for nombre in LLEVAN.get(tag, ()):
            if nombre not in atributos:
                continue
            nuevo = self.cambio(atributos[nombre])
            if nuevo.direccion is None and tag == "link":
                return ""
            texto = _poner(texto, nombre, nuevo.direccion)
            if tag == "a":
                self.nota = "" if self.en_dibujo else nuevo.nota
        return texto


def _poner(etiqueta: str, nombre: str, valor: str | None) -> str:
    """La etiqueta con otro valor en ese atributo, o sin él."""
    patron = re.compile(rf"""(\s{nombre}\s*=\s*)("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)
    escrito = "" if valor is None else escape(valor)
    return patron.sub(lambda m: "" if valor is None else f'{m[1]}"{escrito}"', etiqueta, count=1)


def leer_anclas(html: str) -> set[str]:
    """Los lugares de la página a los que se puede llegar."""
    return {unescape(m[2]) for m in re.finditer(r"""\s(?:id|name)\s*=\s*(["'])([^"']*)\1""", html)}
