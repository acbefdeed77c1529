"""Publicar un corte: se fija como datos, se imprime una sola vez y queda en el registro público."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from ejes.ciudadania import seguidores
from ejes.cortes import impreso
from ejes.cortes.comparar import Comparacion, comparar
from ejes.cortes.corte import anterior, tomar
from ejes.cortes.cuadro import Cuadro, Renglon
from ejes.cortes.documento import cuadro_de, documento_de
from ejes.estados import EstadoPlan
from ejes.models import Corte, CortePublicado
from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from stl_portal.espanol import enumerar
from stl_portal.sello import bitacora
from stl_portal.sello.bitacora import instante
from stl_portal.sello.canonico import canonico, huella
from stl_portal.sello.constancia import contra_su_eslabon, sin_fila
from stl_portal.sello.lectura import leidas
from stl_portal.sello.registro import Falla

TIPO = "corte-publicado"
CUADROS = 32  # los que se guardan ya leídos: más que los cortes de cualquier plan
DE_UN_CORTE = ("plan__organo", "presentado_en__organo", "corrige__publicacion")  # lo que lee `tomar`


def publicar(corte: Corte, por: Any, cuando: dt.datetime) -> CortePublicado:
    """Congela el corte. Lanza `ValidationError` con lo que lo impida y `TransicionInvalida`."""
    with transaction.atomic():
        filas = Corte.objects.select_for_update(of=("self",)).select_related(*DE_UN_CORTE)
        corte = filas.get(pk=corte.pk)
        corte.exigir("publicar")
        cuadro = tomar(corte)
        impide = [*lo_que_impide(corte), *(p.frase for p in pendientes(cuadro) if p.impide)]
        if impide:
            raise ValidationError(impide)
        documento = canonico(documento_de(cuadro))
        contra = comparaciones(corte, cuadro)
        hoja = impreso.informe(cuadro, documento, cuando, contra=contra)
        pdf = almacen.guardar_propio(hoja, impreso.nombre(cuadro), por)
        fila = CortePublicado(
            corte=corte,
            documento=documento,
            huella=huella(documento),
            pdf=pdf,
            publicado_el=cuando,
            publicado_por=por,
        )
        fila.eslabon = bitacora.anotar(TIPO, lo_que_consta(fila), objeto=objeto_de(fila)).n
        fila.save(force_insert=True)
        corte.cambiar("publicar", por, cuando=cuando)
        seguidores.avisar_informe(fila, contra)
    return fila


def lo_que_impide(corte: Corte) -> Iterator[str]:
    """Lo que no está en sus cifras y no deja publicarlo; `plan` ya traído."""
    if corte.plan.estado != EstadoPlan.PUBLICADO:
        yield "El plan todavía no es público: publícalo antes que sus cortes."


@dataclass(frozen=True)
class Pendiente:
    """Algo por resolver antes de publicar, y en qué renglón; `impide` = sin eso no se publica."""

    codigo: str
    frase: str
    impide: bool = True


def pendientes(cuadro: Cuadro) -> Iterator[Pendiente]:
    """Lo que hay que resolver antes de publicarlo y lo que conviene."""
    if not cuadro.acciones:
        yield Pendiente("", "El plan no tiene acciones: no hay avance que publicar.")
    for r in cuadro.discrepancias:
        if not r.explicacion:
            yield Pendiente(r.codigo, f"{r}: lo declarado no es lo que resulta de la fórmula; di por qué.")
    yield from _juntas("Nadie declaró nada de", cuadro.sin_nada)
    yield from _juntas("Llevan asterisco y no tienen nota:", cuadro.sin_su_nota)
    if not cuadro.corte.get("presentado_como"):
        yield Pendiente("datos", "Falta decir en qué sesión se presenta.", impide=False)


def _juntas(que: str, renglones: Sequence[Renglon]) -> Iterator[Pendiente]:
    """Una sola línea para todos; lleva al primero."""
    if renglones:
        codigos = enumerar([r.codigo for r in renglones])
        yield Pendiente(renglones[0].codigo, f"{que} {codigos}.", impide=False)


def comparaciones(corte: Corte, cuadro: Cuadro) -> list[Comparacion]:
    """Contra el corte anterior y, si corrige otro, contra ese; los que haya."""
    previos = (corte.corrige, anterior(corte))
    return [comparar(leido(previo.publicacion), cuadro) for previo in previos if previo]


def puede_abrir(_: Any, archivo: Archivo) -> bool:
    """El PDF de un corte publicado lo abre cualquiera, mientras su plan sea público."""
    return CortePublicado.objects.filter(pdf=archivo, corte__plan__estado=EstadoPlan.PUBLICADO).exists()


def leido(publicado: CortePublicado) -> Cuadro:
    """El cuadro que se publicó."""
    return _cuadro(bytes(publicado.documento))


@lru_cache(maxsize=CUADROS)
def _cuadro(documento: bytes) -> Cuadro:
    """Cada página del plan lee todos sus cortes, y unos mismos bytes siempre dicen lo mismo."""
    return cuadro_de(json.loads(documento))


def objeto_de(fila: CortePublicado) -> str:
    """De qué habla su eslabón: «corte:2022-2024/1»."""
    return f"corte:{fila.corte.plan.clave}/{fila.corte.numero}"


def lo_que_consta(fila: CortePublicado) -> dict[str, Any]:
    """Lo que se anota de él."""
    return {
        "huella": fila.huella,
        "pdf": fila.pdf.huella,
        "cuando": instante(fila.publicado_el),
        "cuenta": fila.publicado_por_id,
    }


def fallas() -> Iterator[Falla]:
    """Los cortes publicados que ya no dicen lo que consta en el registro, y los que desaparecieron."""
    filas = CortePublicado.objects.select_related("corte__plan", "pdf")
    for leida in leidas(filas):
        hallado = [*leida.fallas(), *(_de_la_fila(leida.fila) if leida.fila else ())]
        yield from (Falla(f"corte publicado {leida.pk}", que) for que in hallado)
    yield from sin_fila(CortePublicado, TIPO)


def _de_la_fila(fila: CortePublicado) -> Iterator[str]:
    if hashlib.sha256(bytes(fila.documento)).hexdigest() != fila.huella:
        yield "el documento no da su huella (documento, huella)"
    yield from contra_su_eslabon(fila.eslabon, TIPO, objeto_de(fila), [lo_que_consta(fila)])
