"""Calificar o abstenerse. Nadie califica lo propio ni lo de su institución, ni ve lo que otros pusieron."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch

from stl_portal.espanol import sin_acentos
from stl_portal.transiciones import TransicionInvalida

from .estados import EstadoCertamen
from .models import Certamen, Criterio, Dictamen, IntegranteDelComite, Postulacion, Puntaje


def conflicto(integrante: IntegranteDelComite, postulacion: Postulacion) -> str:
    """Por qué no puede calificarla, si a la vista está; vacío si no."""
    if postulacion.correo and postulacion.correo.lower() == integrante.usuario.email.lower():
        return "Es tu propia postulación."
    if postulacion.institucion and _igual(postulacion.institucion, integrante.institucion):
        return f"La postula la institución por la que estás en el comité: {integrante.institucion}."
    return ""


def _igual(una: str, otra: str) -> bool:
    return sin_acentos(una).casefold().split() == sin_acentos(otra).casefold().split()


def calificar(
    integrante: IntegranteDelComite, postulacion: Postulacion, puntos: Mapping[int, int], cuando: dt.datetime
) -> None:
    """Guarda sus puntos de cada criterio, y si ya había calificado los sustituye.

    Lanza `TransicionInvalida` fuera del dictamen y `ValidationError` con conflicto o puntos fuera de escala.
    """
    with transaction.atomic():
        certamen = _en_dictamen(integrante)
        motivo = conflicto(integrante, postulacion)
        if motivo:
            raise ValidationError(f"{motivo} No la puedes calificar: abstente.", code="conflicto")
        criterios = list(certamen.criterios.all())
        _revisar(criterios, puntos)
        dictamen = _poner(integrante, postulacion, cuando, abstencion=False, motivo="")
        Puntaje.objects.bulk_create(
            Puntaje(dictamen=dictamen, criterio=c, puntos=puntos[c.pk]) for c in criterios
        )


def _revisar(criterios: list[Criterio], puntos: Mapping[int, int]) -> None:
    for criterio in criterios:
        if not 0 <= puntos.get(criterio.pk, -1) <= criterio.escala:
            raise ValidationError(f"«{criterio.nombre}» se califica de 0 a {criterio.escala}.")


def abstenerse(
    integrante: IntegranteDelComite, postulacion: Postulacion, motivo: str, cuando: dt.datetime
) -> None:
    """Deja constancia de su conflicto de interés; lo que hubiera calificado se borra y no cuenta."""
    with transaction.atomic():
        _en_dictamen(integrante)
        if not motivo:
            raise ValidationError("Di cuál es el conflicto de interés.")
        _poner(integrante, postulacion, cuando, abstencion=True, motivo=motivo)


def _en_dictamen(integrante: IntegranteDelComite) -> Certamen:
    """La convocatoria, bloqueada y en dictamen."""
    certamen = Certamen.objects.select_for_update().get(pk=integrante.certamen_id)
    if certamen.estado == EstadoCertamen.PUBLICADA:
        raise TransicionInvalida("Todavía no empieza el dictamen.")
    if certamen.estado != EstadoCertamen.CERRADA:
        raise TransicionInvalida("El dictamen ya se cerró: las calificaciones no cambian.")
    return certamen


def _poner(
    integrante: IntegranteDelComite, postulacion: Postulacion, cuando: dt.datetime, **campos: Any
) -> Dictamen:
    """El dictamen, sin puntos."""
    dictamen, _ = Dictamen.objects.update_or_create(
        integrante=integrante, postulacion=postulacion, defaults={**campos, "cuando": cuando}
    )
    dictamen.puntajes.all().delete()
    return dictamen


def por_calificar(integrante: IntegranteDelComite) -> list[Postulacion]:
    """Las presentadas, con lo que ella dijo de cada una en `suyo` (vacía o de una fila); sin su contacto."""
    suyos = Dictamen.objects.filter(integrante=integrante)
    filas = Postulacion.objects.filter(certamen=integrante.certamen_id).presentadas()
    return list(filas.prefetch_related(Prefetch("dictamenes", queryset=suyos, to_attr="suyo")))
