"""Lo que de la agenda le toca a quien conduce: decir si se celebró lo que ya pasó."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.urls import reverse

from sesiones import permisos
from sesiones.eventos.models import Evento
from sesiones.lo_que_toca import con_organo
from stl_portal.espanol import fecha_larga
from stl_portal.publico.registro import Pendiente

UNO_POR_UNO = 3  # de un órgano con más, van juntos: cien renglones iguales taparían lo demás


def por_decir(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Los eventos publicados de sus órganos que ya terminaron y nadie ha dicho si se celebraron."""
    if usuario.is_authenticated:
        yield from con_organo(_por_decir(Evento.objects.sin_decir(al), usuario, al), al)


def _por_decir(eventos: QuerySet[Evento], usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    suyos = eventos.filter(organo__in=permisos.organos_que_conduce(usuario, al))
    cuentas = (
        suyos.order_by().values_list("organo", "organo__clave").annotate(n=Count("pk"), ultimo=Max("hasta"))
    )
    pocos = []
    for organo, clave, cuantos, ultimo in cuentas:
        if cuantos > UNO_POR_UNO:
            yield _juntos(organo, clave, cuantos, ultimo)
        else:
            pocos.append(organo)
    if pocos:
        yield from (_uno(evento) for evento in eventos.filter(organo__in=pocos).select_related("organo"))


def _uno(evento: Evento) -> Pendiente:
    return Pendiente(
        titulo=f"Marca como celebrado: {evento}",
        detalle=f"Terminó el {fecha_larga(evento.hasta)} y sigue como programado. Si no se hizo, cancélalo",
        accion="Decir si se celebró",
        url=reverse("gestion_agenda:evento", args=(evento.organo.clave, evento.pk)),
        organo=evento.organo_id,
    )


def _juntos(organo: int, clave: str, cuantos: int, ultimo: dt.date) -> Pendiente:
    return Pendiente(
        titulo=f"Marca como celebrados {cuantos} eventos",
        detalle=f"Ya pasaron y siguen como programados; el último terminó el {fecha_larga(ultimo)}",
        accion="Ver la agenda",
        url=reverse("registros:lista", args=(clave, "eventos")),
        organo=organo,
    )
