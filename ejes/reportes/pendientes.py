"""Lo que a quien prepara reportes le toca hacer, en «Mi portal»."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from ejes import permisos
from ejes.estados import EstadoPlan, EstadoReporte
from ejes.reportes import reportar
from ejes.reportes.reportar import Casilla
from sesiones.lo_que_toca import con_organo
from stl_portal.espanol import fecha_larga
from stl_portal.publico.registro import Espacio, Pendiente

URGE = 3  # días que faltan para el límite


def de_quien_reporta(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Los reportes por enviar y los observados."""
    asientos = list(permisos.asientos_que_prepara(usuario, al))
    casillas = reportar.de_los_asientos(asientos, al)
    return con_organo((_pendiente(casilla, al) for casilla in casillas if casilla.por_enviar), al)


def _pendiente(casilla: Casilla, al: dt.date) -> Pendiente:
    vence = casilla.bimestre.ventana.entrega
    reporte = casilla.reporte
    de_que = f"{casilla.eje}, {casilla.asiento.institucion.nombre}"
    if reporte and reporte.estado == EstadoReporte.OBSERVADO:
        return Pendiente(
            titulo=f"Corrige el reporte de {casilla.bimestre}",
            detalle=f"{de_que}. Tiene observaciones",
            accion="Ver lo observado",
            url=reporte.url_de_trabajo,
            urgente=True,
            organo=casilla.asiento.organo_id,
        )
    hasta = f"La fecha límite es el {fecha_larga(vence)}" if vence else "Sin fecha límite"
    if casilla.vencida(al) and vence:
        hasta = f"El plazo terminó el {fecha_larga(vence)}: todavía se recibe, como tardío"
    return Pendiente(
        titulo=f"{'Termina' if reporte else 'Empieza'} el reporte de {casilla.bimestre}",
        detalle=f"{de_que}. {hasta}",
        accion="Seguir con el reporte" if reporte else "Empezar el reporte",
        url=reporte.url_de_trabajo if reporte else _donde_se_empieza(casilla),
        crea=reporte is None,
        vence=vence,
        urgente=vence is not None and (vence - al).days <= URGE,
        organo=casilla.asiento.organo_id,
    )


def _donde_se_empieza(casilla: Casilla) -> str:
    return reverse("reportes:iniciar", args=(casilla.bimestre.pk, casilla.eje.pk, casilla.asiento.pk))


def espacios(usuario: Any, al: dt.date) -> Iterator[Espacio]:
    """«Mis reportes», para quien ocupa un asiento o tiene un encargo en un órgano que publicó un plan."""
    asientos = permisos.asientos_que_prepara(usuario, al)
    if asientos.filter(organo__planes__estado=EstadoPlan.PUBLICADO).exists():
        yield Espacio(
            "Reportes bimestrales", "Los de tu institución, con sus evidencias", reverse("reportes:inicio")
        )
