"""Lo que se hace con un corte antes de publicarlo: abrirlo, decir qué se publica de cada etapa, corregir."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, TextChoices

from municipios.cortes.publicar import esperar_turno
from municipios.documento import EtapaLeida, leer
from municipios.models import CorteMunicipal, Etapa, EtapaSoloTotal, Total
from sesiones.models import Organo
from stl_portal.versiones import VersionRancia

CORREGIDO = re.compile(r" \(corrección( \d+)?\)$")


class Como(TextChoices):
    """Qué se publica de una etapa en un corte."""

    DESGLOSE = "desglose", "Lo anotado de cada municipio"
    TOTAL = "total", "Solo el total"
    FUERA = "fuera", "No se menciona"


@dataclass(frozen=True)
class DeEtapa:
    """Qué se publica de una etapa; con `TOTAL`, cuántos municipios por situación (las que se dijeron)."""

    como: str = Como.DESGLOSE
    totales: Mapping[int, int] = field(default_factory=dict)


def numero_siguiente(organo: Organo) -> int:
    """El que le toca al próximo corte del seguimiento."""
    ultimo: int | None = organo.cortes_municipales.aggregate(n=Max("numero"))["n"]
    return (ultimo or 0) + 1


@transaction.atomic
def abrir(organo: Organo, **datos: Any) -> CorteMunicipal:
    """Un corte nuevo, con el desglose de todas las etapas. Lanza `ValidationError`."""
    esperar_turno(organo.pk)  # dos a la vez: cada uno con su número
    corte = CorteMunicipal(organo=organo, numero=numero_siguiente(organo), **datos)
    corte.full_clean()
    corte.save()
    return corte


def lo_dicho(corte: CorteMunicipal) -> dict[int, DeEtapa]:
    """Lo que se eligió de cada etapa, por su número; la que no está va con su desglose."""
    dicho = {pk: DeEtapa(Como.FUERA) for pk in corte.fuera.values_list("pk", flat=True)}
    totales: dict[int, dict[int, int]] = {pk: {} for pk in corte.solo_totales.values_list("etapa", flat=True)}
    for etapa, situacion, cantidad in corte.totales.values_list(
        "situacion__etapa", "situacion", "cantidad"
    ).order_by("situacion"):
        totales.setdefault(etapa, {})[situacion] = cantidad
    return dicho | {pk: DeEtapa(Como.TOTAL, suyos) for pk, suyos in totales.items()}


@transaction.atomic
def guardar_etapas(corte: CorteMunicipal, version: int, nuevo: Mapping[int, DeEtapa], por: Any) -> None:
    """Deja dicho qué se publica de cada etapa de `nuevo`; las demás se quedan como estaban.

    Lanza `TransicionInvalida` si ya se publicó y `VersionRancia` si alguien guardó otra cosa antes.
    """
    esperar_turno(corte.organo_id)
    actual = CorteMunicipal.objects.select_for_update(no_key=True).get(pk=corte.pk)
    actual.exigir("publicar")
    guardado = lo_dicho(actual)
    if all(guardado.get(pk, DeEtapa()) == de_etapa for pk, de_etapa in nuevo.items()):
        return
    if actual.version != version:
        raise VersionRancia(actual)
    _escribir(actual, nuevo)
    actual.guardar_sobre(version, por=por)


def _escribir(corte: CorteMunicipal, nuevo: Mapping[int, DeEtapa]) -> None:
    corte.totales.filter(situacion__etapa__in=nuevo).delete()
    corte.solo_totales.filter(etapa__in=nuevo).delete()
    corte.fuera.remove(*nuevo)
    corte.fuera.add(*(pk for pk, d in nuevo.items() if d.como == Como.FUERA))
    con_total = {pk: d for pk, d in nuevo.items() if d.como == Como.TOTAL}
    EtapaSoloTotal.objects.bulk_create(EtapaSoloTotal(corte=corte, etapa_id=pk) for pk in con_total)
    Total.objects.bulk_create(
        Total(corte=corte, situacion_id=situacion, cantidad=cantidad)
        for d in con_total.values()
        for situacion, cantidad in d.totales.items()
    )


@transaction.atomic
def corregir(publicado: CorteMunicipal, motivo: str) -> CorteMunicipal:
    """Un corte nuevo, igual al publicado, que al publicarse lo sustituye; el anterior se sigue leyendo.

    Dice las mismas etapas que el sellado, con sus totales; las demás quedan fuera. El desglose se toma otra
    vez de lo anotado. Lanza `ValidationError` si no está publicado o si ya hay una corrección suya.
    """
    esperar_turno(publicado.organo_id)
    publicado = CorteMunicipal.objects.select_related("organo").get(pk=publicado.pk)
    if publicado.puede("publicar"):
        raise ValidationError("Todavía no se publica: cámbialo directamente.", code="estado")
    if CorteMunicipal.objects.filter(corrige=publicado).exists():
        raise ValidationError("Ya hay una corrección de este corte.", code="estado")
    nuevo = CorteMunicipal.objects.create(
        organo=publicado.organo,
        numero=numero_siguiente(publicado.organo),
        nombre=_nombre_corregido(publicado.nombre),
        corrige=publicado,
        que_corrige=motivo,
        **{campo: getattr(publicado, campo) for campo in ("fecha", "punto_id", "fuente", "nota")},
    )
    _escribir(nuevo, lo_sellado(publicado))
    return nuevo


def lo_sellado(publicado: CorteMunicipal) -> dict[int, DeEtapa]:
    """Lo que el documento sellado dice de cada etapa que hoy tiene el órgano; de las demás no decía nada."""
    selladas = {e.clave: e for e in leer(bytes(publicado.publicacion.documento)).etapas}
    etapas = Etapa.objects.filter(organo=publicado.organo_id).prefetch_related("situaciones")
    return {etapa.pk: _de_sellada(etapa, selladas.get(etapa.clave)) for etapa in etapas}


def _de_sellada(etapa: Etapa, sellada: EtapaLeida | None) -> DeEtapa:
    if sellada is None:
        return DeEtapa(Como.FUERA)
    if not sellada.solo_total:
        return DeEtapa()
    cifras = {s.clave: s.municipios for s in sellada.situaciones if s.municipios}
    return DeEtapa(Como.TOTAL, {s.pk: cifras[s.clave] for s in etapa.situaciones.all() if s.clave in cifras})


def _nombre_corregido(nombre: str) -> str:
    """«Corte de julio (corrección)», «(corrección 2)»; sin pasar de lo que cabe."""
    marca = CORREGIDO.search(nombre)
    cual = "" if marca is None else f" {int(marca[1] or 1) + 1}"
    sufijo = f" (corrección{cual})"
    return f"{CORREGIDO.sub('', nombre)[: 200 - len(sufijo)]}{sufijo}"


@transaction.atomic
def quitar(corte: CorteMunicipal) -> None:
    """Borra un corte que no se publicó. Lanza `TransicionInvalida` si ya se publicó."""
    esperar_turno(corte.organo_id)
    CorteMunicipal.objects.select_for_update().get(pk=corte.pk).exigir("publicar")
    corte.delete()
