"""Quién puede qué, en un solo lugar. Cada predicado responde por una cuenta, un órgano y una fecha."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from sesiones.estados import ClaseOrgano, TipoRol
from sesiones.models import Asiento, Organo, Rol

CONDUCEN = (TipoRol.FACILITADORA, TipoRol.TECNICA, TipoRol.ADMINISTRADORA)
LEEN = (*CONDUCEN, TipoRol.AUDITORA, TipoRol.ENLACE)


def _con_rol(usuario: Any, al: dt.date, roles: tuple[str, ...]) -> QuerySet[Organo]:
    """Órganos donde la cuenta tiene alguno de esos roles, vigente; un rol alcanza a sus comisiones.

    El enlace de un secretariado estatal alcanza, además, a los municipales que ese acompaña.
    """
    vigentes = Rol.objects.vigentes(al).filter(usuario=usuario, tipo__in=roles)
    suyos = vigentes.values("organo")
    acompana = vigentes.filter(tipo=TipoRol.ENLACE).values("organo")
    return Organo.objects.filter(Q(pk__in=suyos) | Q(padre__in=suyos) | Q(acompanado_por__in=acompana))


def _tiene(usuario: Any, organo: Organo, al: dt.date, roles: tuple[str, ...]) -> bool:
    """Si la cuenta tiene alguno de esos roles, vigente, en el órgano o en el que depende.

    Basta también ser enlace del secretariado estatal que lo acompaña, si el enlace está entre esos roles.
    """
    if not usuario.is_authenticated or not usuario.is_active:
        return False
    suyos = Rol.objects.vigentes(al).filter(usuario=usuario, tipo__in=roles)
    aqui = Q(organo__in=[organo.pk, organo.padre_id])
    if organo.acompanado_por_id:
        aqui |= Q(organo=organo.acompanado_por_id, tipo=TipoRol.ENLACE)
    return suyos.filter(aqui).exists()


def es_integrante(usuario: Any, organo: Organo, al: dt.date) -> bool:
    """Titular o suplente vigente de un asiento vigente del órgano."""
    if not usuario.is_authenticated:
        return False
    return organo.asientos.ocupados_por(usuario, al).exists()


def familia_de(organo: Organo) -> set[int]:
    """El órgano y sus comisiones: lo que alcanza quien lo conduce. Nunca hacia arriba."""
    return {organo.pk, *(comision.pk for comision in organo.comisiones.all())}


def puede_conducir(usuario: Any, organo: Organo, al: dt.date) -> bool:
    """Facilitadora, personal técnico o administradora: captura en la mesa y en los registros."""
    return _tiene(usuario, organo, al, CONDUCEN)


def puede_leer_mesa(usuario: Any, organo: Organo, al: dt.date) -> bool:
    """Quien conduce, la auditora, el enlace y los integrantes leen la mesa y el borrador del acta."""
    return _tiene(usuario, organo, al, LEEN) or es_integrante(usuario, organo, al)


def audita(usuario: Any, organo: Organo, al: dt.date) -> bool:
    """Quien conduce y la auditora: leen también lo que los demás integrantes todavía no ven."""
    return _tiene(usuario, organo, al, (*CONDUCEN, TipoRol.AUDITORA))


def puede_administrar(usuario: Any, organo: Organo, al: dt.date) -> bool:
    """Cambia reglas, denominaciones y roles del órgano."""
    return _tiene(usuario, organo, al, (TipoRol.ADMINISTRADORA,))


def puede_fundar(usuario: Any, organo: Organo, al: dt.date) -> bool:
    """Funda los secretariados municipales que este acompañará: la administradora de uno estatal."""
    return organo.clase == ClaseOrgano.ESTATAL and puede_administrar(usuario, organo, al)


def organos_que_administra(usuario: Any, al: dt.date) -> QuerySet[Organo]:
    """Órganos que administra la cuenta: los mismos que responde `puede_administrar`."""
    return _con_rol(usuario, al, (TipoRol.ADMINISTRADORA,))


def organos_que_conduce(usuario: Any, al: dt.date) -> QuerySet[Organo]:
    """Órganos cuya mesa puede usar la cuenta: los mismos que responde `puede_conducir`."""
    return _con_rol(usuario, al, CONDUCEN)


def organos_que_audita(usuario: Any, al: dt.date) -> QuerySet[Organo]:
    """Órganos donde la cuenta lee también lo reservado: los mismos que responde `audita`."""
    return _con_rol(usuario, al, (*CONDUCEN, TipoRol.AUDITORA))


def organos_que_solo_audita(usuario: Any, al: dt.date) -> QuerySet[Organo]:
    """Órganos donde tiene el papel de auditora: solo con él se lee la auditoría."""
    return _con_rol(usuario, al, (TipoRol.AUDITORA,))


def organos_visibles(usuario: Any, al: dt.date) -> QuerySet[Organo]:
    """Órganos cuya mesa puede leer la cuenta: los mismos que responde `puede_leer_mesa`."""
    asientos = Asiento.objects.ocupados_por(usuario, al).values("organo")
    return Organo.objects.filter(Q(pk__in=_con_rol(usuario, al, LEEN)) | Q(pk__in=asientos))


def organos_propios(usuario: Any, al: dt.date) -> QuerySet[Organo]:
    """De los visibles, aquellos donde la cuenta tiene rol o asiento; no los que su secretariado acompaña."""
    con_rol = Rol.objects.vigentes(al).filter(usuario=usuario, tipo__in=LEEN).values("organo")
    asientos = Asiento.objects.ocupados_por(usuario, al).values("organo")
    return Organo.objects.filter(Q(pk__in=con_rol) | Q(padre__in=con_rol) | Q(pk__in=asientos))
