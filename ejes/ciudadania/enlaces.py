"""Lo que une el plan con las sesiones, en los dos sentidos; de una sesión que no ha concluido, nada.

Las páginas de los acuerdos preguntan por `stl_portal.publico.registro`: sesiones no conoce el plan.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import F
from django.urls import reverse

from ejes.models import Compromiso, Evidencia, Plan, Prorroga
from sesiones import publica
from sesiones.estados import EstadoSesion
from sesiones.models import Acuerdo, Punto
from sesiones.testar import Tachador
from stl_portal.publico.registro import Ligado

Ligados = Mapping[int, list[Ligado]]


def acuerdos_publicos(acuerdos: Any) -> list[Acuerdo]:
    """Los acuerdos de esa relación que cualquiera puede leer, sin lo testado en sus actas."""
    filas: list[Acuerdo] = publica.acuerdos_sin_datos(
        acuerdos.de_sesiones_publicas().select_related("sesion__organo")
    )
    return filas


def concedidas(prorrogas: Iterable[Prorroga]) -> list[tuple[Prorroga, tuple[str, str] | None]]:
    """Cada prórroga con el acuerdo o el punto que la concedió y su dirección, sin lo testado en sus actas.

    None si su sesión no ha concluido. Hace una consulta; las prórrogas vienen de `con_prorrogas`.
    """
    pares = [(prorroga, prorroga.acuerdo or prorroga.punto) for prorroga in prorrogas]
    tachadores = publica.tachadores(donde.sesion_id for _, donde in pares if donde)
    return [(prorroga, _concedida_en(donde, tachadores)) for prorroga, donde in pares]


def _concedida_en(
    donde: Acuerdo | Punto | None, tachadores: Mapping[int, Tachador]
) -> tuple[str, str] | None:
    if donde is None or donde.sesion.estado != EstadoSesion.CONCLUIDA:
        return None
    sin_datos = tachadores.get(donde.sesion_id, publica.SIN_NADA)
    if isinstance(donde, Acuerdo):
        return sin_datos(str(donde)), donde.get_absolute_url()
    direccion = f"{donde.sesion.get_absolute_url()}#punto-{donde.pk}"
    return sin_datos(f"{donde.sesion}, punto: {donde.titulo}"), direccion


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
