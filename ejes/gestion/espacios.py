"""Lo que la gestión del plan aporta al portal: su lugar en «Mi portal» y los avisos de cada bimestre."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ejes.models import Bimestre, Plan
from ejes.registros import catalogo
from ejes.reportes import recordatorios
from sesiones import permisos
from stl_portal.avisos.registro import RECORDATORIOS, SERIES, Serie
from stl_portal.publico import registro
from stl_portal.publico.registro import Espacio
from stl_portal.versiones import entero


def de_quien_conduce(usuario: Any, al: dt.date) -> Iterator[Espacio]:
    """El último plan de cada órgano que conduce y, si hay más, la lista de todos."""
    filas = Plan.objects.filter(organo__in=permisos.organos_que_conduce(usuario, al))
    planes = list(filas.order_by("-inicio", "clave"))
    ultimos: dict[int, Plan] = {}
    for plan in planes:
        ultimos.setdefault(plan.organo_id, plan)
    for plan in ultimos.values():
        yield Espacio(
            nombre=f"Gestión: {plan.nombre}",
            descripcion="Ejes, compromisos, formato, bimestres, prórrogas y recordatorios",
            url=reverse("gestion:plan", args=(plan.clave,)),
        )
    if len(planes) > 1:
        yield Espacio(
            nombre="Todos los planes",
            descripcion="También los anteriores, con sus cortes e informes",
            url=reverse("gestion:planes"),
        )


def avisos_de(usuario: Any, clave: str) -> Serie | None:
    """Los recordatorios de un bimestre, para quien conduce su órgano; para los demás no existen."""
    filas = Bimestre.objects.con_prorrogas()
    bimestre = filas.filter(pk=entero(clave)).first()
    hoy = timezone.localdate()
    if bimestre is None or not permisos.puede_conducir(usuario, bimestre.plan.organo, hoy):
        return None
    return Serie(
        titulo=f"Recordatorios de {bimestre}",
        volver=reverse("gestion:bimestre", args=(bimestre.plan.clave, bimestre.numero)),
        volver_a=str(bimestre),
        puede_reintentar=True,
    )


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    catalogo.registrar()
    registro.apuntar(registro.ESPACIOS, de_quien_conduce)
    registro.apuntar(RECORDATORIOS, recordatorios.enviar)
    SERIES["bimestre"] = avisos_de
