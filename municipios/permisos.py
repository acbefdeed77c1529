"""Quién captura y quién lee lo municipal. Cada predicado responde por una cuenta, un órgano y una fecha."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from municipios.models import Municipio
from sesiones.estados import ClaseOrgano, TipoRol
from sesiones.models import Organo, Rol
from sesiones.permisos import CONDUCEN, puede_leer_mesa

INFORMAN = (*CONDUCEN, TipoRol.ENLACE)


def _informa_en(usuario: Any, al: dt.date) -> QuerySet[Organo]:
    """Órganos donde la cuenta conduce o es enlace, por rol propio (no por acompañamiento)."""
    suyos = Rol.objects.vigentes(al).filter(usuario=usuario, tipo__in=INFORMAN).values("organo")
    return Organo.objects.filter(pk__in=suyos)


def _informa(usuario: Any, organo: Organo, al: dt.date) -> bool:
    return bool(usuario.is_authenticated) and _informa_en(usuario, al).filter(pk=organo.pk).exists()


def puede_seguir(organo: Organo) -> bool:
    """Si al órgano le toca seguir a los 46: solo a los secretariados estatales."""
    return organo.clase == ClaseOrgano.ESTATAL


def sigue(usuario: Any, organo: Organo, al: dt.date) -> bool:
    """Captura el avance de los 46: conduce el secretariado estatal que los sigue, o es su enlace."""
    return puede_seguir(organo) and _informa(usuario, organo, al)


def municipios_que_informa(usuario: Any, organo: Organo, al: dt.date) -> QuerySet[Municipio]:
    """Los que puede capturar en el seguimiento de `organo`: todos, o solo el de su secretariado municipal."""
    if not (usuario.is_authenticated and puede_seguir(organo)):
        return Municipio.objects.none()
    if sigue(usuario, organo, al):
        return Municipio.objects.all()
    propios = _informa_en(usuario, al).filter(clase=ClaseOrgano.MUNICIPAL, acompanado_por=organo)
    return Municipio.objects.filter(clave__in=propios.values("clave_municipio"))


def lee_avance(usuario: Any, organo: Organo, al: dt.date) -> bool:
    """Ve la página de captura: quien informa de alguno y quien lee la mesa del que los sigue."""
    if not (usuario.is_authenticated and puede_seguir(organo)):
        return False
    return municipios_que_informa(usuario, organo, al).exists() or puede_leer_mesa(usuario, organo, al)


def de_quien_escribe_informes(al: dt.date) -> QuerySet[Rol]:
    """Los roles con que se escribe el informe: quien conduce un secretariado municipal y su enlace.

    Es la única regla de quién informa: de ella salen el permiso, los pendientes y los recordatorios.
    """
    return Rol.objects.vigentes(al).filter(tipo__in=INFORMAN, organo__clase=ClaseOrgano.MUNICIPAL)


def escribe_informe(usuario: Any, organo: Organo, al: dt.date) -> bool:
    """Si la cuenta escribe el informe trimestral de ese secretariado."""
    suyos = de_quien_escribe_informes(al).filter(organo=organo)
    return bool(usuario.is_authenticated) and suyos.filter(usuario=usuario).exists()


def organos_que_siguen(usuario: Any, al: dt.date) -> QuerySet[Organo]:
    """Secretariados estatales con etapas donde la cuenta captura o lee el avance de algún municipio."""
    suyos = _informa_en(usuario, al)
    acompanan = suyos.filter(clase=ClaseOrgano.MUNICIPAL).values("acompanado_por")
    estatales = Organo.objects.filter(clase=ClaseOrgano.ESTATAL)
    con_etapas = estatales.filter(etapas_municipales__isnull=False).distinct()
    return con_etapas.filter(Q(pk__in=suyos) | Q(pk__in=acompanan))
