"""Deshacer lo último de una casilla, y volverlo a hacer; o deshacer una importación completa.

La historia conserva ambas cosas.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from municipios.captura.anotar import NO_TE_TOCA, anotar, permitidos
from municipios.cortes.publicar import en_un_corte, esperar_turno, publicadas
from municipios.models import Anotacion
from sesiones.models import Organo

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


@dataclass(frozen=True)
class Deshecho:
    """Cuántas anotaciones de una importación se deshicieron, y las que ya no se pueden deshacer."""

    cuantas: int
    publicadas: Sequence[Anotacion]
    tapadas: Sequence[Anotacion]


def de_la_importacion(usuario: Any, organo: Organo, pk: int) -> "QuerySet[Anotacion]":
    """Lo que la cuenta anotó de una vez junto con esa anotación y sigue en pie; nada si la hizo otra."""
    esa = Anotacion.objects.filter(pk=pk, etapa__organo=organo, por=usuario)
    de_una_vez = Anotacion.objects.validas().filter(etapa__organo=organo, por=usuario)
    return de_una_vez.filter(cuando__in=esa.values("cuando"))


def deshacer_importacion(
    usuario: Any, organo: Organo, pk: int, *, ahora: dt.datetime | None = None
) -> Deshecho:
    """Anula en una transacción lo que se importó junto con esa anotación y todavía se puede deshacer.

    Se queda lo que ya dice un corte publicado y lo que tiene otra anotación encima; las consultas no crecen
    con los cambios. Lanza `PermissionDenied` si algún municipio ya no le toca a la cuenta.
    """
    with transaction.atomic():
        esperar_turno(organo.pk)
        cuando = ahora or timezone.now()
        filas = _con_lo_de_encima(de_la_importacion(usuario, organo, pk))
        suyos = permitidos(usuario, organo, timezone.localdate(cuando))
        if not suyos.issuperset(fila.municipio_id for fila, _ in filas):
            raise PermissionDenied(NO_TE_TOCA)
        dichas = publicadas(Anotacion.objects.filter(pk__in=[fila.pk for fila, _ in filas]))
        en_cortes = frozenset(dichas.values_list("pk", flat=True))
        libres = [fila.pk for fila, tapada in filas if not tapada and fila.pk not in en_cortes]
        Anotacion.objects.filter(pk__in=libres).update(anulada_el=cuando, anulada_por=usuario)
    return Deshecho(
        len(libres),
        [fila for fila, _ in filas if fila.pk in en_cortes],
        [fila for fila, tapada in filas if tapada and fila.pk not in en_cortes],
    )


def _con_lo_de_encima(filas: "QuerySet[Anotacion]") -> list[tuple[Anotacion, bool]]:
    """Cada una y si después se anotó otra en su casilla; con su municipio y su etapa."""
    encima = Anotacion.objects.validas().filter(
        municipio=OuterRef("municipio"), etapa=OuterRef("etapa"), pk__gt=OuterRef("pk")
    )
    tapadas = frozenset(filas.filter(Exists(encima)).values_list("pk", flat=True))
    de_cada = filas.select_related("municipio", "etapa").order_by("municipio", "etapa__orden")
    return [(fila, fila.pk in tapadas) for fila in de_cada]


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
