"""Lo que la agenda de eventos aporta al portal."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.http import HttpRequest
from django.urls import reverse

from sesiones.eventos import (
    buscables,
    citas,
    del_plan,
    edicion_publica,
    enlazada,
    mapa_del_sitio,
    mensajes,
    parecidas,
    pendientes,
    que_cambio,
    recursos,
    registros,
    seguidores,
)
from sesiones.eventos.datos import conjuntos
from sesiones.eventos.demo import cargar_en_demo
from sesiones.eventos.materiales import DE_EVENTOS
from sesiones.eventos.models import Evento
from sesiones.eventos.situacion import cuando
from stl_portal.publico import registro
from stl_portal.publico.registro import Bloque, Enlace, Ligado, apuntar


def proximo(request: HttpRequest, al: dt.date) -> Bloque:
    """El próximo evento por celebrarse; uno ficticio, solo si no hay ninguno real."""
    filas = Evento.objects.por_venir(al).filter(estado="publicado").con_todo()
    evento = filas.order_by("organo__ficticio", *filas.query.order_by).first()
    contexto = {"evento": evento, "cuando": cuando(evento) if evento else ""}
    return Bloque("sesiones/eventos/_portada.html", contexto, orden=15, lateral=True)


def de_organos(cuales: Collection[int]) -> Mapping[int, list[Ligado]]:
    """La agenda de los órganos que ya anunciaron algún evento."""
    ligados: dict[int, list[Ligado]] = defaultdict(list)
    publicos = Evento.objects.publicados().filter(organo__in=cuales).order_by()
    for organo, clave in publicos.values_list("organo", "organo__clave").distinct():
        ligados[organo].append(Ligado("Agenda de eventos", f"{reverse('agenda:lista')}?organo={clave}"))
    return ligados


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`; repetirlo no duplica nada."""
    for cada_uno in (registros, DE_EVENTOS, del_plan, citas, que_cambio, buscables, conjuntos, recursos):
        cada_uno.registrar()
    for cada_uno in (mapa_del_sitio, enlazada, parecidas, edicion_publica, mensajes, seguidores):
        cada_uno.registrar()
    apuntar(registro.NAVEGACION, Enlace("Agenda", "/agenda/", 45))
    apuntar(registro.PENDIENTES, pendientes.por_decir)
    apuntar(registro.PORTADA, proximo)
    apuntar(registro.DE_ORGANOS, de_organos)
    apuntar(registro.DEMOSTRACION_AL_FINAL, cargar_en_demo)  # el plan con que se relaciona ya está
