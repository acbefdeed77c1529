"""Programar una sesión: lo que se propone según la costumbre del órgano, y cómo nace con su orden del día."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from sesiones.agenda import formar_orden
from sesiones.estados import ClaseOrgano, TipoSesion
from sesiones.models import Acuerdo, Organo, Serie, Sesion
from sesiones.models.series import serie_de
from sesiones.plazos import UN_DIA, es_habil

ANTICIPACION = 14  # días naturales con que se propone la fecha


def programar(
    organo: Organo,
    *,
    por: Any,
    numero: int,
    copiar_de: Sesion | None = None,
    acuerdos: Iterable[Acuerdo] = (),
    **datos: Any,
) -> Sesion:
    """Crea la sesión y su orden del día, todo o nada. Lanza `ValidationError` si el número ya existe."""
    with transaction.atomic():
        # Si el número es el que sigue, se toma de la secuencia bloqueada; dos a la vez no chocan.
        serie = serie_de(organo.regla(datos["fecha"]), datos["tipo"], datos["fecha"])
        pedido = None if numero == Serie.proximo(organo, serie) else numero
        sesion = Sesion.programar(organo, por=por, numero=pedido, **datos)
        formar_orden(sesion, copiar_de=copiar_de, acuerdos=acuerdos)
    return sesion


def propuesta(organo: Organo, al: dt.date, tipo: str | None = None) -> dict[str, Any]:
    """Valores propuestos ese día: número que sigue, fecha, sede y público habituales, acuerdos pendientes."""
    es_comision = organo.clase in (ClaseOrgano.COMISION, ClaseOrgano.GRUPO)
    tipo = tipo or (TipoSesion.TRABAJO if es_comision else TipoSesion.ORDINARIA)
    fecha = al + UN_DIA * ANTICIPACION
    while not es_habil(fecha):
        fecha += UN_DIA
    anterior = organo.sesiones.filter(tipo=tipo).order_by("-fecha").first()
    datos: dict[str, Any] = {
        "tipo": tipo,
        "numero": Serie.proximo(organo, serie_de(organo.regla(fecha), tipo, fecha)),
        "fecha": fecha,
        "hora": anterior.hora if anterior else dt.time(10),
        "acuerdos": Acuerdo.objects.abiertos().filter(sesion__organo=organo),
    }
    if anterior:
        de_siempre = ("modalidad", "lugar", "domicilio", "publico")
        datos |= {campo: getattr(anterior, campo) for campo in de_siempre}
    return datos
