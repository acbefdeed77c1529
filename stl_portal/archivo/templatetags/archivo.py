"""Cómo se nombra y se ilustra un archivo en una página."""

from django import template

from stl_portal.archivo import miniaturas
from stl_portal.archivo.models import Archivo
from stl_portal.archivo.tipos import POR_MIME

register = template.Library()


@register.filter
def tipo_en_palabras(archivo: Archivo) -> str:
    """«PDF», «Excel (XLSX)», «video MP4»."""
    tipo = POR_MIME.get(archivo.tipo)
    return tipo.nombre if tipo else archivo.tipo


@register.filter
def tiene_miniatura(archivo: Archivo) -> bool:
    """Si se dibuja; si no, va un icono."""
    return miniaturas.tiene(archivo)


@register.filter
def es_imagen(archivo: Archivo) -> bool:
    """Si a cualquiera se le entrega sin metadatos."""
    return archivo.tipo.startswith("image/")


@register.filter
def letra_de_columna(numero: int) -> str:
    """Como la nombra una hoja de cálculo: 1 es A, 27 es AA."""
    letras = ""
    while numero > 0:
        numero, resto = divmod(numero - 1, 26)
        letras = chr(ord("A") + resto) + letras
    return letras
