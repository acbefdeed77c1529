"""Cómo se escribe una página en la copia: lo que no cambia sale letra por letra."""

import pytest

from stl_portal.exportacion import paginas
from stl_portal.exportacion.paginas import Cambio, Reescritor

CAMBIOS = {
    "/sesiones/": Cambio("../sesiones/index.html"),
    "/img.png": Cambio("img.png"),
    "/buscar/": Cambio("https://portal.ejemplo.mx/buscar/", "solo en el portal"),
    "?orden=x": Cambio(None),
    "/fuera.css": Cambio(None),
}


def _escribir(html: str) -> str:
    return Reescritor(lambda liga: CAMBIOS.get(liga, Cambio(liga)), "[aviso]", "[forma]").escribir(html)


@pytest.mark.parametrize(
    "html",
    [
        "<!doctype html>\n<p class='a'>Año &amp; «cita» &#39;&nbsp;</p><!-- nota -->",
        '<svg viewBox="0 0 1 1" preserveAspectRatio="none"><path d="M0 0"/><linearGradient id="x"/></svg>',
        '<a href="https://otro.example/?a=1&amp;b=2">otro</a><br><input type=text disabled>',
        '<script type="application/ld+json">{"a": "\\u003Cform>"}</script>',
        '<link rel="canonical" href="/sesiones/">',
    ],
)
def test_lo_que_no_cambia_sale_igual(html: str) -> None:
    assert _escribir(html) == html


@pytest.mark.parametrize(
    ("html", "queda"),
    [
        ('<a class="x" href="/sesiones/">S</a>', '<a class="x" href="../sesiones/index.html">S</a>'),
        ("<a href='/sesiones/'>S</a>", '<a href="../sesiones/index.html">S</a>'),
        ("<a href=/sesiones/>S</a>", '<a href="../sesiones/index.html">S</a>'),
        ('<a data-href="/sesiones/" href="?orden=x">S</a>', '<a data-href="/sesiones/">S</a>'),
        (
            '<a href="/buscar/"><img src="/img.png" alt="">Busca</a>',
            '<a href="https://portal.ejemplo.mx/buscar/"><img src="img.png" alt="">Busca'
            " <span>(solo en el portal)</span></a>",
        ),
        ('<link rel="stylesheet" href="/fuera.css">', ""),
        ('<form action="/x/"><p><a href="/sesiones/">S</a></p></form>Fin', "[forma]Fin"),
        ('<script type="module" src="/x.js"></script>Fin', "Fin"),
        ("<form></form>Una<form></form>Otra", "[forma]UnaOtra"),
        ("<div data-fuera-de-la-copia>A<div>B</div>C</div>Fin", "Fin"),
        ("<form data-fuera-de-la-copia><input></form>Fin", "Fin"),
        (
            '<template data-en-la-copia><a href="/sesiones/">S</a></template><template>T</template>',
            '<a href="../sesiones/index.html">S</a><template>T</template>',
        ),
        ("<body><p>Hola</p></body>", "<body>[aviso]<p>Hola</p></body>"),
        (
            '<header class="cabecera"><form><input></form><a href="/buscar/">Busca</a>'
            '<a href="/sesiones/">S</a></header>',
            '<header class="cabecera"><a href="../sesiones/index.html">S</a></header>',
        ),
    ],
)
def test_lo_que_cambia(html: str, queda: str) -> None:
    assert _escribir(html) == queda


def test_las_ligas_de_una_forma_o_la_canonica_no_se_siguen() -> None:
    html = (
        '<link rel="canonical" href="/c/"><a href="/a/">a</a><form><a href="/f/">f</a></form>'
        '<p data-fuera-de-la-copia><a href="/g/">g</a></p>'
        '<img src="/i.png"><video src="/v.mp4" poster="/p.png"></video><object data="/o.pdf"></object>'
    )
    assert list(paginas.ligas(html)) == ["/a/", "/i.png", "/v.mp4", "/p.png", "/o.pdf"]


def test_los_estilos_tambien_llevan_a_archivos() -> None:
    css = (
        'a { background: url("../img/a.svg") } b { src: url(b.woff2) } c { mask: url(data:image/svg+xml,x) }'
    )
    assert list(paginas.ligas_de_estilos(css)) == ["../img/a.svg", "b.woff2"]
    cambiada = paginas.cambiar_estilos(css, lambda liga: f"x/{liga}")
    assert cambiada.count('url("x/') == 2
    assert "url(data:image/svg+xml,x)" in cambiada
