"""Los anexos de una sesión, como los ve cualquiera."""

from collections.abc import Iterable
from typing import Any

from django import template

from sesiones import anexos
from sesiones.models import Anexo, Sesion

register = template.Library()
PLANTILLA = "sesiones/publico/_anexos.html"


@register.inclusion_tag(PLANTILLA)
def anexos_publicos(sesion: Sesion, filas: Iterable[Anexo]) -> dict[str, Any]:
    """La sección «Anexos» con esas filas, que la vista trae con su título como se publica."""
    return {"sesion": sesion, "organo": sesion.organo, "renglones": anexos.renglones(filas)}


@register.inclusion_tag(PLANTILLA)
def anexos_del_acta(sesion: Sesion, contenido: dict[str, Any]) -> dict[str, Any]:
    """Los que el acta publicada nombra, con el título que ella les da: puede ir testado."""
    titulos = {ficha["sha256"]: ficha["titulo"] for ficha in contenido["anexos"]}
    filas = list(sesion.anexos.select_related("archivo").filter(archivo__huella__in=titulos))
    for fila in filas:
        fila.titulo = titulos[fila.archivo.huella] if fila.archivo else ""
    return anexos_publicos(sesion, filas)
