"""Quién puede qué, en un solo lugar. Cada predicado responde por una cuenta, un órgano y una fecha."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from sesiones.estados import TipoRol
from sesiones.models import Asiento, Organo, Rol

CONDUCEN = (TipoRol.FACILITADORA, TipoRol.TECNICA, TipoRol.ADMINISTRADORA)
LEEN = (*CONDUCEN, TipoRol.AUDITORA, TipoRol.ENLACE)


def _tiene(usuario: Any, organo: Organo, al: dt.date, roles: tuple[str, ...]) -> bool:
    """Si la cuenta tiene alguno de esos roles, vigente, en el órgano o en el que depende."""
    if not usuario.is_authenticated or not usuario.is_active:
        return False
    organos = [organo.pk, organo.padre_id] if organo.padre_id else [organo.pk]
    return Rol.objects.vigentes(al).filter(usuario=usuario, organo__in=organos, tipo__in=roles).exists()


def es_integrante(usuario: Any, organo: Organo, al: dt.date) -> bool:
    """Titular o suplente vigente de un asiento del órgano."""
    if not usuario.is_authenticated:
        return False
    rige = Q(nombramientos__persona__usuario=usuario) & _vigente("nombramientos", al)
    suple = Q(suplencias__persona__usuario=usuario) & _vigente("suplencias", al)
    return Asiento.objects.filter(organo=organo).filter(rige | suple).exists()


def _vigente(relacion: str, al: dt.date) -> Q:
    """Condición de vigencia a través de una relación."""
    desde = Q(**{f"{relacion}__vigente_desde__isnull": True}) | Q(**{f"{relacion}__vigente_desde__lte": al})
    hasta = Q(**{f"{relacion}__vigente_hasta__isnull": True}) | Q(**{f"{relacion}__vigente_hasta__gte": al})
    return desde & hasta


def puede_conducir(usuario: Any, organo: Organo, al: dt.date) -> bool:
    """Facilitadora, personal técnico o administradora: captura en la mesa y en los registros."""
    return _tiene(usuario, organo, al, CONDUCEN)


def puede_leer_mesa(usuario: Any, organo: Organo, al: dt.date) -> bool:
    """Quien conduce, la auditora, el enlace y los integrantes leen la mesa y el borrador del acta."""
    return _tiene(usuario, organo, al, LEEN) or es_integrante(usuario, organo, al)


def puede_administrar(usuario: Any, organo: Organo, al: dt.date) -> bool:
    """Cambia reglas, denominaciones y roles del órgano."""
    return _tiene(usuario, organo, al, (TipoRol.ADMINISTRADORA,))


def organos_que_conduce(usuario: Any, al: dt.date) -> QuerySet[Organo]:
    """Órganos cuya mesa puede usar la cuenta."""
    roles = Rol.objects.vigentes(al).filter(usuario=usuario, tipo__in=CONDUCEN)
    return Organo.objects.filter(pk__in=roles.values("organo"))


def organos_visibles(usuario: Any, al: dt.date) -> QuerySet[Organo]:
    """Órganos donde la cuenta tiene rol o asiento."""
    roles = Rol.objects.vigentes(al).filter(usuario=usuario).values("organo")
    asientos = Asiento.objects.filter(
        (Q(nombramientos__persona__usuario=usuario) & _vigente("nombramientos", al))
        | (Q(suplencias__persona__usuario=usuario) & _vigente("suplencias", al))
    ).values("organo")
    return Organo.objects.filter(Q(pk__in=roles) | Q(pk__in=asientos)).distinct()
