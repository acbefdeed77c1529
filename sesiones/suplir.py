"""Registrar una suplencia con su oficio en el momento en que llega."""

from typing import Any

from django.db import transaction

from sesiones.estados import TipoSuplencia
from sesiones.models import Asiento, Oficio, Persona, Sesion, Suplencia


def registrar(sesion: Sesion, asiento: Asiento, datos: dict[str, Any]) -> Suplencia:
    """Guarda el oficio, la persona (si es nueva) y la suplencia, todo o nada.

    Lanza `ValidationError` si el folio ya existe o las fechas se enciman con otra suplencia.
    """
    with transaction.atomic():
        persona = datos["persona"] or Persona.objects.create(
            nombre=datos["nombre_persona"], tratamiento=datos["tratamiento"]
        )
        oficio = Oficio(
            organo=sesion.organo,
            folio=datos["folio"],
            fecha=datos["fecha_oficio"],
            asunto=f"Designación de suplencia de {asiento.institucion.nombre}",
            remitente=datos["remitente"],
            archivo=datos["archivo"],
        )
        oficio.full_clean()
        oficio.save()
        por_sesion = datos["tipo"] == TipoSuplencia.POR_SESION
        suplencia = Suplencia(
            asiento=asiento,
            persona=persona,
            cargo=datos["cargo"],
            tratamiento=datos["tratamiento"],
            oficio=oficio,
            tipo=datos["tipo"],
            sesion=sesion if por_sesion else None,
            vigente_desde=datos["desde"] or datos["fecha_oficio"],
            vigente_hasta=datos["hasta"],
        )
        suplencia.full_clean()
        suplencia.save()
    return suplencia
