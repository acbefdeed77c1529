"""Lo que de las convocatorias públicas le toca al comité, que califica, y a quien conduce, que publica."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from sesiones import permisos as de_sesiones
from sesiones.lo_que_toca import con_organo
from stl_portal.espanol import fecha_larga
from stl_portal.publico.registro import Pendiente

from . import calificar, permisos
from .estados import EstadoCertamen, EstadoPostulacion
from .models import Certamen, Dictamen, IntegranteDelComite

URGE = dt.timedelta(days=2)  # días que faltan para que termine el plazo del comité
CERRAR, DESIERTA, PUBLICAR, COMITE = "cerrar", "desierta", "publicar", "comite"
TOCA = {
    CERRAR: "El comité terminó de calificar: cierra el dictamen",
    DESIERTA: "No se presentó ninguna postulación: declárala desierta",
    PUBLICAR: "El dictamen ya se cerró: publica los resultados",
    COMITE: "Llegaron postulaciones y no hay comité: intégralo",
}


def todos(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Lo que a la cuenta le falta calificar y lo que le toca de las que conduce."""
    if usuario.is_authenticated:
        yield from con_organo((*del_comite(usuario, al), *de_quien_conduce(usuario, al)), al)


def del_comite(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Lo que le falta calificar, por convocatoria."""
    for lugar in permisos.lugares_en_dictamen(usuario):
        if faltan := por_calificar(lugar):
            yield _por_calificar(lugar, faltan, al)


def por_calificar(lugar: IntegranteDelComite) -> int:
    """Cuántas le faltan."""
    return sum(not fila.suyo for fila in calificar.por_calificar(lugar))  # type: ignore[attr-defined]


def _por_calificar(lugar: IntegranteDelComite, faltan: int, al: dt.date) -> Pendiente:
    certamen, vence = lugar.certamen, lugar.certamen.dictamen_hasta
    hasta = f" El último día es el {fecha_larga(vence)}." if vence else ""
    return Pendiente(
        titulo=f"Califica {faltan} postulaci{'ón' if faltan == 1 else 'ones'}",
        detalle=f"«{certamen}». Estás en su comité por {lugar.institucion}.{hasta}",
        accion="Calificar",
        url=reverse("certamenes_comite:todas", args=(certamen.organo.clave, certamen.clave)),
        organo=certamen.organo_id,
        vence=vence,
        urgente=vence is not None and vence - al <= URGE,
    )


def de_quien_conduce(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Cerrar un dictamen que ya terminó, apurar al comité cuyo plazo pasó y publicar los resultados."""
    organos = de_sesiones.organos_que_conduce(usuario, al)
    for certamen in en_manos_de_quien_conduce().filter(organo__in=organos):
        paso = que_toca(certamen)
        if paso:
            yield _de_la_convocatoria(certamen, TOCA[paso])
        elif certamen.dictamen_hasta and certamen.dictamen_hasta < al:
            yield _de_la_convocatoria(
                certamen,
                f"El comité no ha terminado y su plazo venció el {fecha_larga(certamen.dictamen_hasta)}",
            )


def en_manos_de_quien_conduce() -> "QuerySet[Any]":
    """Las que están en dictamen o dictaminadas, con las cuentas que `que_toca` necesita."""
    presentadas = Q(postulaciones__estado=EstadoPostulacion.PRESENTADA)
    dichos = Dictamen.objects.filter(integrante__certamen=OuterRef("pk")).order_by()
    cuantos = dichos.values("integrante__certamen").annotate(n=Count("pk")).values("n")
    filas = Certamen.objects.filter(estado__in=(EstadoCertamen.CERRADA, EstadoCertamen.DICTAMINADA))
    return (
        filas.select_related("organo")
        .annotate(
            presentadas=Count("postulaciones", filter=presentadas, distinct=True),
            jueces=Count("comite", distinct=True),
            dichos=Coalesce(Subquery(cuantos), 0),
        )
        .order_by("cierra_el", "pk")
    )


def que_toca(certamen: Any) -> str:
    """El paso que le toca a quien conduce; vacío mientras le toca al comité. Con las cuentas de arriba."""
    if certamen.estado == EstadoCertamen.DICTAMINADA:
        return PUBLICAR
    if not certamen.presentadas:
        return DESIERTA
    if not certamen.jueces:
        return COMITE
    return CERRAR if certamen.dichos >= certamen.presentadas * certamen.jueces else ""


def _de_la_convocatoria(certamen: Any, dicho: str) -> Pendiente:
    return Pendiente(
        titulo=f"Convocatoria pública: {certamen}",
        detalle=dicho,
        accion="Seguir con la convocatoria",
        url=certamen.url_de_gestion,
        organo=certamen.organo_id,
        vence=certamen.dictamen_hasta,
    )
