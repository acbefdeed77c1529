"""Lo que espera en las colas de la base, y desde cuándo: correos por enviar y tareas largas."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from stl_portal.avisos.models import Aviso, EstadoAviso


@dataclass(frozen=True)
class Cola:
    """Cuánto espera ya, desde hace cuántos segundos lo más viejo, y cuánto no se pudo hacer."""

    nombre: str
    esperan: int
    rezago: float
    fallidos: int


def todas() -> list[Cola]:
    """Las dos, con una consulta cada una."""
    ahora = timezone.now()
    return [_avisos(ahora), _tareas(ahora)]


def _avisos(ahora: dt.datetime) -> Cola:
    """Los que ya podrían salir; el reintento que todavía espera su hora no cuenta."""
    listos = Q(estado=EstadoAviso.PENDIENTE, no_antes_de__lte=ahora)
    cifras = Aviso.objects.filter(estado__in=(EstadoAviso.PENDIENTE, EstadoAviso.FALLIDO)).aggregate(
        esperan=Count("pk", filter=listos),
        desde=Min("no_antes_de", filter=listos),
        fallidos=Count("pk", filter=Q(estado=EstadoAviso.FALLIDO)),
    )
    return _cola("avisos", ahora, **cifras)


def _tareas(ahora: dt.datetime) -> Cola:
    """Las que nadie ha tomado. La que no dijo hora vale desde que se pidió; la que sí, desde su hora."""
    nueva, sin_hora = Q(status=TaskResultStatus.READY), Q(run_after=get_date_max())
    a_su_hora = Q(run_after__lte=ahora)
    cifras = DBTaskResult.objects.filter(
        status__in=(TaskResultStatus.READY, TaskResultStatus.FAILED)
    ).aggregate(
        esperan=Count("pk", filter=nueva & (sin_hora | a_su_hora)),
        pedida=Min("enqueued_at", filter=nueva & sin_hora),
        citada=Min("run_after", filter=nueva & a_su_hora),
        fallidos=Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
    )
    desde = min(filter(None, (cifras["pedida"], cifras["citada"])), default=None)
    return _cola("tareas", ahora, cifras["esperan"], desde, cifras["fallidos"])


def _cola(nombre: str, ahora: dt.datetime, esperan: int, desde: dt.datetime | None, fallidos: int) -> Cola:
    rezago = max(0.0, (ahora - desde).total_seconds()) if desde else 0.0
    return Cola(nombre, esperan, rezago, fallidos)
