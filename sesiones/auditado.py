"""Lo que de las sesiones consta en la auditoría, y qué alcanza la auditora de cada órgano."""

import datetime as dt
from typing import Any

from django.urls import reverse

from sesiones import permisos
from sesiones.estados import ClaseOrgano
from sesiones.models import CambioActa, CambioCalendario, CambioSesion, Organo
from stl_portal.auditoria.registro import ALCANCES, FUENTES, Alcance, Auditado, de_clave, de_historia
from stl_portal.espanol import rotulado
from stl_portal.publico.registro import Espacio


def alcance(cuenta: Any, al: dt.date) -> Alcance | None:
    """Los órganos de los que es auditora y sus comisiones; con uno estatal, que lo opera, y el portal."""
    suyos = Organo.objects.filter(pk__in=permisos.organos_que_solo_audita(cuenta, al).values("pk"))
    filas = list(suyos.con_nombre().order_by("pk"))
    if not filas:
        return None
    organos = tuple(Auditado(fila.pk, fila.clave, _nombre(fila, al)) for fila in filas)
    return Alcance(organos, portal=any(fila.clase == ClaseOrgano.ESTATAL for fila in filas))


def _nombre(organo: Organo, al: dt.date) -> str:
    """El corto, con su rótulo si es de prueba y no lo dice."""
    return rotulado(organo.denominacion(al).nombre_corto, ficticio=organo.ficticio)


def espacio() -> Espacio:
    """La auditoría entre los lugares de trabajo."""
    return Espacio(
        nombre="Auditoría",
        descripcion="Quién hizo qué y cuándo, con filtros y descarga firmada",
        url=reverse("auditoria:inicio"),
    )


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    FUENTES["sesion"] = de_historia("Sesiones", CambioSesion, de_clave("objeto__organo__clave"))
    FUENTES["acta"] = de_historia("Actas", CambioActa, de_clave("objeto__sesion__organo__clave"), "sesion")
    FUENTES["calendario"] = de_historia("Calendarios", CambioCalendario, de_clave("objeto__organo__clave"))
    if alcance not in ALCANCES:
        ALCANCES.append(alcance)
