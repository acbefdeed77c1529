"""Deshacer lo último que se anotó en una casilla, y volverlo a hacer. La historia conserva ambas cosas."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from municipios.captura.anotar import NO_TE_TOCA, anotar, permitidos
from municipios.cortes.publicar import en_un_corte, esperar_turno
from municipios.models import Anotacion

YA_PUBLICADA = "Está en un corte publicado: ya no se deshace. Anota encima lo que ahora consta."
NO_ES_LA_ULTIMA = "Después se anotó otra cosa en la casilla: solo se deshace lo último."


def deshacer(usuario: Any, anotacion: Anotacion, *, ahora: dt.datetime | None = None) -> Anotacion:
    """Anula la última anotación de su casilla y la devuelve; deshacerla dos veces no es un error.

    `etapa.organo` ya traído. Lanza `PermissionDenied` si el municipio no le toca a la cuenta y
    `ValidationError` si ya se publicó en un corte o después se anotó otra.
    """
    organo = anotacion.etapa.organo
    with transaction.atomic():
        esperar_turno(organo.pk)
        cuando = ahora or timezone.now()
        if anotacion.municipio_id not in permitidos(usuario, organo, timezone.localdate(cuando)):
            raise PermissionDenied(NO_TE_TOCA)
        validas = _validas(anotacion)
        if not validas.filter(pk=anotacion.pk).exists():
            return anotacion
        if frase := por_que_no(anotacion):
            raise ValidationError(frase, code="deshacer")
        validas.filter(pk=anotacion.pk).update(anulada_el=cuando, anulada_por=usuario)
    return anotacion


def por_que_no(anotacion: Anotacion) -> str:
    """La frase que impide deshacer una anotación válida, o vacía."""
    if _validas(anotacion).filter(pk__gt=anotacion.pk).exists():
        return NO_ES_LA_ULTIMA
    return YA_PUBLICADA if en_un_corte(anotacion) else ""


def _validas(anotacion: Anotacion) -> "QuerySet[Anotacion]":
    """Las que no se han deshecho de la misma casilla."""
    casilla = Anotacion.objects.filter(municipio=anotacion.municipio_id, etapa=anotacion.etapa_id)
    return casilla.validas()


def rehacer(
    usuario: Any, anulada: Anotacion, *, sobre: int | None, ahora: dt.datetime | None = None
) -> Anotacion:
    """Vuelve a anotar lo que se deshizo: una anotación nueva con los mismos datos. Lanza lo de `anotar`."""
    return anotar(
        usuario,
        anulada.etapa.organo,
        anulada.municipio,
        anulada.etapa,
        anulada.situacion,
        fecha=anulada.fecha,
        sobre=sobre,
        motivo=anulada.motivo,
        nota=anulada.nota,
        prueba=anulada.prueba,
        liga=anulada.liga,
        ahora=ahora,
    )
