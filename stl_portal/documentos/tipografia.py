"""Las letras de los documentos: Source Serif para el texto, Source Sans para los rótulos.

Vienen en paquetes de Python (SIL OFL), no del sistema: el mismo texto da el mismo PDF en
cualquier máquina. Un proceso comparte una sola configuración de letras y hojas ya analizadas.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont
from weasyprint import CSS
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration

from stl_portal.documentos.recursos import SoloRecursosPropios

ESTILOS = Path(str(files("stl_portal.documentos") / "estilos"))
SERIF = Path(str(files("font_source_serif_pro") / "files"))
SANS = Path(str(files("font_source_sans_pro") / "files"))

# familia, peso, estilo, archivo: solo los cortes que las hojas de estilo usan.
CORTES = (
    ("Source Serif Pro", 400, "normal", SERIF / "SourceSerifPro-Regular.ttf"),
    ("Source Serif Pro", 400, "italic", SERIF / "SourceSerifPro-It.ttf"),
    ("Source Serif Pro", 600, "normal", SERIF / "SourceSerifPro-Semibold.ttf"),
    ("Source Serif Pro", 600, "italic", SERIF / "SourceSerifPro-SemiboldIt.ttf"),
    ("Source Sans Pro", 400, "normal", SANS / "SourceSansPro-Regular.ttf"),
    ("Source Sans Pro", 400, "italic", SANS / "SourceSansPro-It.ttf"),
    ("Source Sans Pro", 600, "normal", SANS / "SourceSansPro-Semibold.ttf"),
)


@cache
def lector() -> SoloRecursosPropios:
    """El lector de recursos de todos los documentos de este proceso."""
    return SoloRecursosPropios(ESTILOS, SERIF, SANS)


@cache
def letras() -> FontConfiguration:
    """La configuración de letras del proceso; una por documento haría crecer la memoria."""
    return FontConfiguration()


@cache
def contadores() -> CounterStyle:
    """Las numeraciones propias (`inciso`) que las hojas de estilo declaran."""
    return CounterStyle()


def declaraciones() -> str:
    """Las letras del paquete, como reglas `@font-face`."""
    return "".join(
        f'@font-face {{ font-family: "{familia}"; font-weight: {peso}; font-style: {estilo};'
        f' src: url("{archivo.as_uri()}") }}\n'
        for familia, peso, estilo, archivo in CORTES
    )


@cache
def hojas(*nombres: str) -> list[CSS]:
    """Las hojas de `estilos/` nombradas, ya analizadas, precedidas por las letras."""
    textos = [declaraciones(), *((ESTILOS / nombre).read_text() for nombre in nombres)]
    return [
        CSS(
            string=texto,
            font_config=letras(),
            counter_style=contadores(),
            url_fetcher=lector(),
        )
        for texto in textos
    ]


@cache
def cobertura() -> frozenset[str]:
    """Los caracteres que ambas familias saben dibujar, más los blancos de HTML.

    Se mira el corte normal: si a la negrita o la cursiva le falta uno, se toma de él.
    """
    normales = [archivo for _, peso, estilo, archivo in CORTES if (peso, estilo) == (400, "normal")]
    mapas = [set(TTFont(archivo, lazy=True).getBestCmap()) for archivo in normales]
    return frozenset(map(chr, set.intersection(*mapas))) | frozenset("\t\n\r\f ")
