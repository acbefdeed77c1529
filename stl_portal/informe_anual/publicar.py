"""Publicar un informe: se fija como datos, se imprime una sola vez y queda en el registro público."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from stl_portal.sello import bitacora
from stl_portal.sello.bitacora import instante
from stl_portal.sello.canonico import canonico, huella
from stl_portal.sello.constancia import contra_su_eslabon, sin_fila
from stl_portal.sello.lectura import leidas
from stl_portal.sello.registro import Falla

from . import impreso
from .armar import Armado, armar
from .documento import documento_de
from .models import InformeAnual, InformePublicado

TIPO = "informe-anual-publicado"
CLASE = "informe-anual"


def publicar(informe: InformeAnual, por: Any, cuando: dt.datetime) -> InformePublicado:
    """Lo congela con lo que consta en ese momento.

    Lanza `ValidationError` con lo que lo impida y `TransicionInvalida` si ya se publicó.
    """
    with transaction.atomic():
        filas = InformeAnual.objects.select_for_update(of=("self",)).select_related("corrige__publicacion")
        informe = filas.get(pk=informe.pk)
        informe.exigir("publicar")
        armado = armar(informe)
        if impide := list(lo_que_impide(armado, timezone.localdate(cuando))):
            raise ValidationError(impide)
        documento = canonico(documento_de(armado))
        hoja = impreso.imprimir(documento, cuando)
        fila = InformePublicado(
            informe=informe,
            documento=documento,
            huella=huella(documento),
            pdf=almacen.guardar_propio(hoja, impreso.nombre(informe.clave), por),
            publicado_el=cuando,
            publicado_por=por,
        )
        fila.eslabon = bitacora.anotar(TIPO, lo_que_consta(fila), objeto=objeto_de(fila)).n
        fila.save(force_insert=True)
        informe.cambiar("publicar", por, cuando=cuando)
    return fila


def lo_que_impide(armado: Armado, hoy: dt.date) -> Iterator[str]:
    """Por qué todavía no se puede publicar."""
    if armado.periodo.hasta >= hoy:
        yield "El periodo todavía no termina: publícalo cuando pase su último día."
    if not armado.partes:
        yield "Elige al menos un apartado."


def sin_introduccion(armado: Armado) -> list[str]:
    """Los títulos de los apartados que van sin nada escrito; no impide publicar."""
    return [parte.titulo for parte in armado.partes if not parte.introduccion]


def puede_abrir(_: Any, archivo: Archivo) -> bool:
    """El PDF de un informe publicado lo abre cualquiera."""
    return InformePublicado.objects.filter(pdf=archivo).exists()


def objeto_de(fila: InformePublicado) -> str:
    """Cómo se nombra en el registro público."""
    return f"{CLASE}:{fila.informe.clave}"


def lo_que_consta(fila: InformePublicado) -> dict[str, Any]:
    """Lo que de él dice el registro público."""
    return {
        "huella": fila.huella,
        "pdf": fila.pdf.huella,
        "cuando": instante(fila.publicado_el),
        "cuenta": fila.publicado_por_id,
    }


def fallas() -> Iterator[Falla]:
    """Los informes publicados que ya no dicen lo que consta en el registro, y los que desaparecieron."""
    for leida in leidas(InformePublicado.objects.select_related("informe", "pdf")):
        hallado = [*leida.fallas(), *(_de_la_fila(leida.fila) if leida.fila else ())]
        yield from (Falla(f"informe anual publicado {leida.pk}", que) for que in hallado)
    yield from sin_fila(InformePublicado, TIPO)


def _de_la_fila(fila: InformePublicado) -> Iterator[str]:
    if hashlib.sha256(bytes(fila.documento)).hexdigest() != fila.huella:
        yield "el documento no da su huella (documento, huella)"
    yield from contra_su_eslabon(fila.eslabon, TIPO, objeto_de(fila), [lo_que_consta(fila)])
