"""Conjunto `ejes`: los temas de cada plan, con su ficha y lo último publicado de su avance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet

from ejes.ciudadania import historia
from ejes.cortes.cuadro import Cuadro
from ejes.datos.columnas import (
    DEL_ULTIMO_CORTE,
    GENERA,
    ODS,
    PESO,
    PLAN,
    TEMA,
    datos_del_plan,
    del_plan,
    del_ultimo_corte,
    juntos,
)
from ejes.estados import EstadoPlan
from ejes.models import Alineacion, Eje
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import FICTICIO, ORGANO, POR_RENGLON, direccion, en_orden, identificador
from stl_portal.datos.identificadores import CLAVE, NUMERO, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor

COLUMNAS = (
    identificador("al eje: la clave de su plan y su número", "2022-2024/1"),
    PLAN,
    Columna("plan_nombre", Tipo.TEXTO, "Nombre del plan", "Nombre oficial del plan.", requerida=True),
    ORGANO,
    FICTICIO,
    Columna("plan_inicio", Tipo.ENTERO, "Año inicial", "Año en que empieza el plan.", requerida=True),
    Columna("plan_fin", Tipo.ENTERO, "Año final", "Año en que termina el plan.", requerida=True),
    Columna("numero", Tipo.ENTERO, "Número", "Número del eje dentro de su plan.", requerida=True),
    Columna("nombre", Tipo.TEXTO, "Nombre", "Nombre del eje.", requerida=True),
    Columna("descripcion", Tipo.TEXTO, "De qué se trata", "Descripción del eje; vacía si el plan no la da."),
    Columna("meta", Tipo.TEXTO, "Meta verificable", "A qué se comprometió el eje; vacía si no consta."),
    Columna(
        "submetas", Tipo.TEXTO, "Submetas", "Partes de la meta verificable, una por renglón de la celda."
    ),
    Columna(
        "propuestas",
        Tipo.TEXTO,
        "Propuestas ciudadanas",
        "Lo que la ciudadanía propuso para el eje, una propuesta por renglón de la celda.",
    ),
    Columna(
        "institucion",
        Tipo.TEXTO,
        "Institución responsable",
        "Institución que responde por el eje. Vacía si responden varias por sus compromisos: están en el"
        " conjunto «compromisos».",
    ),
    ODS,
    PESO,
    Columna("compromisos", Tipo.ENTERO, "Compromisos", "Cuántos compromisos tiene el eje.", requerida=True),
    Columna("acciones", Tipo.ENTERO, "Acciones", "Cuántas acciones suman sus compromisos.", requerida=True),
    *DEL_ULTIMO_CORTE,
    Columna(
        "difusion",
        Tipo.TEXTO,
        "Difusión",
        "Direcciones o medios donde se cuenta el avance del eje, separados por punto y coma.",
    ),
    direccion("del eje"),
)


def publicado() -> "QuerySet[Any]":
    """Los ejes de planes publicados, con lo que su fila dice."""
    filas = Eje.objects.filter(plan__estado=EstadoPlan.PUBLICADO)
    cuentas = {
        "total_compromisos": Count("compromisos", distinct=True),
        "total_acciones": Count("compromisos__acciones", distinct=True),
    }
    con_todo = filas.select_related("plan__organo", "responsable__institucion").annotate(**cuentas)
    return con_todo.prefetch_related("submetas", "propuestas", "difusion", "alineaciones")


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por eje; los últimos cortes se traen todos en una consulta."""
    ultimos = historia.ultimos({eje.plan_id: eje.plan for eje in objetos}.values())
    for eje in objetos:
        yield eje, en_orden(COLUMNAS, _datos(eje, ultimos))


def _datos(eje: Any, ultimos: Mapping[int, Cuadro]) -> dict[str, Valor]:
    plan = eje.plan
    return {
        "id": f"{plan.clave}/{eje.codigo}",
        **datos_del_plan(plan),
        "plan_nombre": plan.nombre,
        "plan_inicio": plan.inicio,
        "plan_fin": plan.fin,
        **{campo: getattr(eje, campo) for campo in ("numero", "nombre", "descripcion", "meta", "peso")},
        "submetas": POR_RENGLON.join(s.texto for s in eje.submetas.all()),
        "propuestas": POR_RENGLON.join(p.texto for p in eje.propuestas.all()),
        "institucion": eje.responsable.institucion.nombre if eje.responsable else "",
        "ods": objetivos(eje.alineaciones.all()),
        "compromisos": eje.total_compromisos,
        "acciones": eje.total_acciones,
        **del_ultimo_corte(ultimos.get(plan.pk), eje.codigo),
        "difusion": juntos(d.direccion or d.medio for d in eje.difusion.all()),
        "direccion": liga(eje.get_absolute_url()),
    }


def objetivos(alineaciones: Iterable[Alineacion]) -> str:
    """«8; 16.6»: el objetivo o, si se sabe, su meta."""
    return juntos(a.meta or a.objetivo for a in alineaciones)


EJES = Conjunto(
    clave="ejes",
    titulo="Ejes de los planes de acción",
    descripcion="Los temas de cada plan de acción publicado: su ficha, quién responde y su avance en el"
    " último corte publicado, con lo declarado, lo calculado y lo verificado por separado.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(rf"(?P<plan__clave>{CLAVE})/(?P<numero>{NUMERO})"),
    genera=GENERA,
    tema=TEMA,
    una_fila="un eje de un plan de acción publicado",
    cada_cuanto="R/P4M",
    filtros=(
        *del_plan("plan__"),
        Filtro("anio", Tipo.ENTERO, "plan__inicio", "Año en que empieza el plan."),
    ),
    palabras=("plan de acción", "gobierno abierto", "ejes"),
    grafica=("plan_nombre", ""),
)
