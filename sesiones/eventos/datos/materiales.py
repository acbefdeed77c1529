"""Conjunto «materiales»: lo que se repartió o proyectó en los eventos de la agenda, y a cuántas personas."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from sesiones.eventos.datos import columnas as comunes
from sesiones.eventos.estados import PUBLICOS
from sesiones.eventos.models import Material
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import direccion, en_orden, identificador
from stl_portal.datos.identificadores import CLAVE, PRIMARIA, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Tipo, Valor

COLUMNAS = (
    identificador("al material: el evento y su número en el portal", "stl/panel-de-datos-2026/material-1"),
    *comunes.DEL_EVENTO,
    Columna("titulo", Tipo.TEXTO, "Título", "Cómo se llama.", requerida=True),
    Columna("material", Tipo.LIGA, "Dónde está", "Dirección del archivo o de la página.", requerida=True),
    Columna(
        "participantes",
        Tipo.ENTERO,
        "Participantes",
        "A cuántas personas llegó. Si es aproximado, el número del que hay seguridad; vacío si no consta.",
        unidad="personas",
    ),
    Columna(
        "participantes_literal",
        Tipo.TEXTO,
        "Participantes, como se dijo",
        "Las palabras de la fuente cuando es aproximado.",
        ejemplo="más de 100",
    ),
    direccion("del evento"),
)


def publicado() -> "QuerySet[Any]":
    """Los de eventos públicos."""
    return Material.objects.filter(evento__estado__in=PUBLICOS).select_related("evento__organo", "archivo")


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por material."""
    for fila in objetos:
        suyo = comunes.del_evento(fila.evento)
        datos: dict[str, Valor] = {
            "id": f"{suyo['evento']}/material-{fila.pk}",
            "titulo": fila.titulo,
            "material": donde_esta(fila),
            "participantes": fila.participantes,
            "participantes_literal": fila.participantes_literal,
            "direccion": comunes.pagina(fila.evento),
        }
        yield fila, en_orden(COLUMNAS, datos | suyo)


def donde_esta(material: Material) -> str:
    """La dirección completa del archivo o la que se escribió."""
    archivo = material.archivo
    if archivo is None:
        return material.direccion
    return liga(reverse("archivo:descargar", args=(archivo.huella, archivo.nombre)))


CONJUNTO = Conjunto(
    clave="materiales",
    titulo="Materiales de la agenda",
    descripcion="Lo que se repartió o se proyectó en los eventos públicos, dónde está y a cuántas personas"
    " llegó.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(
        rf"(?P<evento__organo__clave>{CLAVE})/(?P<evento__clave>{CLAVE})/material-(?P<pk>{PRIMARIA})"
    ),
    genera=comunes.GENERA,
    tema=comunes.TEMA,
    una_fila="un material de un evento público",
    filtros=comunes.filtros("evento__"),
    palabras=("materiales", "eventos", "difusión"),
    grafica=("organo", "participantes"),
)
