"""Preparar una convocatoria y publicarla; desde ahí ni su plazo ni sus bases cambian."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from sesiones.models import Organo
from stl_portal.transiciones import TransicionInvalida

from . import constancia, correos, propuesta
from .estados import Acto, EstadoCertamen
from .models import Apartado, Certamen, Criterio, IntegranteDelComite

CIEN = 100


@dataclass(frozen=True)
class Falta:
    """Algo que falta para publicarla."""

    texto: str
    hecha: bool
    detalle: str = ""


def crear(organo: Organo, titulo: str) -> Certamen:
    """Una en preparación, con las preguntas y los criterios que se proponen."""
    with transaction.atomic():
        certamen = Certamen.objects.create(organo=organo, titulo=titulo, clave=_clave(organo, titulo))
        _poner(
            certamen,
            [{"pregunta": p, "ayuda": a, "tope": t} for p, a, t in propuesta.PREGUNTAS],
            [
                {"nombre": n, "que_se_mira": q, "peso": propuesta.PESO, "escala": propuesta.ESCALA}
                for n, q in propuesta.CRITERIOS
            ],
        )
    return certamen


def _clave(organo: Organo, titulo: str) -> str:
    """La que va en su dirección: del título, y con número si ya la hay."""
    base = slugify(titulo)[:50].strip("-") or "convocatoria"
    usadas = {"nueva"} | set(
        Certamen.objects.filter(organo=organo, clave__startswith=base).values_list("clave", flat=True)
    )
    otras = (f"{base}-{n}" for n in range(2, len(usadas) + 3))
    return next(clave for clave in (base, *otras) if clave not in usadas)


def guardar(
    certamen: Certamen,
    version: int,
    por: Any,
    datos: Mapping[str, Any],
    apartados: Sequence[Mapping[str, Any]],
    criterios: Sequence[Mapping[str, Any]],
) -> None:
    """Guarda todo sobre la versión que se leyó.

    Lanza `TransicionInvalida` si ya se publicó, `VersionRancia` si alguien guardó antes y `ValidationError`.
    """
    with transaction.atomic():
        bloqueado = Certamen.objects.select_for_update().get(pk=certamen.pk)
        exigir_borrador(bloqueado)
        Certamen(organo=certamen.organo, clave=certamen.clave, **datos).clean_fields()
        certamen.guardar_sobre(version, por=por, **datos)
        _poner(certamen, apartados, criterios)


def exigir_borrador(certamen: Certamen) -> None:
    """Lanza `TransicionInvalida` si ya se publicó: no hay prórroga."""
    if certamen.estado != EstadoCertamen.BORRADOR:
        raise TransicionInvalida("Ya se publicó: ni su plazo ni sus bases cambian, y no hay prórroga.")


def _poner(
    certamen: Certamen, apartados: Sequence[Mapping[str, Any]], criterios: Sequence[Mapping[str, Any]]
) -> None:
    """Sustituye preguntas y criterios: en borrador nadie los ha contestado."""
    certamen.apartados.all().delete()
    certamen.criterios.all().delete()
    Apartado.objects.bulk_create(
        Apartado(certamen=certamen, orden=n, **fila) for n, fila in enumerate(apartados, start=1)
    )
    Criterio.objects.bulk_create(
        Criterio(certamen=certamen, orden=n, **fila) for n, fila in enumerate(criterios, start=1)
    )


def faltas(certamen: Certamen, ahora: dt.datetime) -> list[Falta]:
    """Qué se necesita para publicarla y si ya está."""
    pesos = sum(criterio.peso for criterio in certamen.criterios.all())
    return [
        Falta("Bases: el texto o el documento", bool(certamen.bases or certamen.documento_id)),
        Falta("Cuándo abre y cuándo cierra", certamen.cierra_el is not None and certamen.abre_el is not None),
        Falta("Que cierre después de hoy", certamen.cierra_el is not None and certamen.cierra_el > ahora),
        Falta("Al menos una pregunta", bool(certamen.apartados.all())),
        Falta("Criterios cuyo peso sume 100", pesos == CIEN, f"Suman {pesos}."),
        Falta("Al menos un sector admitido", bool(certamen.sectores_admitidos)),
    ]


def publicar(certamen: Certamen, por: Any, ahora: dt.datetime) -> None:
    """Cualquiera la lee, consta en el registro público y su ventana queda fija.

    Lanza `TransicionInvalida` y `ValidationError` con lo que falta.
    """
    with transaction.atomic():
        fila = Certamen.objects.select_for_update().get(pk=certamen.pk)
        fila.exigir("publicar")
        pendientes = [f.texto for f in faltas(fila, ahora) if not f.hecha]
        if pendientes:
            raise ValidationError([f"Falta: {texto[:1].lower()}{texto[1:]}." for texto in pendientes])
        fila.cambiar("publicar", por, cuando=ahora, publicada_el=ahora)
        constancia.anotar(fila, Acto.PUBLICADA, por, ahora)
    certamen.refresh_from_db()


def cerrar(certamen: Certamen, por: Any, ahora: dt.datetime, *, avisar: bool = True) -> None:
    """Pasa al comité y se le avisa; solo cuando su ventana ya terminó. Lanza `TransicionInvalida`."""
    certamen.exigir("cerrar")
    if ahora < certamen.ventana.cierra:
        raise TransicionInvalida(f"Todavía recibe postulaciones: {certamen.ventana.cuenta(ahora).lower()}.")
    with transaction.atomic():
        certamen.cambiar("cerrar", por, cuando=ahora)
        if avisar:
            correos.a_calificar(certamen)


def cerrar_vencidos(ahora: dt.datetime) -> int:
    """Las que ya terminaron pasan al comité; devuelve cuántas. Repetirlo no cambia nada."""
    filas = list(Certamen.objects.por_cerrar(ahora))
    for certamen in filas:
        cerrar(certamen, None, ahora)
    return len(filas)


def sumar_al_comite(certamen: Certamen, institucion: str, usuario: Any) -> IntegranteDelComite:
    """Alguien más califica; antes la cuenta, si es nueva. Lanza `TransicionInvalida` y `ValidationError`."""
    with transaction.atomic():
        exigir_comite_abierto(Certamen.objects.select_for_update().get(pk=certamen.pk))
        if usuario._state.adding:
            usuario = type(usuario).objects.create_user(usuario.email, nombre=usuario.nombre)
        nuevo = IntegranteDelComite(certamen=certamen, institucion=institucion, usuario=usuario)
        nuevo.full_clean()
        nuevo.save()
        correos.al_comite(nuevo)
    return nuevo


def quitar_del_comite(integrante: IntegranteDelComite) -> None:
    """Deja el comité, si todavía no ha dictaminado nada. Lanza `TransicionInvalida`."""
    with transaction.atomic():
        exigir_comite_abierto(Certamen.objects.select_for_update().get(pk=integrante.certamen_id))
        if integrante.dictamenes.exists():
            raise TransicionInvalida("Ya calificó o se abstuvo en alguna: sigue en el comité.")
        integrante.delete()


def exigir_comite_abierto(certamen: Certamen) -> None:
    """Lanza `TransicionInvalida` si el dictamen ya se cerró."""
    if certamen.estado not in (EstadoCertamen.BORRADOR, EstadoCertamen.PUBLICADA, EstadoCertamen.CERRADA):
        raise TransicionInvalida("El dictamen ya se cerró: el comité no cambia.")
