"""Cómo se ve un texto en la página."""

from collections.abc import Mapping

from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from stl_portal.espanol import mayuscula_inicial
from stl_portal.texto import a_html

from . import variables
from .registro import Editable, Forma

TERMINAN = (".", ":", "!", "?", "…")


def en_html(declarado: Editable, texto: str, valores: Mapping[str, object]) -> SafeString:
    """El texto con sus datos, listo para la página; nada de lo escrito se toma como HTML."""
    if declarado.forma is Forma.FORMULA:
        return a_html(_oracion(variables.llenar_oracion(texto, valores)))
    lleno = variables.llenar(texto, valores)
    if declarado.forma is Forma.PARRAFOS:
        return a_html(lleno)
    if declarado.forma is Forma.LINEA:
        return format_html("{}", lleno)
    return mark_safe(linebreaks(lleno, True))  # noqa: S308 -- escapa antes de partir en renglones


def _oracion(escrita: str) -> str:
    """Con mayúscula y punto, como la imprime el documento."""
    escrita = escrita.rstrip(" ,;")
    return mayuscula_inicial(escrita if not escrita or escrita.endswith(TERMINAN) else f"{escrita}.")
