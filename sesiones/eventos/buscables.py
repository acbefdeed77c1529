"""Los eventos publicados que se encuentran en el buscador, con quienes participan y sus materiales."""

from collections.abc import Iterator
from typing import Any

from sesiones.eventos.models import CambioEvento, Evento, Material, Ponente
from sesiones.eventos.situacion import organizadores
from stl_portal.buscador.fuentes import Clase, Fuente, Lugar, apuntar_fuente, vigilar
from stl_portal.texto import a_llano

CLASES = {"evento-de-agenda": Clase("Evento de la agenda", "Eventos de la agenda")}


def grupos() -> Iterator[str]:
    """Los que cualquiera puede leer."""
    for organo, clave in Evento.objects.publicados().values_list("organo__clave", "clave"):
        yield f"agenda:{organo}/{clave}"


def de_evento(grupo: str) -> Iterator[Lugar]:
    """Uno, si es público."""
    organo, _, clave = grupo.partition(":")[2].partition("/")
    filas = Evento.objects.publicados().filter(organo__clave=organo, clave=clave).con_todo()
    for evento in filas.prefetch_related("ponentes", "materiales"):
        yield Lugar(
            grupo,
            "evento-de-agenda",
            evento.titulo,
            evento.get_absolute_url(),
            _texto(evento),
            evento.get_tipo_display(),
            organo,
            evento.dia,
            evento.organo.ficticio,
        )


def _texto(evento: Evento) -> str:
    ponentes = [", ".join(filter(None, (p.nombre, p.de_donde, p.tema))) for p in evento.ponentes.all()]
    materiales = [material.titulo for material in evento.materiales.all()]
    partes = [a_llano(evento.descripcion), organizadores(evento), evento.lugar, *ponentes, *materiales]
    return " · ".join(filter(None, partes))


def _grupo(evento: Evento) -> list[str]:
    return [f"agenda:{evento.organo.clave}/{evento.clave}"]


def _de_lo_suyo(fila: Any) -> list[str]:
    return _grupo(fila.evento)


def _del_cambio(cambio: Any) -> list[str]:
    return _grupo(cambio.objeto)


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`; repetirlo no duplica nada."""
    apuntar_fuente(Fuente("agenda", CLASES, grupos, de_evento))
    vigilar(Evento, _grupo)
    vigilar(CambioEvento, _del_cambio)
    vigilar(Ponente, _de_lo_suyo)
    vigilar(Material, _de_lo_suyo)
