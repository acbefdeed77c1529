"""Quién abre la prueba de lo anotado: quien lee el avance y, ya en un corte publicado, cualquiera."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from municipios import permisos
from municipios.documento import leer
from municipios.models import Anotacion, CorteMunicipal, CorteMunicipalPublicado
from sesiones.permisos import puede_leer_mesa
from stl_portal.archivo.models import Archivo
from stl_portal.archivo.procedencia import Lugar


def puede_abrir(usuario: Any, archivo: Archivo) -> bool:
    """Si la cuenta lee la casilla que lo lleva, o si un corte vigente ya lo publicó."""
    return lee_por_dentro(usuario, archivo) or es_publica(archivo)


def lee_por_dentro(usuario: Any, archivo: Archivo) -> bool:
    """Si la cuenta lee alguna casilla que lo lleva; el enlace de otro municipio, no."""
    return any(_casillas_que_lee(usuario, archivo))


def _casillas_que_lee(usuario: Any, archivo: Archivo) -> Iterator[Anotacion]:
    if not usuario.is_authenticated:
        return
    hoy = timezone.localdate()
    filas = Anotacion.objects.filter(prueba=archivo).select_related("etapa__organo", "municipio")
    for fila in filas.order_by("-pk"):
        organo = fila.etapa.organo
        propios = permisos.municipios_que_informa(usuario, organo, hoy)
        if propios.filter(pk=fila.municipio_id).exists() or puede_leer_mesa(usuario, organo, hoy):
            yield fila


def es_publica(archivo: Archivo) -> bool:
    """Si algún corte municipal vigente lo dice en una de sus casillas."""
    candidatos = CorteMunicipal.objects.vigentes().filter(
        organo__etapas_municipales__anotaciones__prueba=archivo
    )
    cortes = CorteMunicipalPublicado.objects.filter(corte__in=candidatos)
    documentos = cortes.values_list("documento", flat=True)
    return any(_la_dice(bytes(documento), archivo.huella) for documento in documentos)


def _la_dice(documento: bytes, huella: str) -> bool:
    return any(casilla["prueba"] == huella for casilla in leer(documento).casillas.values())


def de_donde(usuario: Any, archivo: Archivo) -> Iterator[Lugar]:
    """La casilla desde donde la abrió quien la lee por dentro."""
    for fila in _casillas_que_lee(usuario, archivo):
        args = (fila.etapa.organo.clave, fila.municipio_id, fila.etapa.clave)
        yield Lugar(f"{fila.municipio}: {fila.etapa}", reverse("gestion_municipios:casilla", args=args))
