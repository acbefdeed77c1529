"""Lo que de los informes trimestrales le toca a cada quien, en «Mi portal»."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from municipios.estados import EstadoInforme
from municipios.models import InformeTrimestral
from municipios.permisos import de_quien_escribe_informes
from sesiones.espacios import JUNTAS_DESDE
from sesiones.models import Organo
from sesiones.permisos import organos_que_conduce
from stl_portal.publico.registro import Espacio, Pendiente

from .existencia import existen_desde
from .trimestres import DIAS_PARA_ENTREGAR, Trimestre, existia, ultimo_terminado

LOS_PRESENTA = "Escribirlos, entregarlos y presentarlos en sesión"
LOS_ENTREGA = "Escribirlos y entregarlos; los presenta en sesión quien conduce"


def organos_que_informan(usuario: Any, al: dt.date) -> QuerySet[Organo]:
    """Los secretariados municipales donde la cuenta conduce o es enlace por rol propio."""
    suyos = de_quien_escribe_informes(al).filter(usuario=usuario).values("organo")
    con_nombre: QuerySet[Organo] = Organo.objects.filter(pk__in=suyos).con_nombre().order_by("clave")
    return con_nombre


def de_quien_informa(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """El trimestre que terminó sin informe entregado, y los entregados que no se han presentado."""
    organos = {organo.pk: organo for organo in organos_que_informan(usuario, al)}
    if not organos:
        return
    terminado = ultimo_terminado(al)
    conduce = set(organos_que_conduce(usuario, al).values_list("pk", flat=True))
    vivos = InformeTrimestral.objects.filter(organo__in=organos).select_related("organo")
    existen = existen_desde(organos.keys())
    del_trimestre = {i.organo_id: i for i in vivos.filter(anio=terminado.anio, trimestre=terminado.numero)}
    for organo in organos.values():
        if not existia(terminado, existen[organo.pk]):
            continue
        informe = del_trimestre.get(organo.pk)
        if informe is None or informe.estado == EstadoInforme.BORRADOR:
            yield _por_escribir(organo, informe, terminado, al)
    for informe in vivos.filter(estado=EstadoInforme.ENTREGADO).order_by("anio", "trimestre"):
        if informe.organo_id in conduce:
            yield _por_presentar(informe, organos[informe.organo_id].denominacion(al).nombre_corto)


def _por_escribir(
    organo: Organo, informe: InformeTrimestral | None, trimestre: Trimestre, al: dt.date
) -> Pendiente:
    vence = trimestre.termina + dt.timedelta(days=DIAS_PARA_ENTREGAR)
    url = reverse("informes:lista", args=(organo.clave,))
    if informe:
        url = reverse("informes:escribir", args=(organo.clave, informe.numero))
    return Pendiente(
        titulo=f"{'Termina' if informe else 'Empieza'} el informe de {trimestre}",
        detalle=f"{organo.denominacion(al).nombre_corto}. El trimestre ya terminó",
        accion="Seguir escribiendo" if informe else "Empezar el informe",
        url=url,
        vence=vence,
        urgente=vence <= al,
        organo=organo.pk,
    )


def _por_presentar(informe: InformeTrimestral, de_quien: str) -> Pendiente:
    return Pendiente(
        titulo=f"Presenta en sesión el {str(informe)[:1].lower()}{str(informe)[1:]}",
        detalle=f"{de_quien}. Ya se entregó. Elige la sesión y el punto",
        accion="Elegir la sesión",
        url=informe.get_absolute_url(),
        organo=informe.organo_id,
    )


def espacios(usuario: Any, al: dt.date) -> Iterator[Espacio]:
    """Los informes de su secretariado municipal; si son muchos, todos en una página."""
    conduce = Exists(organos_que_conduce(usuario, al).filter(pk=OuterRef("pk")))
    organos = list(organos_que_informan(usuario, al).annotate(conduce=conduce))
    if len(organos) >= JUNTAS_DESDE:
        yield Espacio(
            nombre="Informes trimestrales",
            descripcion=f"Los de tus {len(organos)} secretariados municipales",
            url=reverse("informes:inicio"),
        )
        return
    for organo in organos:
        yield Espacio(
            nombre=f"Informes trimestrales {organo.denominacion(al).del_nombre}",
            descripcion=LOS_PRESENTA if organo.conduce else LOS_ENTREGA,
            url=reverse("informes:lista", args=(organo.clave,)),
        )
