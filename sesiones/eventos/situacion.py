"""Cómo se dice en público un evento: en qué va, cuándo es, quién lo organiza y a cuántas personas llegó."""

import datetime as dt

from sesiones.cantidades import Cantidad
from sesiones.eventos.estados import EstadoEvento
from sesiones.eventos.models import Evento
from stl_portal.espanol import fecha_larga


def en_que_va(evento: Evento, hoy: dt.date) -> tuple[str, str]:
    """Lo que dice su etiqueta y la clave que le da tono. De lo que ya pasó no se supone que se celebró."""
    if evento.estado != EstadoEvento.PUBLICADO:
        return evento.get_estado_display(), evento.estado
    if evento.paso(hoy):
        return "Ya pasó", "pendiente"
    return ("En curso", "en_curso") if evento.dia <= hoy else ("Por celebrarse", "programada")


def cuando(evento: Evento) -> str:
    """«martes 3 de marzo de 2026, de 10:00 a 12:00 h»; si dura varios días, de cuál a cuál."""
    horas = _horas(evento)
    if evento.hasta == evento.dia:
        return ", ".join(filter(None, (fecha_larga(evento.dia, con_dia=True), horas)))
    dias = f"del {fecha_larga(evento.dia, con_dia=True)} al {fecha_larga(evento.hasta, con_dia=True)}"
    return ", ".join(filter(None, (dias, horas)))


def _horas(evento: Evento) -> str:
    if evento.hora is None:
        return ""
    if evento.hora_fin is None:
        return f"{evento.hora:%H:%M} h"
    return f"de {evento.hora:%H:%M} a {evento.hora_fin:%H:%M} h"


def organizadores(evento: Evento) -> str:
    """Quién organiza: quienes se dijeron o, si nadie, el órgano con el nombre de ese día."""
    return evento.quien_organiza or evento.organo.denominacion(evento.dia).nombre


def alcance(evento: Evento) -> str:
    """«52k personas»; vacío si no consta."""
    cantidad = Cantidad(evento.alcance, evento.alcance_literal)
    return "" if evento.alcance is None else cantidad.dicha("persona", "personas")


def le_falta(evento: Evento, hoy: dt.date) -> list[str]:
    """Lo que conviene completar: no impide publicar, pero quien lo lea lo va a preguntar."""
    faltan = []
    if evento.modalidad != "remota" and not evento.lugar:
        faltan.append("Falta decir dónde es.")
    if evento.modalidad != "presencial" and not evento.liga and not evento.liga_registro:
        faltan.append("Falta la dirección para verlo o para registrarse.")
    if evento.estado == EstadoEvento.PUBLICADO and evento.paso(hoy):
        faltan.append("Ya pasó: di si se celebró o si se canceló.")
    if evento.estado == EstadoEvento.CELEBRADO and evento.alcance is None:
        faltan.append("Falta a cuántas personas llegó: se usa en el informe anual.")
    return faltan
