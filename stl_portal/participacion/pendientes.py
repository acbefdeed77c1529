"""Lo que las preguntas le piden a una cuenta, en «Mi portal»: moderar, responder y su lugar de trabajo."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from stl_portal.espanol import fecha_larga
from stl_portal.publico.registro import Espacio, Pendiente

from . import permisos, registro
from .correos import url_de_gestion
from .lectura import leer, plazo_dicho
from .models import Pregunta

URGE = 2  # días hábiles que faltan para que venza
UNA_POR_UNA = 5  # preguntas a su cargo que se piden cada una con su botón


def todo(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Lo que toca moderar, por órgano; y lo que toca responder, una por una o junto si es mucho."""
    if not usuario.is_authenticated:
        return
    yield from _por_moderar(usuario, al)
    suyas = list(_por_responder(usuario, al).prefetch_related("respuestas")[: UNA_POR_UNA + 1])
    if len(suyas) > UNA_POR_UNA:
        yield _muchas(usuario, suyas[0], al)
        return
    for leida in leer(suyas, al):
        pregunta, organo = leida.pregunta, leida.organo
        yield Pendiente(
            titulo=f"Responde la pregunta {pregunta.folio}",
            detalle=f"{leida.objeto.titulo if leida.objeto else pregunta.clave}. {plazo_dicho(pregunta, al)}",
            accion="Responder",
            url=url_de_gestion(pregunta),
            vence=pregunta.vence,
            urgente=_urge(pregunta, al),
            organo=pregunta.organo,
            donde=organo.corto if organo else "",
        )


def _por_responder(usuario: Any, al: dt.date) -> Any:
    """Lo que le toca por su asiento y, a quien conduce, lo de sus órganos; lo que vence antes, primero."""
    return permisos.por_responder(usuario, al).order_by("vence", "pk")


def _urge(pregunta: Pregunta, al: dt.date) -> bool:
    return pregunta.vence is not None and registro.sede().habiles(al, pregunta.vence) <= URGE


def _muchas(usuario: Any, primera: Pregunta, al: dt.date) -> Pendiente:
    cuantas = _por_responder(usuario, al).count()
    vence = f" La primera vence el {fecha_larga(primera.vence)}." if primera.vence else ""
    return Pendiente(
        titulo=f"Responde {cuantas} preguntas de la ciudadanía",
        detalle=f"Esperan respuesta en tus órganos.{vence}",
        accion="Ver las que esperan",
        url=f"{reverse('moderar:inicio')}?ver=responder",
        vence=primera.vence,
        urgente=_urge(primera, al),
    )


def _por_moderar(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Una por órgano: cuántas esperan y desde cuándo."""
    filas = permisos.por_moderar(usuario, al).order_by().values("organo")
    cuentas = list(filas.annotate(n=Count("pk"), desde=Min("confirmada_el")))
    organos = registro.sede().organos({c["organo"] for c in cuentas}, al) if cuentas else {}
    for cuenta in cuentas:
        n, desde = cuenta["n"], timezone.localdate(cuenta["desde"])
        yield Pendiente(
            titulo="Modera 1 pregunta" if n == 1 else f"Modera {n} preguntas",
            detalle=f"De la ciudadanía; la más antigua espera desde el {fecha_larga(desde)}",
            accion="Moderar",
            url=f"{reverse('moderar:inicio')}?ver=moderar",
            urgente=registro.sede().habiles(desde, al) > URGE,
            organo=cuenta["organo"],
            donde=organos[cuenta["organo"]].corto if cuenta["organo"] in organos else "",
        )


def espacios(usuario: Any, al: dt.date) -> Iterator[Espacio]:
    """La fila de preguntas, para quien conduce un órgano o tiene alguna que leer."""
    if permisos.atiende_algo(usuario, al):
        yield Espacio(
            nombre="Preguntas de la ciudadanía",
            descripcion="Por moderar, por responder y ya atendidas",
            url=reverse("moderar:inicio"),
        )
