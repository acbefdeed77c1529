"""Lo que une el plan con las sesiones, en los dos sentidos; de una sesión que no ha concluido, nada.

Las páginas de los acuerdos preguntan por `stl_portal.publico.registro`: sesiones no conoce el plan.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import F
from django.urls import reverse

from ejes.models import Compromiso, Evidencia, Plan, Prorroga
from sesiones import publica
from sesiones.estados import EstadoSesion
from sesiones.models import Acuerdo
from stl_portal.publico.registro import Ligado

Ligados = Mapping[int, list[Ligado]]


def acuerdos_publicos(acuerdos: Any) -> list[Acuerdo]:
    """Los acuerdos de esa relación que cualquiera puede leer, sin lo testado en sus actas."""
    filas: list[Acuerdo] = publica.acuerdos_sin_datos(
        acuerdos.de_sesiones_publicas().select_related("sesion__organo")
    )
    return filas


def concedida_en(prorroga: Prorroga) -> tuple[str, str] | None:
    """Qué sesión concedió la prórroga y la dirección de su acuerdo o su punto; None si no ha concluido."""
    donde = prorroga.acuerdo or prorroga.punto
    if donde is None or donde.sesion.estado != EstadoSesion.CONCLUIDA:
        return None
    if prorroga.acuerdo:
        return str(prorroga.acuerdo), prorroga.acuerdo.get_absolute_url()
    return str(donde.sesion), f"{donde.sesion.get_absolute_url()}#punto-{donde.pk}"


def de_acuerdos(cuales: Collection[int]) -> Ligados:
    """Lo que nació de esos acuerdos: planes, compromisos, prórrogas y evidencias publicadas."""
    ligados = defaultdict(list)
    for fuente in (_planes, _compromisos, _de_acuerdo_prorrogas, _evidencias):
        for acuerdo, ligado in fuente(cuales):
            ligados[acuerdo].append(ligado)
    return ligados


def de_puntos(cuales: Collection[int]) -> Ligados:
    """Las prórrogas que se concedieron al tratar esos puntos."""
    ligados = defaultdict(list)
    for prorroga in _prorrogas().filter(punto__in=cuales):
        ligados[prorroga.punto_id].append(_prorroga(prorroga))
    return ligados


def _planes(cuales: Collection[int]) -> Iterator[tuple[int, Ligado]]:
    filas: Any = Plan.objects.publicados().filter(aprobado_en__in=cuales)
    for plan in filas:
        yield plan.aprobado_en_id, Ligado(f"Aprueba el {plan.nombre}", plan.get_absolute_url())


def _compromisos(cuales: Collection[int]) -> Iterator[tuple[int, Ligado]]:
    filas = Compromiso.objects.filter(acuerdos__in=cuales, eje__plan__estado="publicado")
    for fila in filas.select_related("eje__plan").annotate(de=F("acuerdos")):
        yield fila.de, Ligado(f"Compromiso {fila} ({fila.eje.plan.nombre})", fila.get_absolute_url())


def _evidencias(cuales: Collection[int]) -> Iterator[tuple[int, Ligado]]:
    filas: Any = Evidencia.objects.publicadas().filter(acuerdos__in=cuales).annotate(de=F("acuerdos"))
    for fila in filas.select_related("plan", "asiento__institucion"):
        texto = f"Evidencia {fila.pk}, de {fila.asiento.institucion}"
        yield fila.de, Ligado(texto, fila.get_absolute_url())


def _de_acuerdo_prorrogas(cuales: Collection[int]) -> Iterator[tuple[int, Ligado]]:
    for prorroga in _prorrogas().filter(acuerdo__in=cuales):
        yield prorroga.acuerdo_id, _prorroga(prorroga)


def _prorrogas() -> Any:
    return Prorroga.objects.filter(bimestre__plan__estado="publicado").select_related("bimestre__plan")


def _prorroga(prorroga: Prorroga) -> Ligado:
    bimestre = prorroga.bimestre
    direccion = reverse("ejes:bimestre", args=(bimestre.plan.clave, bimestre.numero))
    return Ligado(f"Prórroga para entregar los reportes de {bimestre.nombre}", direccion)
