"""Los apartados que las sesiones apuntan en el informe anual, y quién lo prepara."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from sesiones import permisos
from sesiones.models import Organo
from stl_portal.informe_anual.registro import Fuente, Quienes, apuntar, instalar

from .acuerdos import acuerdos
from .asistencia import asistencia
from .integracion import integracion
from .reuniones import mesas, sesiones

APARTADOS = (
    Fuente("sesiones", "Sesiones", 10, sesiones),
    Fuente("mesas", "Reuniones y mesas de trabajo", 15, mesas),
    Fuente("integracion", "Integración", 20, integracion),
    Fuente("asistencia", "Asistencia", 25, asistencia),
    Fuente("acuerdos", "Acuerdos", 30, acuerdos),
)


def prepara(usuario: Any, al: dt.date) -> "QuerySet[Any]":
    """Los que la cuenta conduce o administra."""
    return permisos.organos_que_conduce(usuario, al)


def lee(usuario: Any, al: dt.date) -> "QuerySet[Any]":
    """Los que conduce o audita."""
    return permisos.organos_que_audita(usuario, al)


def reales() -> "QuerySet[Any]":
    """Los que no son de demostración."""
    return Organo.objects.filter(ficticio=False)


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    for fuente in APARTADOS:
        apuntar(fuente)
    instalar(Quienes(prepara, lee, reales))
