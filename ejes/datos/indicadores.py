"""Conjunto `indicadores`: lo que cada institución respondió, renglón por renglón, y qué dijo la revisión."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from ejes.ciudadania import lectura
from ejes.ciudadania.lectura import Datos, Leido
from ejes.datos.columnas import GENERA, PLAN, TEMA, datos_del_plan, del_plan, juntos
from ejes.estados import Veredicto
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import FICTICIO, ORGANO, direccion, en_orden, identificador
from stl_portal.datos.identificadores import CLAVE, PRIMARIA, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor

DICTAMENES = (
    (Veredicto.VALIDADO.value, "la revisión lo dio por bueno"),
    (Veredicto.OBSERVADO.value, "la revisión anotó que algo falta o no coincide"),
)
DEL_RENGLON = (
    Columna("orden", Tipo.ENTERO, "Renglón", "Lugar del indicador en el formato, desde 1.", requerida=True),
    Columna("categoria", Tipo.TEXTO, "Categoría", "Categoría del indicador en el formato.", requerida=True),
    Columna("indicador", Tipo.TEXTO, "Indicador", "Nombre del indicador.", requerida=True),
    Columna("pregunta", Tipo.TEXTO, "Pregunta", "La que este eje responde en ese renglón."),
    Columna(
        "respuesta", Tipo.TEXTO, "Respuesta", "Lo que contestó la institución, con sus palabras y sus marcas."
    ),
    Columna(
        "valor",
        Tipo.NUMERO,
        "Número",
        "La cifra contestada, en la unidad de la columna «unidad»; vacía si no.",
    ),
    Columna(
        "unidad",
        Tipo.TEXTO,
        "Unidad",
        "En qué se cuenta la cifra. Vacía si el indicador se contesta solo con texto.",
        ejemplo="personas",
    ),
    Columna("linea_base", Tipo.NUMERO, "Línea de base", "De dónde se parte, en la misma unidad."),
    Columna("meta_valor", Tipo.NUMERO, "Meta", "A dónde se quiere llegar, en la misma unidad."),
    Columna(
        "no_aplica",
        Tipo.SI_NO,
        "No aplica",
        "Verdadero si la institución dijo que el indicador no aplica a su eje.",
        requerida=True,
    ),
    Columna("motivo", Tipo.TEXTO, "Por qué no aplica", "Lo que dijo la institución; vacío si sí aplica."),
    Columna(
        "evidencias",
        Tipo.TEXTO,
        "Evidencias",
        "Identificador de cada evidencia que respalda la respuesta, en el conjunto «evidencias», separados"
        " por punto y coma.",
        ejemplo="demo/evidencia-1",
    ),
    Columna(
        "dictamen", Tipo.TEXTO, "Dictamen", "Lo que dijo la revisión de la respuesta.", valores=DICTAMENES
    ),
    Columna("observacion", Tipo.TEXTO, "Observación", "Qué anotó la revisión; vacía si no anotó nada."),
)
COLUMNAS = (
    identificador("al renglón: plan, número del reporte en el portal y renglón", "2019-2020/reporte-15/3"),
    PLAN,
    ORGANO,
    FICTICIO,
    Columna("eje", Tipo.ENTERO, "Eje", "Número del eje del que se informa.", requerida=True),
    Columna("bimestre", Tipo.ENTERO, "Bimestre", "Número del bimestre dentro del plan.", requerida=True),
    Columna("bimestre_nombre", Tipo.TEXTO, "Nombre del bimestre", "Como se le llama.", requerida=True),
    Columna("desde", Tipo.FECHA, "Desde", "Primer día del que se informa; vacío si no consta."),
    Columna("hasta", Tipo.FECHA, "Hasta", "Último día del que se informa; vacío si no consta."),
    Columna("institucion", Tipo.TEXTO, "Institución", "La que informa, como se llamaba.", requerida=True),
    *DEL_RENGLON,
    Columna(
        "tardio",
        Tipo.SI_NO,
        "Se entregó tarde",
        "Verdadero si el reporte se envió después del límite que regía ese día.",
        requerida=True,
    ),
    Columna("publicado_el", Tipo.INSTANTE, "Publicado el", "Cuándo se publicó el reporte.", requerida=True),
    Columna("huella", Tipo.TEXTO, "Huella del reporte", "SHA-256 de los datos sellados.", requerida=True),
    direccion("del reporte"),
)


def publicado() -> "QuerySet[Any]":
    """Lo último que se publicó de cada reporte."""
    return lectura.vigentes().select_related("reporte__bimestre__plan__organo", "entrega")


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por renglón del formato de cada reporte, también los que quedaron en blanco."""
    for leido in lectura.leidos(objetos):
        del_reporte = _del_reporte(leido)
        for renglon in leido.renglones:
            yield leido.fila, en_orden(COLUMNAS, {**del_reporte, **_del_renglon(leido, renglon)})


def _del_reporte(leido: Leido) -> dict[str, Valor]:
    return {
        **datos_del_plan(leido.fila.reporte.bimestre.plan),
        "eje": leido.documento["eje"]["numero"],
        "bimestre": leido.numero,
        "bimestre_nombre": leido.bimestre,
        "desde": leido.desde,
        "hasta": leido.corte,
        "institucion": leido.institucion,
        "tardio": leido.documento["tardio"],
        "publicado_el": leido.fila.publicado_el,
        "huella": leido.fila.huella,
        "direccion": liga(leido.direccion),
    }


def _del_renglon(leido: Leido, renglon: Datos) -> dict[str, Valor]:
    plan = leido.documento["plan"]["clave"]
    iguales = ("orden", "categoria", "indicador", "pregunta", "valor", "unidad", "linea_base")
    return {
        "id": f"{plan}/reporte-{leido.fila.reporte_id}/{renglon['orden']}",
        **{campo: renglon[campo] for campo in iguales},
        "respuesta": renglon["texto"],
        "meta_valor": renglon["meta"],
        "no_aplica": renglon["no_aplica"],
        "motivo": renglon["motivo"],
        "evidencias": juntos(f"{plan}/evidencia-{n}" for n in renglon["evidencias"]),
        "dictamen": renglon["veredicto"] or None,
        "observacion": renglon["observacion"],
    }


INDICADORES = Conjunto(
    clave="indicadores",
    titulo="Indicadores de los reportes bimestrales",
    descripcion="Lo que cada institución respondió en el formato de indicadores de cada reporte publicado,"
    " una fila por indicador, con lo que dijo la revisión. De uno corregido sale lo último publicado.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(rf"(?P<reporte__bimestre__plan__clave>{CLAVE})/reporte-(?P<reporte>{PRIMARIA})/[0-9]{{1,4}}"),
    genera=GENERA,
    tema=TEMA,
    una_fila="un renglón del formato de indicadores de un reporte publicado",
    filtros=(
        *del_plan("reporte__bimestre__plan__"),
        Filtro("anio", Tipo.ENTERO, "", "Año del último día del que se informa.", columna="hasta"),
        Filtro("eje", Tipo.ENTERO, "reporte__eje__numero", "Número del eje dentro de su plan."),
        Filtro("bimestre", Tipo.ENTERO, "reporte__bimestre__numero", "Número del bimestre dentro del plan."),
        Filtro("renglon", Tipo.ENTERO, "", "Un solo renglón del formato: 1 a 8.", columna="orden"),
        Filtro(
            "dictamen", Tipo.TEXTO, "", "Lo que dijo la revisión.", columna="dictamen", valores=DICTAMENES
        ),
    ),
    palabras=("reportes bimestrales", "indicadores", "formato"),
    grafica=("plan", ""),
)
