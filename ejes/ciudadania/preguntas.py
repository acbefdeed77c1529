"""Los compromisos de que la ciudadanía pregunta, y quién responde por cada uno."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from ejes.estados import EstadoPlan
from ejes.models import Compromiso
from sesiones.models import Asiento
from stl_portal.participacion import registro
from stl_portal.participacion.registro import Clase, Objeto
from stl_portal.publico.registro import Enlace

DE_QUIEN = ("eje__plan", "responsable__institucion", "eje__responsable__institucion")


def publicos() -> "QuerySet[Any]":
    """Los de planes publicados."""
    return Compromiso.objects.filter(eje__plan__estado=EstadoPlan.PUBLICADO).order_by()


def por_pk(cuales: Collection[int]) -> Mapping[int, Objeto]:
    """De esos, los públicos."""
    return {fila.pk: _objeto(fila) for fila in publicos().filter(pk__in=cuales).select_related(*DE_QUIEN)}


def por_clave(clave: str) -> Objeto | None:
    """«2022-2024/1.2»; None si no lo hay o su plan no es público."""
    plan, _, codigo = clave.partition("/")
    eje, punto, numero = codigo.partition(".")
    if not punto or not all(n.isascii() and n.isdigit() and len(n) < 5 for n in (eje, numero)):
        return None
    filas = publicos().filter(eje__plan__clave=plan, eje__numero=int(eje), numero=int(numero))
    return next((_objeto(fila) for fila in filas.select_related(*DE_QUIEN)), None)


def _objeto(fila: Compromiso) -> Objeto:
    asiento = fila.responde
    return Objeto(
        pk=fila.pk,
        clave=f"{fila.eje.plan.clave}/{fila.codigo}",
        titulo=f"Compromiso {fila}",
        url=fila.get_absolute_url(),
        organo=fila.eje.plan.organo_id,
        responde=asiento.institucion.nombre if asiento else "",
        asiento=asiento.pk if asiento else 0,
    )


def a_cargo(usuario: Any, al: dt.date) -> "QuerySet[Any]":
    """Los públicos cuyo responsable —el suyo o, si no tiene, el de su eje— es un asiento de la cuenta."""
    asientos = Asiento.objects.ocupados_por(usuario, al).values("pk")
    del_eje = Q(responsable=None, eje__responsable__in=asientos)
    return publicos().filter(Q(responsable__in=asientos) | del_eje).values("pk")


COMPROMISO = Clase(
    nombre="compromiso",
    del_dicho="del compromiso",
    donde=Enlace("un compromiso del plan de acción", "/plan/"),
    publicos=publicos,
    por_pk=por_pk,
    por_clave=por_clave,
    a_cargo=a_cargo,
)


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    registro.apuntar_clase(COMPROMISO)
