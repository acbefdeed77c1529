"""Lo que el plan aporta al informe anual: su avance al último corte y los compromisos de cada ODS.

Las cifras salen del corte publicado; las alineaciones, del plan publicado, como hoy se leen.
"""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from ejes.avance import legible
from ejes.cortes.cuadro import Renglon
from ejes.cortes.publicar import leido
from ejes.models import Alineacion, Compromiso, Corte, CortePublicado, Plan
from ejes.ods import OBJETIVOS
from stl_portal.espanol import fecha_larga
from stl_portal.informe_anual.apartado import Apartado, Celda, Liga, Periodo, Tabla, grafica
from stl_portal.informe_anual.registro import Fuente, apuntar
from stl_portal.publico.registro import OrganoPublico

AVANCE = (
    "«Declarado» es lo que dijo quien responde y «calculado», lo que resulta de la fórmula del plan. Cuando"
    " difieren, el informe del corte explica por qué."
)
ODS = (
    "Un compromiso puede abonar a varios objetivos: la suma puede ser mayor que el número de compromisos. Si"
    " el plan alineó el eje y no el compromiso, cuentan todos los compromisos del eje."
)


def del_periodo(organo: OrganoPublico, periodo: Periodo) -> "QuerySet[Plan]":
    """Sus planes publicados que rigen algún año del periodo, del más viejo al más nuevo."""
    anios = {"inicio__lte": periodo.hasta.year, "fin__gte": periodo.desde.year}
    return Plan.objects.publicados().filter(organo=organo.pk, **anios).order_by("inicio", "clave")


def avance(organo: OrganoPublico, periodo: Periodo) -> Apartado | None:
    """De cada plan, el último corte que cabe en el periodo, eje por eje; None si no tiene planes."""
    planes = list(del_periodo(organo, periodo))
    if not planes:
        return None
    cortes = Corte.objects.vigentes().filter(plan__in=planes, hasta__range=periodo.dias)
    filas = CortePublicado.objects.filter(corte__in=cortes).select_related("corte__plan")
    ultimos = {fila.corte.plan_id: fila for fila in filas.order_by("corte__hasta", "corte__numero")}
    con_corte = [ultimos[plan.pk] for plan in planes if plan.pk in ultimos]
    sin_corte = [plan for plan in planes if plan.pk not in ultimos]
    return Apartado(
        hechos=(
            *(_dicho(fila) for fila in con_corte),
            *(f"Del {plan} no se publicó ningún corte del periodo." for plan in sin_corte),
        ),
        tablas=tuple(_por_eje(fila) for fila in con_corte),
        graficas=tuple(g for fila in con_corte for g in _grafica(fila)),
        notas=(AVANCE,) if con_corte else (),
    )


def _dicho(fila: CortePublicado) -> str:
    total = leido(fila).total
    cifras = (("declarado", total.declarado), ("calculado", total.calculado))
    dichas = [f"{legible(cifra)} % {nombre}" for nombre, cifra in cifras if cifra is not None]
    avance = f", el avance global era {' y '.join(dichas)}" if dichas else ", el avance global no tenía cifra"
    return f"Al {fecha_larga(fila.corte.hasta)}{avance}, según el {fila.corte} del {fila.corte.plan}."


def _por_eje(fila: CortePublicado) -> Tabla:
    plan, cuadro = fila.corte.plan, leido(fila)
    filas = tuple(_renglon(plan, eje) for eje in cuadro.ejes)
    columnas = ("Eje", "Compromisos", "Acciones", "Declarado", "Calculado")
    return Tabla(f"Avance por eje, {plan}", columnas, filas)


def _renglon(plan: Plan, eje: Renglon) -> tuple[Celda, ...]:
    url = f"{plan.get_absolute_url()}eje/{eje.codigo}/"
    acciones = len(eje.acciones) if eje.partes else 0
    return Liga(str(eje), url), len(eje.partes), acciones, _ciento(eje.declarado), _ciento(eje.calculado)


def _ciento(cifra: Decimal | None) -> str | None:
    return None if cifra is None else f"{legible(cifra)} %"


def _grafica(fila: CortePublicado) -> Any:
    pares = [
        (str(eje), _numero(cifra))
        for eje in leido(fila).ejes
        if (cifra := eje.declarado if eje.declarado is not None else eje.calculado) is not None
    ]
    titulo = f"Avance de cada eje, {fila.corte.plan}: declarado o, si nadie lo dijo, calculado"
    return grafica(titulo, "Eje", "Por ciento", pares, sola=True)


def _numero(cifra: Decimal) -> int | float:
    redondo = cifra.quantize(Decimal("0.01"))
    return int(redondo) if redondo == redondo.to_integral_value() else float(redondo)


def ods(organo: OrganoPublico, periodo: Periodo) -> Apartado | None:
    """Cuántos compromisos abonan a cada objetivo y cuáles; None si no tiene planes."""
    planes = list(del_periodo(organo, periodo))
    if not planes:
        return None
    todos = Compromiso.objects.filter(eje__plan__in=planes).select_related("eje__plan")
    compromisos = list(
        todos.annotate(cuantas=Count("acciones")).order_by("eje__plan", "eje__numero", "numero")
    )
    por_objetivo = _por_objetivo(planes, compromisos)
    alineados = {c.pk for suyos in por_objetivo.values() for c in suyos.values()}
    filas = tuple(
        (f"ODS {n}. {OBJETIVOS[n]}", len(suyos), _cuales(suyos, varios=len(planes) > 1))
        for n, suyos in sorted(por_objetivo.items())
    )
    pares = [(f"ODS {n}. {OBJETIVOS[n]}", len(suyos)) for n, suyos in sorted(por_objetivo.items())]
    return Apartado(
        hechos=(_cuantos(compromisos, len(alineados), len(por_objetivo)),),
        tablas=(Tabla("Compromisos por objetivo", ("Objetivo", "Compromisos", "Cuáles"), filas),)
        if filas
        else (),
        graficas=grafica(
            "Compromisos por objetivo de desarrollo sostenible", "Objetivo", "Compromisos", pares, sola=True
        ),
        notas=(ODS,) if filas else (),
    )


def _por_objetivo(planes: list[Plan], compromisos: list[Any]) -> dict[int, dict[int, Any]]:
    """De cada objetivo, sus compromisos: los alineados y los de un eje alineado que no dicen el suyo."""
    alineaciones = Alineacion.objects.filter(compromiso__eje__plan__in=planes) | Alineacion.objects.filter(
        eje__plan__in=planes
    )
    de_compromiso: dict[int, set[int]] = defaultdict(set)
    de_eje: dict[int, set[int]] = defaultdict(set)
    for objetivo, compromiso, eje in alineaciones.values_list("objetivo", "compromiso", "eje"):
        (de_compromiso[compromiso] if compromiso else de_eje[eje]).add(objetivo)
    por_objetivo: dict[int, dict[int, Any]] = defaultdict(dict)
    for uno in compromisos:
        for objetivo in de_compromiso.get(uno.pk) or de_eje.get(uno.eje_id) or set():
            por_objetivo[objetivo][uno.pk] = uno
    return por_objetivo


def _cuales(suyos: dict[int, Any], *, varios: bool) -> str:
    """«1.1, 1.2»; con más de un plan, cada código dice el suyo."""
    return ", ".join(f"{c.codigo} ({c.eje.plan.clave})" if varios else c.codigo for c in suyos.values())


def _cuantos(compromisos: list[Any], alineados: int, objetivos: int) -> str:
    acciones = sum(c.cuantas for c in compromisos)
    hay = f"El plan tiene {len(compromisos)} compromisos y {acciones} acciones"
    if not alineados:
        return f"{hay}. No consta a qué objetivos de desarrollo sostenible abonan."
    de_cuantos = "un objetivo" if objetivos == 1 else f"{objetivos} objetivos"
    return f"{hay}; {alineados} abonan a {de_cuantos} de desarrollo sostenible."


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    apuntar(Fuente("avance", "Avance del plan de acción", 40, avance))
    apuntar(Fuente("ods", "Compromisos y objetivos de desarrollo sostenible", 45, ods))
