"""El acta en PDF contra WeasyPrint a secas: cuánto cuesta que se archive, se lea en voz alta y se cite.

Se imprime la más larga de las actas de la demostración con el motor del portal (PDF/A-3a, PDF/UA-1,
datos adjuntos, renglones y marca) y, por turnos, con WeasyPrint tal como viene: el mismo HTML y, en
vez de nuestros estilos, solo lo que hace comparable la hoja: papel, márgenes, letra y su tamaño.
"""

from collections.abc import Callable
from time import process_time

from django.core.cache import cache
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench.medida import Medida, razon
from sesiones.acta import edicion, imprenta
from sesiones.acta.imprenta import Original
from sesiones.models import Sesion
from stl_portal.documentos import tipografia
from stl_portal.documentos.pdf import HOJAS

VECES = 7
META = 1.15
HOJA = '@page { size: letter; margin: 31mm 26mm 24mm 28mm } html { font: 11pt "Source Serif Pro" }'


def medir() -> dict[str, Medida]:
    """La más larga de las actas de la demostración: compuesta, y vuelta a pedir. Tiempo de procesador."""
    actas = [_original(sesion) for sesion in Sesion.objects.celebradas()]
    acta = max(actas, key=lambda original: len(original.html))
    contra = {
        "con_estilos": (_vestido(acta), "WeasyPrint con el mismo HTML y los mismos estilos"),
        "sin_estilos": (_desnudo(acta), "WeasyPrint con el mismo texto y la misma hoja, sin estilos"),
    }
    medidas = {nombre: _medida(acta, otra, dicho) for nombre, (otra, dicho) in contra.items()}
    otra_vez = razon(lambda: imprenta.imprimir(acta), _nueva(acta), VECES, process_time)
    medidas["otra_vez"] = Medida("la misma acta pedida otra vez", "componerla", otra_vez, 0.05)
    return medidas


def _original(sesion: Sesion) -> Original:
    return imprenta.acta(edicion.borrador(sesion), renglones=True)


def _medida(acta: Original, otra: Callable[[], object], dicho: str) -> Medida:
    tamano = len(imprenta.imprimir(acta).contenido) / 1024
    nota = f"{acta.titulo}: {_paginas(acta)} páginas, {tamano:.0f} KB"
    return Medida("acta nueva", dicho, razon(_nueva(acta), otra, VECES, process_time), META, nota=nota)


def _paginas(original: Original) -> int:
    return len(HTML(string=original.html).render(stylesheets=tipografia.hojas(*HOJAS)).pages)


def _nueva(original: Original) -> Callable[[], object]:
    """Componer el acta como si nunca se hubiera pedido."""

    def componer() -> object:
        cache.clear()
        return imprenta.imprimir(original)

    return componer


def _desnudo(original: Original) -> Callable[[], object]:
    """Lo menos que puede costar el mismo texto en la misma hoja, con las letras ya leídas."""
    letras = FontConfiguration()
    hojas = [CSS(string=texto, font_config=letras) for texto in (tipografia.declaraciones(), HOJA)]
    return lambda: HTML(string=original.html).write_pdf(stylesheets=hojas, font_config=letras)


def _vestido(original: Original) -> Callable[[], object]:
    """Lo que escribiría quien solo quiere que se vea igual: lee sus estilos y letras cada vez."""

    def componer() -> object:
        letras = FontConfiguration()
        textos = [tipografia.declaraciones(), *((tipografia.ESTILOS / h).read_text() for h in HOJAS)]
        hojas = [CSS(string=texto, font_config=letras) for texto in textos]
        return HTML(string=original.html).write_pdf(stylesheets=hojas, font_config=letras)

    return componer
