"""Las novedades que da la agenda: cada evento que se anunció y cada uno que se canceló."""

from collections.abc import Iterator
from typing import Any

from sesiones.eventos.estados import EstadoEvento
from sesiones.eventos.models import CambioEvento
from sesiones.eventos.situacion import cuando, organizadores
from stl_portal.novedades.registro import NOVEDADES, Clase, Novedad, Pedido

SE_CUENTAN = ("publicar", "cancelar")


def eventos(pedido: Pedido) -> Iterator[Novedad]:
    """Lo que se publicó y lo que se canceló, con los hechos de hoy."""
    filas = CambioEvento.objects.filter(verbo__in=SE_CUENTAN).select_related(
        "objeto__organo", "objeto__institucion"
    )
    con_nombre = filas.prefetch_related("objeto__organo__denominaciones")
    for cambio in pedido.de(con_nombre, "cuando", "objeto__organo__clave"):
        yield _novedad(cambio)


def _novedad(cambio: Any) -> Novedad:
    evento = cambio.objeto
    cancela = cambio.verbo == "cancelar"
    titulo = f"Se canceló: {evento}" if cancela else f"{evento.get_tipo_display()}: {evento}"
    return Novedad(
        identidad=f"agenda:{evento.pk}:{cambio.verbo}",
        titulo=titulo,
        dicho=f"Era {cuando(evento)}. {evento.motivo}" if cancela else _anuncio(evento),
        url=evento.get_absolute_url(),
        cuando=cambio.cuando,
        renovada=None if cancela else evento.modificado_el,
        autor=evento.organo.denominacion(evento.dia).nombre,
        ficticia=evento.organo.ficticio,
    )


def _anuncio(evento: Any) -> str:
    """Cuándo, dónde y quién lo organiza; si después se canceló, lo dice."""
    lugar = f" Lugar: {evento.lugar}." if evento.lugar else ""
    ya_no = " Se canceló." if evento.estado == EstadoEvento.CANCELADO else ""
    return f"{cuando(evento).capitalize()}. Organiza: {organizadores(evento)}.{lugar}{ya_no}"


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`; repetirlo no duplica nada."""
    NOVEDADES.update(eventos=Clase("Agenda de eventos", eventos))
