"""Seguir por correo, sin cuenta, la agenda de un órgano: llega al anunciarse un evento y si se cancela."""

import datetime as dt
from collections.abc import Iterator

from sesiones.asuntos import asunto
from sesiones.eventos.mensajes import EVENTO
from sesiones.eventos.models import Evento
from sesiones.eventos.situacion import cuando, organizadores
from sesiones.models import Organo
from stl_portal.avisos import envio, seguidores
from stl_portal.avisos.registro import TEMAS, Tema
from stl_portal.publico.registro import apuntar

GRUPO = "Agenda de eventos"


def temas(al: dt.date) -> Iterator[Tema]:
    """Los órganos que ya anunciaron alguno, los reales primero."""
    con_eventos = Evento.objects.publicados().order_by().values("organo")
    filas = Organo.objects.filter(pk__in=con_eventos).prefetch_related("denominaciones")
    for organo in filas.order_by("ficticio", "clave"):
        yield tema_de(organo, al)


def tema_de(organo: Organo, al: dt.date) -> Tema:
    """La agenda de ese órgano."""
    nombre = f"Agenda, {organo.denominacion(al).nombre_corto}"
    return Tema(f"agenda:{organo.clave}", nombre, "eventos nuevos y cancelados", organo.ficticio, GRUPO)


def avisar(evento: Evento, hoy: dt.date) -> None:
    """Encola el correo a quienes siguen la agenda, una vez por acto. De lo que ya pasó no se avisa."""
    if evento.paso(hoy):
        return
    contexto = {
        "evento": evento,
        "cuando": cuando(evento),
        "organiza": organizadores(evento),
        "liga": envio.liga(evento.get_absolute_url()),
    }
    cancelado = evento.estado == "cancelado"
    que = "Se canceló" if cancelado else evento.get_tipo_display()
    acto = f"evento:{evento.pk}:{evento.estado}"
    dicho = asunto(EVENTO.titulo(que=que, titulo=evento), hoy, evento.organo)
    seguidores.avisar(EVENTO, tema_de(evento.organo, hoy), acto, dicho, EVENTO.texto(contexto))


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(TEMAS, temas)
