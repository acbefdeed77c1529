"""Conjunto «ponentes»: quiénes participan en los eventos de la agenda."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from sesiones.eventos.datos import columnas as comunes
from sesiones.eventos.estados import PUBLICOS, Papel
from sesiones.eventos.models import Ponente
from stl_portal.datos.columnas import direccion, en_orden, identificador
from stl_portal.datos.identificadores import CLAVE, PRIMARIA, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo

PAPELES = tuple((str(valor), str(dicho).lower()) for valor, dicho in Papel.choices)
COLUMNAS = (
    identificador(
        "la participación: el evento y su número en el portal", "stl/panel-de-datos-2026/ponente-1"
    ),
    *comunes.DEL_EVENTO,
    Columna("papel", Tipo.TEXTO, "Papel", "Qué hace en el evento.", requerida=True, valores=PAPELES),
    Columna("nombre", Tipo.TEXTO, "Nombre", "Como se anunció.", requerida=True),
    Columna("cargo", Tipo.TEXTO, "Cargo", "El que tenía entonces; vacío si no consta."),
    Columna("institucion", Tipo.TEXTO, "Institución", "A cuál representa; vacía si no consta."),
    Columna("tema", Tipo.TEXTO, "Tema", "De qué habla; vacío si no consta."),
    direccion("del evento"),
)


def publicado() -> "QuerySet[Any]":
    """Los de eventos públicos."""
    return Ponente.objects.filter(evento__estado__in=PUBLICOS).select_related("evento__organo")


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por participación."""
    for fila in objetos:
        datos = {campo: getattr(fila, campo) for campo in ("papel", "nombre", "cargo", "institucion", "tema")}
        suyo = comunes.del_evento(fila.evento)
        id_ = f"{suyo['evento']}/ponente-{fila.pk}"
        yield fila, en_orden(COLUMNAS, datos | suyo | {"id": id_, "direccion": comunes.pagina(fila.evento)})


CONJUNTO = Conjunto(
    clave="ponentes",
    titulo="Ponentes de la agenda",
    descripcion="Quiénes exponen, participan en los paneles, moderan o imparten en cada evento público, con"
    " el cargo y la institución que se anunciaron.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(rf"(?P<evento__organo__clave>{CLAVE})/(?P<evento__clave>{CLAVE})/ponente-(?P<pk>{PRIMARIA})"),
    genera=comunes.GENERA,
    tema=comunes.TEMA,
    una_fila="una persona que participa en un evento público",
    filtros=(
        *comunes.filtros("evento__"),
        Filtro("papel", Tipo.TEXTO, "papel", "Qué hace en el evento.", valores=PAPELES),
    ),
    palabras=("ponentes", "panelistas", "eventos"),
    grafica=("papel", ""),
)
