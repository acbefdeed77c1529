"""Capacitaciones y eventos con los municipios."""

from django.db.models import Count, QuerySet

from municipios.forms.eventos import FormaEvento
from municipios.models import Evento
from sesiones.cantidades import Cantidad
from sesiones.models import Organo
from sesiones.views.registros.declaracion import Celda, Registro
from stl_portal.espanol import fecha_larga


def _eventos(organo: Organo) -> "QuerySet[Evento]":
    return organo.eventos_municipales.annotate(con_cuales=Count("municipios")).order_by("-hasta", "-pk")


def _nombre(evento: Evento, organo: Organo) -> Celda:
    cuantos = f"{evento.get_clase_display()}; son {evento.cuantos}" if evento.cuantos > 1 else ""
    return Celda(evento.titulo, nota=cuantos or evento.get_clase_display())


def _municipios(evento: "Evento", organo: Organo) -> str:
    cuantos = evento.con_cuales or evento.municipios_cuantos  # type: ignore[attr-defined]  # lo anota la consulta
    return Cantidad(cuantos).dicha("municipio", "municipios").capitalize()


def _personas(evento: Evento, organo: Organo) -> str:
    return Cantidad(evento.personas, evento.personas_literal).dicha("persona", "personas").capitalize()


EVENTOS = Registro(
    clave="capacitaciones",
    titulo="Capacitaciones y eventos",
    uno="capacitación o evento",
    agregar="Registrar una capacitación o un evento",
    ayuda="Qué se hizo con los municipios, a cuántas personas llegó y con qué materiales.",
    forma=FormaEvento,
    filas=_eventos,
    nace=lambda organo, padre: Evento(organo=organo),
    busca=("titulo", "temas", "imparte"),
    borrable=True,
    columnas=(
        ("Título", _nombre),
        ("Cuándo", lambda e, organo: fecha_larga(e.hasta)),
        ("Municipios", _municipios),
        ("Personas", _personas),
        ("Se muestra al público", lambda e, organo: "Sí" if e.publico else "No"),
    ),
)
