"""Postular sin cuenta: pedir la liga, confirmar el correo, escribir a ratos y presentar una sola vez."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from sesiones.models.series import Serie
from stl_portal.archivo.models import Archivo
from stl_portal.participacion.correos import PARA_CONFIRMAR
from stl_portal.participacion.preguntar import EN, POR_CORREO, Caducada, Muchas

from . import correos
from .conteo import sobra
from .estados import EstadoPostulacion
from .models import CABEN, Apartado, Certamen, Evidencia, Postulacion, Respuesta

CAMPOS = ("titulo", "institucion", "sector", "nombre", "telefono")


class FueraDePlazo(Exception):
    """La ventana no está abierta; lo escrito se conserva como borrador. Trae la frase, con la hora."""

    def __init__(self, frase: str) -> None:
        """Guarda la frase que leerá la persona."""
        super().__init__(frase)
        self.frase = frase


@dataclass(frozen=True)
class Prueba:
    """Una evidencia por agregar: un archivo o una liga."""

    tipo: str
    descripcion: str = ""
    archivo: Archivo | None = None
    liga: str = ""


def exigir_abierta(certamen: Certamen, cuando: dt.datetime) -> None:
    """Lanza `FueraDePlazo` con cuándo cerró o cuándo abre."""
    if not certamen.recibe(cuando):
        raise FueraDePlazo(f"{certamen.ventana.cuenta(cuando)}.")


def empezar(certamen: Certamen, correo: str, cuando: dt.datetime) -> Postulacion:
    """Manda la liga de su postulación; a quien ya tiene una sin presentar, la misma.

    Lanza `FueraDePlazo` y `Muchas`; nada se guarda entonces.
    """
    exigir_abierta(certamen, cuando)
    with transaction.atomic():
        # El candado forma a dos toques a la vez: el segundo encuentra la del primero.
        Certamen.objects.select_for_update().get(pk=certamen.pk)
        _exigir_que_no_sean_muchas(correo, cuando)
        pendientes = certamen.postulaciones.filter(correo=correo).exclude(estado=EstadoPostulacion.PRESENTADA)
        suya = pendientes.last() or Postulacion.objects.create(
            certamen=certamen, correo=correo, llave=secrets.token_urlsafe(32), iniciada_el=cuando
        )
        correos.su_liga(suya, cuando)
    return suya


def _exigir_que_no_sean_muchas(correo: str, cuando: dt.datetime) -> None:
    """Nadie llena un buzón ajeno pidiendo ligas."""
    fechas = correos.ligas_mandadas(correo, cuando - EN)[:POR_CORREO]
    if len(fechas) == POR_CORREO:
        raise Muchas(max(1, int((fechas[-1] + EN - cuando).total_seconds())))


def de_la_liga(llave: str, cuando: dt.datetime) -> Postulacion:
    """La postulación de esa liga. Lanza `Postulacion.DoesNotExist` y `Caducada` si nunca se confirmó."""
    filas = Postulacion.objects.select_related("certamen__organo")
    fila = filas.prefetch_related("certamen__organo__denominaciones").get(llave=llave)
    if fila.estado == EstadoPostulacion.INICIADA and fila.iniciada_el < cuando - PARA_CONFIRMAR:
        raise Caducada
    return fila


def confirmar(postulacion: Postulacion, cuando: dt.datetime) -> None:
    """El correo es suyo y ya puede escribir. Repetirlo no cambia nada."""
    with transaction.atomic():
        fila = Postulacion.objects.select_for_update().get(pk=postulacion.pk)
        if fila.estado == EstadoPostulacion.INICIADA:
            fila.cambiar("confirmar", None, cuando=cuando, confirmada_el=cuando)


def guardar(
    postulacion: Postulacion,
    version: int,
    datos: Mapping[str, Any],
    respuestas: Mapping[int, str],
    pruebas: Sequence[Prueba] = (),
    quitar: int = 0,
) -> None:
    """Guarda el borrador tal como va, aunque falte o sobre; también después del cierre, para no perderlo.

    Lanza `TransicionInvalida` si ya se presentó, `VersionRancia` si se guardó desde otra ventana y
    `ValidationError` si ya no caben evidencias.
    """
    with transaction.atomic():
        fila = Postulacion.objects.select_for_update().get(pk=postulacion.pk)
        fila.exigir("presentar")
        postulacion.guardar_sobre(version, **{campo: datos[campo] for campo in CAMPOS})
        _guardar_respuestas(fila, respuestas)
        fila.evidencias.filter(pk=quitar).delete()
        _agregar(fila, pruebas)


def _guardar_respuestas(postulacion: Postulacion, respuestas: Mapping[int, str]) -> None:
    Respuesta.objects.bulk_create(
        [Respuesta(postulacion=postulacion, apartado_id=pk, texto=texto) for pk, texto in respuestas.items()],
        update_conflicts=True,
        unique_fields=("postulacion", "apartado"),
        update_fields=("texto",),
    )


def _agregar(postulacion: Postulacion, pruebas: Sequence[Prueba]) -> None:
    """El mismo archivo o la misma liga, otra vez, no se repite."""
    ya = {(e.archivo_id, e.liga) for e in postulacion.evidencias.all()}
    for prueba in pruebas:
        archivo = prueba.archivo.pk if prueba.archivo else None
        if (archivo, prueba.liga) in ya:
            continue
        if len(ya) >= CABEN:
            raise ValidationError(f"Caben {CABEN} evidencias: quita alguna antes de agregar otra.")
        ya.add((archivo, prueba.liga))
        Evidencia.objects.create(
            postulacion=postulacion,
            tipo=prueba.tipo,
            descripcion=prueba.descripcion,
            archivo=prueba.archivo,
            liga=prueba.liga,
        )


def faltas(postulacion: Postulacion) -> dict[str, str]:
    """Lo que impide presentarla: de cada campo (`apartado_3` es una respuesta), su frase."""
    certamen = postulacion.certamen
    respuestas = {r.apartado_id: r.texto for r in postulacion.respuestas.all()}
    faltan = {}
    if not postulacion.titulo:
        faltan["titulo"] = "Escribe el nombre de la práctica."
    if postulacion.sector not in certamen.sectores:
        faltan["sector"] = "Elige de qué sector vienes."
    if not postulacion.nombre:
        faltan["nombre"] = "Escribe el nombre de la persona de contacto."
    for apartado in certamen.apartados.all():
        frase = _falta_de(apartado, respuestas.get(apartado.pk, ""))
        if frase:
            faltan[f"apartado_{apartado.pk}"] = frase
    if certamen.evidencias and not postulacion.evidencias.all():
        faltan["archivo"] = "Agrega al menos una evidencia: un archivo o una liga."
    return faltan


def _falta_de(apartado: Apartado, texto: str) -> str:
    return sobra(texto, apartado.tope) if texto else f"Contesta «{apartado.pregunta}»"


def presentar(postulacion: Postulacion, cuando: dt.datetime, *, avisar: bool = True) -> None:
    """La entrega con su folio y manda el acuse. Ya presentada, no hace nada: un doble envío es un folio.

    Lanza `FueraDePlazo` y `ValidationError` con lo que falta, por campo.
    """
    with transaction.atomic():
        fila = Postulacion.objects.select_for_update().get(pk=postulacion.pk)
        if not fila.presentada:
            fila.exigir("presentar")
            exigir_abierta(fila.certamen, cuando)
            faltan = faltas(fila)
            if faltan:
                raise ValidationError({campo: [frase] for campo, frase in faltan.items()})
            folio = Serie.siguiente(fila.certamen.organo, f"postulacion:{fila.certamen_id}")
            fila.cambiar("presentar", None, cuando=cuando, folio=folio, presentada_el=cuando)
            if avisar:
                correos.acuse(fila)
    postulacion.refresh_from_db()
