"""Cerrar una sesión: la hora, lo que quedó sin tratar, las fórmulas que regían y las actas que aprobó."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sesiones.acta import formulas
from sesiones.aprobacion import aprobar_las_de
from sesiones.models import Sesion


def cerrar(
    sesion: Sesion,
    por: Any,
    *,
    cierre: dt.time,
    sin_tratar: str = "",
    cuando: dt.datetime | None = None,
    **campos: Any,
) -> None:
    """La cierra a una hora; `sin_tratar` dice por qué hubo puntos que no se alcanzaron.

    Lanza `ValidationError` si la hora es anterior a algo que consta, o si quedaron puntos sin
    tratar y no se dice por qué.
    """
    _exigir_posterior(sesion, cierre)
    motivo = _motivo_de_lo_pendiente(sesion, sin_tratar)
    nota = f"Quedaron puntos sin tratar: {motivo}" if motivo else ""
    campos |= {"cierre": cierre, "sin_tratar": motivo, "formulas": formulas.vivas(sesion.organo.clave)}
    with transaction.atomic():
        sesion.cambiar("cerrar", por, cuando=cuando, nota=nota, **campos)
        aprobar_las_de(sesion, por, cuando or timezone.now())


def _exigir_posterior(sesion: Sesion, cierre: dt.time) -> None:
    """Nada de lo que consta en la sesión pasó después de esa hora."""
    if sesion.inicio and cierre < sesion.inicio:
        frase = f"La hora de cierre ({cierre:%H:%M}) es anterior a la de inicio ({sesion.inicio:%H:%M})."
        raise ValidationError({"cierre": frase})
    if sesion.recesos.filter(Q(inicio__gt=cierre) | Q(fin__gt=cierre)).exists():
        raise ValidationError({"cierre": "Hay un receso que termina después de esa hora."})
    if sesion.asistencias.filter(movimientos__hora__gt=cierre).exists():
        raise ValidationError({"cierre": "Hay una llegada o salida anotada después de esa hora."})


def _motivo_de_lo_pendiente(sesion: Sesion, motivo: str) -> str:
    """El motivo si quedaron puntos sin tratar; vacío si no quedó ninguno."""
    if not sesion.puede("cerrar") or not sesion.puntos.sin_tratar().exists():
        return ""
    if not motivo.strip():
        raise ValidationError({"sin_tratar": "Escribe por qué quedaron puntos sin tratar."})
    return motivo.strip()
