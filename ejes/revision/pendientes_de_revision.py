"""Lo que le toca a quien revisa reportes, en «Mi portal»: revisarlos, publicarlos y su lugar de trabajo."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from ejes.estados import EstadoReporte
from ejes.models import Bimestre, Reporte
from sesiones import permisos
from sesiones.lo_que_toca import con_organo
from stl_portal.espanol import fecha_larga
from stl_portal.publico import registro
from stl_portal.publico.registro import Espacio, Pendiente


def de_quien_revisa(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Cada reporte por revisar o por publicar; urge el que ya pasó de su fecha de carga pública."""
    filas = Reporte.objects.por_revisar().filter(
        asiento__organo__in=permisos.organos_que_conduce(usuario, al)
    )
    con_todo = filas.select_related("eje", "asiento__institucion").annotate(
        enviado=Max("entregas__enviada_el")
    )
    reportes = list(con_todo.order_by("enviado"))
    bimestres = Bimestre.objects.con_prorrogas().in_bulk({r.bimestre_id for r in reportes})
    for reporte in reportes:
        reporte.bimestre = bimestres[reporte.bimestre_id]
    return con_organo((_pendiente(reporte, al) for reporte in reportes), al)


def _pendiente(reporte: Any, al: dt.date) -> Pendiente:
    por_revisar = reporte.estado == EstadoReporte.ENVIADO
    carga = reporte.bimestre.ventana.carga
    hasta = f". Se publica a más tardar el {fecha_larga(carga)}" if carga else ""
    enviado = fecha_larga(timezone.localdate(reporte.enviado))
    return Pendiente(
        titulo=f"{'Revisa' if por_revisar else 'Publica'} el reporte de {reporte.bimestre}: {reporte.eje}",
        detalle=f"{reporte.asiento.institucion}. Enviado el {enviado}{hasta}",
        accion="Revisar" if por_revisar else "Publicar",
        url=reporte.url_de_revision,
        vence=carga,
        urgente=carga is not None and carga <= al,
        organo=reporte.asiento.organo_id,
    )


def espacios(usuario: Any, al: dt.date) -> Iterator[Espacio]:
    """La fila de reportes de un órgano con plan: quien lo conduce la atiende y quien lo audita la lee."""
    if permisos.organos_que_conduce(usuario, al).filter(planes__isnull=False).exists():
        descripcion = "Lo que enviaron las instituciones: revisarlo, devolverlo y publicarlo"
    elif permisos.organos_que_audita(usuario, al).filter(planes__isnull=False).exists():
        descripcion = "Lo que enviaron las instituciones y lo que se dice de ello, para leerlo"
    else:
        return
    yield Espacio(nombre="Reportes por revisar", descripcion=descripcion, url=reverse("revision:inicio"))


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    registro.apuntar(registro.PENDIENTES, de_quien_revisa)
    registro.apuntar(registro.ESPACIOS, espacios)
