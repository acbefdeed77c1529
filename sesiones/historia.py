"""Quiénes han integrado un órgano, asiento por asiento, y a cuántas sesiones se asistió."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from sesiones import publica
from sesiones.asistio import Cargo, Cuenta, EnLista, por_asiento, por_titular
from sesiones.estados import EstadoSesion
from sesiones.models import Asiento, Asistencia, Nombramiento, Organo, Suplencia


@dataclass(frozen=True)
class DeUnAsiento:
    """Un asiento con su cuenta y la de cada titular que lo tuvo."""

    asiento: Asiento
    cuenta: Cuenta
    titulares: list[tuple[Nombramiento, Cuenta]]


@dataclass(frozen=True)
class Sucesion:
    """Un asiento con todas las personas que lo han tenido o suplido, de la más reciente a la más antigua."""

    asiento: Asiento
    titulares: list[Nombramiento]
    suplentes: list[Suplencia]


def sucesiones(organo: Organo, al: dt.date) -> list[Sucesion]:
    """La historia de cada asiento que existe o existió; lo que empieza después de `al` no se dice."""
    titulares = Nombramiento.objects.publicos(al).select_related("persona", "oficio")
    suplencias = Suplencia.objects.publicos(al).select_related("persona", "oficio")
    asientos = organo.asientos.publicos(al).select_related("institucion")
    con_todos = asientos.prefetch_related(
        Prefetch("nombramientos", titulares), Prefetch("suplencias", suplencias)
    )
    _tachar(s for asiento in con_todos for s in asiento.suplencias.all())
    return [Sucesion(a, _recientes(a.nombramientos), _recientes(a.suplencias)) for a in con_todos]


def _tachar(suplencias: Iterable[Suplencia]) -> None:
    """Les quita, en memoria, lo testado en el acta de la única sesión para la que eran."""
    de_una_sesion = [s for s in suplencias if s.sesion_id]
    tachadores = publica.tachadores(s.sesion_id for s in de_una_sesion if s.sesion_id)
    for suplencia in de_una_sesion:
        tachador = tachadores.get(suplencia.sesion_id or 0, publica.SIN_NADA)
        persona, limpio = suplencia.persona, tachador(suplencia.persona.formal)
        if limpio != persona.formal:
            persona.tratamiento, persona.nombre = "", limpio
        suplencia.cargo = tachador(suplencia.cargo)
        if suplencia.oficio:
            publica.tachar(suplencia.oficio, tachador)


def _recientes(filas: Any) -> list[Any]:
    """De la más reciente a la más antigua."""
    return sorted(filas.all(), key=lambda f: (f.vigente_desde or dt.date.min, f.pk), reverse=True)


def anios(organo: Organo) -> list[int]:
    """Los años con sesiones concluidas, del más reciente al primero."""
    fechas = organo.sesiones.filter(estado=EstadoSesion.CONCLUIDA).dates("fecha", "year", order="DESC")
    return [fecha.year for fecha in fechas]


def asistencia(organo: Organo, anio: int | None) -> list[DeUnAsiento]:
    """Cuántas veces estuvo cada asiento en las sesiones concluidas de ese año; de todas, si es None."""
    lista = list(_lista(organo, anio))
    cuentas = por_asiento(lista)
    asientos = organo.asientos.filter(pk__in=cuentas).con_ocupantes()
    cargos = [
        Cargo(n.pk, a.pk, n.persona_id, n.vigente_desde, n.vigente_hasta)
        for a in asientos
        for n in a.nombramientos.all()
    ]
    de_cada = por_titular(lista, cargos)
    return [
        DeUnAsiento(
            a,
            cuentas[a.pk],
            [(n, c) for n in a.nombramientos.all() if (c := de_cada.get(n.pk)) and c.sesiones],
        )
        for a in asientos
    ]


def _lista(organo: Organo, anio: int | None) -> Any:
    filas = Asistencia.objects.ocupantes().filter(
        sesion__organo=organo, sesion__estado=EstadoSesion.CONCLUIDA
    )
    if anio:
        filas = filas.filter(sesion__fecha__year=anio)
    campos = ("sesion", "sesion__fecha", "asiento", "persona", "calidad", "estado")
    return (EnLista(*valores) for valores in filas.order_by().values_list(*campos))
