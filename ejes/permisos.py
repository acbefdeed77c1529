"""Quién puede qué con los reportes y el plan. Cada predicado responde por una cuenta y una fecha."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from ejes.models import Encargo, Reporte
from sesiones import permisos
from sesiones.models import Asiento, Nombramiento


def asientos_que_prepara(usuario: Any, al: dt.date) -> QuerySet[Asiento]:
    """Los asientos cuyos reportes puede escribir: los que ocupa y los que le encargaron."""
    if not usuario.is_authenticated or not usuario.is_active:
        return Asiento.objects.none()
    encargados = Encargo.objects.vigentes(al).filter(usuario=usuario).values("asiento")
    ocupados = Asiento.objects.ocupados_por(usuario, al).values("pk")
    return Asiento.objects.vigentes(al).filter(Q(pk__in=ocupados) | Q(pk__in=encargados))


def prepara(usuario: Any, asiento: Asiento, al: dt.date) -> bool:
    """Titular, suplente o colega con encargo: escribe y sube evidencias."""
    return asientos_que_prepara(usuario, al).filter(pk=asiento.pk).exists()


def prepara_alguno(usuario: Any) -> bool:
    """Si hoy prepara los reportes de algún asiento: sube evidencias."""
    return asientos_que_prepara(usuario, timezone.localdate()).exists()


def nombramientos_que_envian(usuario: Any, al: dt.date) -> QuerySet[Nombramiento]:
    """Con los que la cuenta responde por un asiento vigente: solo quien es titular envía y encarga."""
    if not usuario.is_authenticated or not usuario.is_active:
        return Nombramiento.objects.none()
    vigentes = Nombramiento.objects.vigentes(al).filter(asiento__in=Asiento.objects.vigentes(al))
    return vigentes.filter(persona__usuario=usuario).select_related("persona")


def titular_que_envia(usuario: Any, asiento: Asiento, al: dt.date) -> Nombramiento | None:
    """El nombramiento con el que esa cuenta envía, o None si no es titular del asiento."""
    return nombramientos_que_envian(usuario, al).filter(asiento=asiento).first()


def envia(usuario: Any, asiento: Asiento, al: dt.date) -> bool:
    """Solo quien es titular del asiento: el reporte va con su nombre y su cargo."""
    return titular_que_envia(usuario, asiento, al) is not None


def revisa(usuario: Any, reporte: Reporte, al: dt.date) -> bool:
    """Quien conduce el órgano valida, observa, devuelve y publica."""
    return permisos.puede_conducir(usuario, reporte.asiento.organo, al)


def audita(usuario: Any, reporte: Reporte, al: dt.date) -> bool:
    """Quien conduce el órgano y la auditora."""
    return permisos.audita(usuario, reporte.asiento.organo, al)


def audita_asiento(usuario: Any, asiento: Asiento, al: dt.date) -> bool:
    """Quien conduce el órgano del asiento y la auditora."""
    return permisos.audita(usuario, asiento.organo, al)


def lee_reporte(usuario: Any, reporte: Reporte, al: dt.date) -> bool:
    """Quien lo prepara, siempre; quien conduce y la auditora, desde que se envió la primera vez."""
    if prepara(usuario, reporte.asiento, al):
        return True
    return reporte.entregas.exists() and audita(usuario, reporte, al)
