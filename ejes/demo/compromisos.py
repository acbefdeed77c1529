"""Lo que un compromiso de la demostración lleva además de sus acciones."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ejes.demo.fechas import dia
from ejes.models import Compromiso
from sesiones.demo.directorio import Directorio
from sesiones.models import Acuerdo


def completar(compromiso: Compromiso, ficha: Mapping[str, Any], directorio: Directorio, hoy: dt.date) -> None:
    """Quién responde, quiénes lo crearon, su calendario y el acuerdo que lo respalda."""
    if "asiento" in ficha:
        compromiso.responsable = directorio.asiento(ficha["asiento"])
        compromiso.save(update_fields=["responsable"])
    for parte in ficha.get("partes", ()):
        _parte(compromiso, parte, directorio)
    for hito in ficha.get("hito", ()):
        _hito(compromiso, hito, hoy)
    if "acuerdo" in ficha:
        compromiso.acuerdos.add(acuerdo_que_dice(ficha["acuerdo"], directorio.organo))


def acuerdo_que_dice(inicio: str, organo: Any) -> Acuerdo:
    """El acuerdo del órgano cuyo texto empieza así."""
    return Acuerdo.objects.get(sesion__organo=organo, texto__startswith=inicio)


def _parte(compromiso: Compromiso, ficha: Mapping[str, Any], directorio: Directorio) -> None:
    institucion = directorio.institucion(ficha["asiento"])
    compromiso.partes.create(
        institucion=institucion,
        nombre=institucion.nombre,
        sector=institucion.sector,
        le_toca=ficha["le_toca"],
    )


def _hito(compromiso: Compromiso, ficha: Mapping[str, Any], hoy: dt.date) -> None:
    accion = compromiso.acciones.get(numero=ficha["accion"]) if "accion" in ficha else None
    compromiso.hitos.create(
        nombre=ficha["nombre"],
        accion=accion,
        previsto=dia(ficha["previsto"], hoy),
        cumplido=dia(ficha["cumplido"], hoy) if "cumplido" in ficha else None,
    )
