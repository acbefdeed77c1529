"""Cuánto se guarda de quien postuló: lo llama cada día `manage.py atender_plazos`.

Sin confirmar, todo se borra a los tres días; los borradores sin presentar, `DE_BORRADORES` después del
cierre; el contacto de lo presentado y las copias de lo que se mandó, `DE_CONTACTO` después de los resultados.
"""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from stl_portal.avisos.models import Aviso, EstadoAviso
from stl_portal.participacion.correos import PARA_CONFIRMAR

from .correos import DE_QUIEN_POSTULA
from .estados import Acto, EstadoPostulacion
from .models import ActoPublico, Postulacion

DE_BORRADORES = dt.timedelta(days=30)
DE_CONTACTO = dt.timedelta(days=180)


def limpiar(cuando: dt.datetime) -> int:
    """Borra lo que ya no debe guardarse. Devuelve de cuántas postulaciones se borró el contacto o todo."""
    with transaction.atomic():
        sin_confirmar = Postulacion.objects.filter(
            estado=EstadoPostulacion.INICIADA, iniciada_el__lt=cuando - PARA_CONFIRMAR
        )
        vencidos = Postulacion.objects.exclude(estado=EstadoPostulacion.PRESENTADA).filter(
            certamen__cierra_el__lt=cuando - DE_BORRADORES
        )
        cuantas = sum(map(_borrar, (sin_confirmar, vencidos)))
        return cuantas + _olvidar(cuando - DE_CONTACTO)


def _borrar(filas: "QuerySet[Postulacion]") -> int:
    claves = list(filas.values_list("pk", flat=True))
    _borrar_avisos(claves)
    Postulacion.objects.filter(pk__in=claves).delete()
    return len(claves)


def _olvidar(hasta: dt.datetime) -> int:
    """Lo presentado en convocatorias que terminaron antes: queda la postulación, sin contacto."""
    terminadas = ActoPublico.objects.exclude(acto=Acto.PUBLICADA).filter(cuando__lt=hasta)
    filas = Postulacion.objects.filter(certamen__in=terminadas.values("certamen")).exclude(correo="")
    _borrar_avisos(list(filas.values_list("pk", flat=True)))
    return filas.update(correo="", nombre="", telefono="")


def _borrar_avisos(claves: list[int]) -> None:
    """Las copias de lo que se les mandó; lo que está por salir, no."""
    salidos = Aviso.objects.exclude(estado=EstadoAviso.PENDIENTE)
    for clave in claves:
        salidos.filter(motivo__startswith=f"{DE_QUIEN_POSTULA}{clave}:").delete()
