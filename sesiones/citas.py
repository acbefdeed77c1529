"""Las citas que sesiones da al calendario público: lo que se convocó y lo que el calendario aprobado prevé.

Una sesión es la misma cita en el calendario, en la suscripción y en el correo de la convocatoria.
"""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from sesiones import anuncio, publica
from sesiones.anuncio import CON_HECHOS
from sesiones.estados import PUBLICAS, EstadoSesion
from sesiones.models import Sesion
from stl_portal.calendario.registro import Cita, Extremos, Fuente
from stl_portal.transiciones import IMPORTAR

# Lo que se anota en la historia sin que la cita cambie.
SIN_EFECTO = ("programar", "corregir_movimiento", "quitar_movimiento", IMPORTAR)
YA_NO = (EstadoSesion.CANCELADA, EstadoSesion.NO_CELEBRADA)
_CAMBIA = ~Q(historia__verbo__in=SIN_EFECTO)


def entre(desde: dt.date, hasta: dt.date, organo: str) -> list[Cita]:
    """Las sesiones convocadas, celebradas o canceladas de esos días, según lo que de ellas es público."""
    # Cada mitad se halla en su índice; lo demás se trae solo de las halladas.
    hechas = _de(organo).filter(estado__in=CON_HECHOS, fecha__range=(desde, hasta))
    avisadas = _por_empezar(organo).filter(dia__range=(desde, hasta))
    halladas = Q(pk__in=hechas.values("pk")) | Q(pk__in=avisadas.values("pk"))
    return publicas(Sesion.objects.filter(halladas))


def publicas(sesiones: QuerySet[Sesion]) -> list[Cita]:
    """Las citas de esas sesiones como cualquiera las lee: lo que se avisó y sin lo testado."""
    filas = anuncio.todas(con_cambios(sesiones))
    return [cita_de(sesion) for sesion in publica.sesiones_sin_datos(filas)]


def extremos(organo: str) -> Extremos:
    """El primer y el último día con una sesión pública."""
    empezadas = _de(organo).filter(estado__in=CON_HECHOS).aggregate(a=Min("fecha"), z=Max("fecha"))
    avisadas = _por_empezar(organo).aggregate(a=Min("dia"), z=Max("dia"))
    dias = [dia for par in (empezadas, avisadas) for dia in par.values() if dia]
    return (min(dias), max(dias)) if dias else (None, None)


def _de(organo: str) -> QuerySet[Sesion]:
    publicas = Sesion.objects.publicas()
    return publicas.filter(organo__clave=organo) if organo else publicas


def _por_empezar(organo: str) -> QuerySet[Any]:
    """Las que se avisaron y no han empezado, o ya no serán, con el día que de ellas se avisó."""
    return anuncio.fechadas(_de(organo).filter(estado__in=PUBLICAS - set(CON_HECHOS)))


def con_cambios(sesiones: QuerySet[Any]) -> QuerySet[Any]:
    """Las sesiones con lo que su cita necesita: cuántas veces cambió y cuándo fue la última."""
    contadas = sesiones.annotate(
        cambios=Count("historia", filter=_CAMBIA), cambio_el=Max("historia__cuando", filter=_CAMBIA)
    )
    return contadas.select_related("organo").prefetch_related("organo__denominaciones", "convocatorias")


def secuencia_de(sesion: Any) -> int:
    """Cuántas veces se ha publicado un cambio de la cita: 0 al convocar, y sube en cada paso que la cambia.

    `sesion` viene de `con_cambios`. Nunca es menor que la de la última convocatoria que se mandó.
    """
    emitidas = list(sesion.convocatorias.all())
    ultima = emitidas[-1].secuencia if emitidas else 0
    return max(sesion.cambios - 1, ultima + (sesion.estado in YA_NO))


def cita_de(sesion: Any) -> Cita:
    """La cita de una sesión que ya trae lo que de ella es público (`anuncio.como_se_aviso`)."""
    denominacion = sesion.organo.denominacion(sesion.fecha)
    return Cita(
        identidad=identidad_de(sesion),
        clase="Sesión",
        titulo=sesion.designacion,
        dia=sesion.fecha,
        hora=sesion.hora,
        url=sesion.get_absolute_url(),
        modificada=_modificada(sesion),
        secuencia=secuencia_de(sesion),
        lugar=donde(sesion),
        detalle=_detalle(sesion),
        organo=sesion.organo.clave,
        de=denominacion.nombre,
        corto=denominacion.nombre_corto,
        ficticio=sesion.organo.ficticio,
        estado=sesion.get_estado_display(),
        clave_de_estado=sesion.estado,
        cancelada=sesion.estado in YA_NO,
    )


def _modificada(sesion: Any) -> dt.datetime:
    """Cuándo cambió por última vez; de la que no consta ni su convocatoria ni su historia, cuando fue."""
    instantes = [emitida.emitida_el for emitida in sesion.convocatorias.all()]
    return max([*instantes, *filter(None, [sesion.cambio_el])], default=sesion.cuando)


def para_avisar(sesion: Sesion, secuencia: int, cuando: dt.datetime, *, cancelada: bool) -> Cita:
    """La cita que va en un correo de la sesión: la pública, como queda al emitirse ese aviso.

    `cancelada` también vale para una sola persona, a quien se le quita aunque la sesión siga.
    """
    cita = cita_de(con_cambios(Sesion.objects.filter(pk=sesion.pk)).get())
    return replace(
        cita, secuencia=max(secuencia, cita.secuencia), modificada=cuando, detalle="", cancelada=cancelada
    )


def identidad_de(sesion: Sesion) -> str:
    """La misma en la convocatoria, sus enmiendas, su cancelación y el calendario público."""
    return f"sesion-{sesion.pk}"


def donde(sesion: Sesion) -> str:
    """La sede y su domicilio; la liga para conectarse no se publica."""
    return ", ".join(filter(None, (sesion.lugar, sesion.domicilio)))


def _detalle(sesion: Sesion) -> str:
    """Para qué es y, si no se celebró, que no se celebró."""
    if sesion.estado == EstadoSesion.CANCELADA:
        return "Se canceló."
    if sesion.estado == EstadoSesion.NO_CELEBRADA:
        return "No se celebró por falta de quórum."
    return sesion.objetivo


SESIONES = Fuente(entre, extremos)
