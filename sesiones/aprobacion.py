"""Aprobar el acta por cualquiera de sus tres vías, con la prueba a la vista.

- En la misma sesión, previa lectura: su punto «lectura y aprobación del acta» quedó aprobado.
- En una sesión posterior: se aprueba sola al cerrarse la sesión que aprobó su punto.
  Lo que se vota es un texto: una fe de erratas solo la aprueba una sesión que empezó ya abierta ella.
- Por correo: con la revisión cerrada, sin nada por atender, sobre el texto que se circuló y con la
  conformidad de más de la mitad de quienes revisan. Ninguna norma publicada fija ese mínimo; es el
  criterio del portal y se imprime cuántas fueron.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sesiones import revision
from sesiones.acta import edicion
from sesiones.agenda import ACTA_APROBADA, punto_que_aprueba
from sesiones.estados import Atencion, EstadoActa, EstadoSesion, RespuestaRevision, ViaAprobacion
from sesiones.models import Acta, Punto, Sesion


def punto_que_la_aprobo(acta: Acta) -> Punto | None:
    """El punto, de su sesión o de otra ya concluida, donde se aprobó el texto de esta versión."""
    punto = punto_que_aprueba(acta)
    ya = punto and (punto.sesion_id == acta.sesion_id or punto.sesion.estado == EstadoSesion.CONCLUIDA)
    return punto if ya else None


def vias_posibles(acta: Acta) -> list[str]:
    """Por dónde se puede aprobar ahora mismo: las vías que ya tienen su prueba."""
    vias = []
    punto = punto_que_la_aprobo(acta)
    if punto:
        vias.append(ViaAprobacion.MISMA if punto.sesion_id == acta.sesion_id else ViaAprobacion.POSTERIOR)
    if not lo_que_impide_por_correo(acta):
        vias.append(ViaAprobacion.CORREO)
    return [str(via.value) for via in vias]


def aprobar_en_sesion(acta: Acta, por: Any, cuando: dt.datetime) -> None:
    """La da por aprobada con el punto que la aprobó. Lanza `ValidationError` si ninguno lo hizo."""
    acta.sesion.exigir_concluida("El acta se aprueba")
    punto = punto_que_la_aprobo(acta)
    if punto is None:
        raise ValidationError("Ninguna sesión ha aprobado esta acta.")
    misma = punto.sesion_id == acta.sesion_id
    via = ViaAprobacion.MISMA if misma else ViaAprobacion.POSTERIOR
    with transaction.atomic():
        _cerrar_revision(acta, por, cuando)
        acta.aprobar(por, via=via, el=punto.sesion.fecha, en=punto, cuando=cuando)
        revision.avisar_respuestas(acta)


def aprobar_las_de(sesion: Sesion, por: Any, cuando: dt.datetime) -> list[Acta]:
    """Al cerrarse una sesión, aprueba las actas anteriores cuyo punto quedó aprobado en ella."""
    aprobadas = []
    for previa in Sesion.objects.filter(se_aprueba_en__in=sesion.puntos.filter(resultado__in=ACTA_APROBADA)):
        acta = Acta.de(previa)
        if acta.en_trabajo and acta.la_vota(sesion):
            aprobar_en_sesion(acta, por, cuando)
            aprobadas.append(acta)
    return aprobadas


def _cerrar_revision(acta: Acta, por: Any, cuando: dt.datetime) -> None:
    """Aprobarla en sesión termina la revisión que siguiera abierta."""
    ronda = acta.rondas.filter(cerrada_el__isnull=True).first()
    if ronda:
        revision.cerrar(ronda, por, cuando)
        acta.refresh_from_db(fields=["estado"])


def lo_que_impide_por_correo(acta: Acta) -> list[str]:
    """Frases de lo que falta para aprobarla por correo; vacía si ya se puede."""
    if acta.sesion.regla.aprobacion != ViaAprobacion.CORREO:
        return ["Las reglas del órgano no prevén aprobar el acta por correo."]
    ronda = acta.rondas.last()
    if ronda is None:
        return ["El acta no se ha circulado."]
    faltas = []
    if ronda.cerrada_el is None:
        faltas.append("La revisión sigue abierta.")
    if ronda.observaciones().filter(atencion=Atencion.PENDIENTE).exists():
        faltas.append("Quedan observaciones por atender.")
    if revision.parrafos_de(edicion.borrador(acta.sesion).bloques) != ronda.parrafos:
        faltas.append("El texto cambió después de circularse: circúlalo otra vez.")
    conformes, total = conformidades(acta)
    if conformes * 2 <= total:
        faltas.append(f"Solo {conformes} de {total} personas respondieron «sin observaciones».")
    return faltas


def conformidades(acta: Acta) -> tuple[int, int]:
    """Cuántas personas respondieron «sin observaciones» en la última ronda, y a cuántas se circuló."""
    ronda = acta.rondas.last()
    if ronda is None:
        return 0, 0
    return ronda.revisores.filter(respuesta=RespuestaRevision.CONFORME).count(), ronda.revisores.count()


def aprobar_por_correo(acta: Acta, por: Any, cuando: dt.datetime) -> None:
    """La da por aprobada con las conformidades recibidas. Lanza `ValidationError` con lo que falte."""
    with transaction.atomic():
        acta = Acta.objects.select_for_update(of=("self",)).select_related("sesion__organo").get(pk=acta.pk)
        acta.exigir("aprobar")
        impide = lo_que_impide_por_correo(acta)
        if impide:
            raise ValidationError(impide)
        acta.aprobar(por, via=ViaAprobacion.CORREO, el=timezone.localdate(cuando), en=None, cuando=cuando)
        revision.avisar_respuestas(acta)


def pendiente_de_aprobar(acta: Acta) -> bool:
    """Si ya se puede aprobar y nadie lo ha hecho."""
    return acta.estado != EstadoActa.CIRCULADA and acta.puede("aprobar") and bool(vias_posibles(acta))
