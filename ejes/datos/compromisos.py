"""Conjunto `compromisos`: lo que gobierno y sociedad acordaron hacer en cada eje, y cuánto va."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet

from ejes.ciudadania import historia
from ejes.cortes.cuadro import Cuadro, Renglon
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
)
from ejes.datos.ejes import objetivos
from ejes.estados import EstadoPlan
from ejes.models import Compromiso
from sesiones.estados import Sector
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import FICTICIO, ORGANO, POR_RENGLON, direccion, en_orden, identificador
from stl_portal.datos.identificadores import CLAVE, NUMERO, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor

DEL_GOBIERNO = frozenset({Sector.PODER_PUBLICO, Sector.ORGANO_AUTONOMO, Sector.TRIBUNAL, Sector.MUNICIPIO})
COLUMNAS = (
    identificador("al compromiso: la clave de su plan y su código", "2022-2024/1.5"),
    PLAN,
    ORGANO,
    FICTICIO,
    Columna("eje", Tipo.ENTERO, "Eje", "Número del eje al que pertenece.", requerida=True, ejemplo="1"),
    Columna(
        "codigo",
        Tipo.TEXTO,
        "Código",
        "Número del eje y del compromiso, separados por punto. Es texto: 1.10 no es 1.1.",
        requerida=True,
        ejemplo="1.5",
    ),
    Columna("nombre", Tipo.TEXTO, "Nombre", "Nombre del compromiso.", requerida=True),
    Columna("problema", Tipo.TEXTO, "Qué problema atiende", "El problema público; vacío si no consta."),
    Columna("descripcion", Tipo.TEXTO, "Descripción", "Cómo lo resuelve; vacía si no consta."),
    Columna(
        "institucion",
        Tipo.TEXTO,
        "Institución responsable",
        "La que responde por el compromiso o, si no tiene una propia, por su eje. Vacía si el plan no"
        " lo dice.",
    ),
    Columna(
        "responsable",
        Tipo.TEXTO,
        "Persona responsable",
        "Nombre de quien respondía por el compromiso en el último corte publicado, como lo dice el informe.",
    ),
    Columna("cargo", Tipo.TEXTO, "Cargo", "Cargo de la persona responsable en ese corte."),
    Columna(
        "cocreadoras_gobierno",
        Tipo.TEXTO,
        "Partes cocreadoras de gobierno",
        "Quiénes del gobierno, de órganos autónomos o de tribunales crearon el compromiso, una por renglón de"
        " la celda. Vacía si el documento del plan no lo dice.",
    ),
    Columna(
        "cocreadoras_sociedad",
        Tipo.TEXTO,
        "Partes cocreadoras de la sociedad",
        "Quiénes de la academia, la sociedad civil o la iniciativa privada lo crearon, una por renglón de la"
        " celda. Vacía si el documento del plan no lo dice.",
    ),
    ODS,
    PESO,
    Columna("acciones", Tipo.ENTERO, "Acciones", "Cuántas acciones tiene.", requerida=True),
    *DEL_ULTIMO_CORTE,
    direccion("del compromiso"),
)


def publicado() -> "QuerySet[Any]":
    """Los compromisos de planes publicados, con lo que su fila dice."""
    filas = Compromiso.objects.filter(eje__plan__estado=EstadoPlan.PUBLICADO)
    responde = ("responsable__institucion", "eje__responsable__institucion")
    con_todo = filas.select_related("eje__plan__organo", *responde)
    return con_todo.annotate(total=Count("acciones")).prefetch_related("partes", "alineaciones")


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por compromiso; los últimos cortes se traen todos en una consulta."""
    ultimos = historia.ultimos({c.eje.plan_id: c.eje.plan for c in objetos}.values())
    for compromiso in objetos:
        yield compromiso, en_orden(COLUMNAS, _datos(compromiso, ultimos))


def _datos(c: Any, ultimos: Mapping[int, Cuadro]) -> dict[str, Valor]:
    plan, cuadro, responde = c.eje.plan, ultimos.get(c.eje.plan_id), c.responde
    dicho: Renglon | None = cuadro.de(c.codigo) if cuadro else None
    return {
        "id": f"{plan.clave}/{c.codigo}",
        **datos_del_plan(plan),
        "eje": c.eje.numero,
        "codigo": c.codigo,
        **{campo: getattr(c, campo) for campo in ("nombre", "problema", "descripcion", "peso")},
        "institucion": responde.institucion.nombre if responde else "",
        "responsable": dicho.responsable if dicho else "",
        "cargo": dicho.cargo if dicho else "",
        "cocreadoras_gobierno": _partes(c, del_gobierno=True),
        "cocreadoras_sociedad": _partes(c, del_gobierno=False),
        "ods": objetivos(c.alineaciones.all()),
        "acciones": c.total,
        **del_ultimo_corte(cuadro, c.codigo),
        "direccion": liga(c.get_absolute_url()),
    }


def _partes(compromiso: Compromiso, *, del_gobierno: bool) -> str:
    """Cada parte con lo que le toca, si se dice."""
    suyas = (p for p in compromiso.partes.all() if (p.sector in DEL_GOBIERNO) is del_gobierno)
    return POR_RENGLON.join(f"{p.nombre}: {p.le_toca}" if p.le_toca else p.nombre for p in suyas)


COMPROMISOS = Conjunto(
    clave="compromisos",
    titulo="Compromisos de los planes de acción",
    descripcion="Cada compromiso publicado: qué problema atiende, quién responde, quiénes lo crearon y su"
    " avance en el último corte publicado. Los planes que no se abren en compromisos no tienen filas aquí.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(rf"(?P<eje__plan__clave>{CLAVE})/(?P<eje__numero>{NUMERO})\.(?P<numero>{NUMERO})"),
    genera=GENERA,
    tema=TEMA,
    una_fila="un compromiso de un plan de acción publicado",
    cada_cuanto="R/P4M",
    filtros=(
        *del_plan("eje__plan__"),
        Filtro("anio", Tipo.ENTERO, "eje__plan__inicio", "Año en que empieza el plan."),
        Filtro("eje", Tipo.ENTERO, "eje__numero", "Número del eje dentro de su plan."),
    ),
    palabras=("plan de acción", "compromisos", "cocreación"),
    grafica=("plan", ""),
)
