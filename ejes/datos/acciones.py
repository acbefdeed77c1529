"""Conjunto `acciones`: cada acción verificable de los planes, con lo último publicado de su avance."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ejes.ciudadania import historia
from ejes.cortes.cuadro import Cuadro, Renglon
from ejes.datos.columnas import (
    DEL_ULTIMO_CORTE,
    GENERA,
    LOS_COMPROMISOS,
    PESO,
    PLAN,
    TEMA,
    datos_del_plan,
    del_plan,
    del_ultimo_corte,
)
from ejes.estados import EstadoPlan
from ejes.models import Accion
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import FICTICIO, ORGANO, direccion, en_orden, identificador
from stl_portal.datos.identificadores import CLAVE, NUMERO, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor

COLUMNAS = (
    identificador("a la acción: la clave de su plan y su código", "2022-2024/1.5.3"),
    PLAN,
    ORGANO,
    FICTICIO,
    Columna("eje", Tipo.ENTERO, "Eje", "Número del eje al que pertenece.", requerida=True, ejemplo="1"),
    Columna(
        "compromiso",
        Tipo.TEXTO,
        "Compromiso",
        "Código del compromiso al que pertenece; con la clave del plan es la columna «id» de «compromisos».",
        requerida=True,
        ejemplo="1.5",
    ),
    Columna(
        "codigo",
        Tipo.TEXTO,
        "Código",
        "Número del eje, del compromiso y de la acción, separados por punto.",
        requerida=True,
        ejemplo="1.5.3",
    ),
    Columna("texto", Tipo.TEXTO, "Acción", "Qué se hará.", requerida=True),
    PESO,
    *(columna for columna in DEL_ULTIMO_CORTE if columna.nombre != "calculado"),
    Columna(
        "nota",
        Tipo.TEXTO,
        "Nota aclaratoria",
        "Lo que el último corte aclara de la cifra; vacía si no aclara nada.",
    ),
    Columna(
        "con_asterisco",
        Tipo.SI_NO,
        "Marcada con asterisco",
        "Verdadero si el documento de origen marca la cifra con asterisco, conste o no su nota. Vacío sin"
        " corte.",
    ),
    direccion("de la acción"),
)


def publicado() -> "QuerySet[Any]":
    """Las acciones de planes publicados."""
    filas = Accion.objects.filter(compromiso__eje__plan__estado=EstadoPlan.PUBLICADO)
    return filas.select_related("compromiso__eje__plan__organo")


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por acción; los últimos cortes se traen todos en una consulta."""
    planes = {a.compromiso.eje.plan_id: a.compromiso.eje.plan for a in objetos}
    ultimos = historia.ultimos(planes.values())
    for accion in objetos:
        yield accion, en_orden(COLUMNAS, _datos(accion, ultimos))


def _datos(accion: Any, ultimos: Mapping[int, Cuadro]) -> dict[str, Valor]:
    plan = accion.compromiso.eje.plan
    cuadro = ultimos.get(plan.pk)
    dicho: Renglon | None = cuadro.de(accion.codigo) if cuadro else None
    avance = del_ultimo_corte(cuadro, accion.codigo)
    return {
        "id": f"{plan.clave}/{accion.codigo}",
        **datos_del_plan(plan),
        "eje": accion.compromiso.eje.numero,
        "compromiso": accion.compromiso.codigo,
        "codigo": accion.codigo,
        "texto": accion.texto,
        "peso": accion.peso,
        **{campo: valor for campo, valor in avance.items() if campo != "calculado"},
        "nota": dicho.nota if dicho else "",
        "con_asterisco": dicho.con_asterisco if dicho else None,
        "direccion": liga(reverse("ejes:accion", args=(plan.clave, accion.codigo))),
    }


ACCIONES = Conjunto(
    clave="acciones",
    titulo="Acciones de los planes de acción",
    descripcion="Cada acción publicada, con lo que de ella se declaró y se verificó en el último corte"
    " publicado. Las acciones no se calculan: de ellas salen las cifras de los compromisos.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(
        rf"(?P<compromiso__eje__plan__clave>{CLAVE})/(?P<compromiso__eje__numero>{NUMERO})"
        rf"\.(?P<compromiso__numero>{NUMERO})\.(?P<numero>{NUMERO})"
    ),
    genera=GENERA,
    tema=TEMA,
    una_fila="una acción de un plan de acción publicado",
    cada_cuanto="R/P4M",
    filtros=(
        *del_plan("compromiso__eje__plan__"),
        Filtro("anio", Tipo.ENTERO, "compromiso__eje__plan__inicio", "Año en que empieza el plan."),
        Filtro("eje", Tipo.ENTERO, "compromiso__eje__numero", "Número del eje dentro de su plan."),
        Filtro(
            "compromiso",
            Tipo.TEXTO,
            "",
            "Código del compromiso: 1.5.",
            columna="compromiso",
            catalogo=LOS_COMPROMISOS,
        ),
    ),
    palabras=("plan de acción", "acciones", "avance"),
    grafica=("plan", ""),
)
