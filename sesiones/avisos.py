"""Los avisos de una sesión: quien la conduce ve qué saldría, a quién y cómo le fue; los demás, lo suyo."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sesiones import convocar, invitar, permisos
from sesiones.estados import EstadoSesion
from sesiones.models import Convocatoria, Persona, Sesion
from stl_portal.avisos.models import ATENDIDOS, Aviso
from stl_portal.avisos.registro import SERIES, Serie
from stl_portal.publico.registro import PENDIENTES, Pendiente, apuntar
from stl_portal.versiones import entero

POR_ESCRIBIR = "(el que escribas al emitir la enmienda)"


def serie(usuario: Any, clave: str) -> Serie | None:
    """La serie de la sesión con ese id, o None si no existe o la cuenta no lee su mesa."""
    sesion = Sesion.objects.filter(pk=entero(clave)).select_related("organo").first()
    hoy = timezone.localdate()
    if sesion is None or not permisos.puede_leer_mesa(usuario, sesion.organo, hoy):
        return None
    conduce = permisos.puede_conducir(usuario, sesion.organo, hoy)
    if not conduce:
        return Serie(
            titulo=f"Mis avisos de la {sesion}",
            volver=sesion.paso_url("convocatoria"),
            solo_de=_correo_de_la_cuenta(usuario),
        )
    emision = por_emitir(sesion, timezone.now())
    return Serie(
        titulo=f"Avisos de la {sesion}",
        volver=sesion.paso_url("convocatoria"),
        por_enviar=list(invitar.mensajes(emision, invitar.convocadas(sesion))) if emision else [],
        sin_correo=[c.nombre for c in invitar.sin_correo(sesion)],
        puede_reintentar=conduce,
    )


def _correo_de_la_cuenta(usuario: Any) -> str:
    """A dónde se le escribe: lo que dice su ficha de persona o, si no tiene, el de su cuenta."""
    persona = Persona.objects.filter(usuario=usuario).select_related("usuario").first()
    return invitar.correo_de(persona) if persona else usuario.email.lower()


def por_emitir(sesion: Sesion, cuando: dt.datetime) -> invitar.Emision | None:
    """La convocatoria que falta, o la enmienda si algo cambió desde la última; None si está al día."""
    if sesion.estado == EstadoSesion.PROGRAMADA:
        return invitar.Emision(sesion, 0, cuando)
    ultima = sesion.convocatorias.last()
    if sesion.estado != EstadoSesion.CONVOCADA or ultima is None:
        return None
    cambios = convocar.cambios(ultima, Convocatoria(contenido=convocar.contenido_de(sesion)))
    if not cambios:
        return None
    return invitar.Emision(sesion, ultima.secuencia + 1, cuando, POR_ESCRIBIR, tuple(cambios))


def sin_salir(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Sesiones que la cuenta conduce con correos que fallaron y no han salido."""
    organos = list(permisos.organos_que_conduce(usuario, al))
    if not organos:
        return
    fallos = Aviso.objects.filter(motivo__startswith="sesion:").exclude(estado__in=ATENDIDOS)
    motivos = fallos.exclude(error="").values_list("motivo", flat=True)
    cuantos = Counter(int(motivo.split(":")[1]) for motivo in motivos)
    for sesion in Sesion.objects.filter(pk__in=cuantos, organo__in=organos):
        yield Pendiente(
            titulo=f"Correos que no han salido: {sesion}",
            detalle=f"{cuantos[sesion.pk]} sin entregar. Revisa la dirección o avisa por otro medio",
            accion="Ver los avisos",
            url=reverse("avisos:serie", args=("sesion", sesion.pk)),
            urgente=True,
        )


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    SERIES["sesion"] = serie
    apuntar(PENDIENTES, sin_salir)
