"""Conjunto `avances`: lo que cada corte publicado dice de cada figura del plan, de sus bytes sellados."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from ejes.cortes.cuadro import Cuadro, Renglon
from ejes.cortes.publicar import leido
from ejes.datos.columnas import (
    CALCULADO,
    CODIGOS,
    DECLARADO,
    GENERA,
    NIVEL,
    PESO,
    PLAN,
    TEMA,
    TEXTUAL,
    VERIFICADO,
    cifra,
    datos_de_avance,
    datos_del_plan,
    del_plan,
    juntos,
)
from ejes.estados import EstadoPlan
from ejes.models import Corte, CortePublicado
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import FICTICIO, ORGANO, direccion, en_orden, identificador
from stl_portal.datos.identificadores import CLAVE, NUMERO, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor

DEL_PLAN = "plan"  # cómo se llama en el identificador la figura que no tiene código
FIGURAS = (
    ("plan", "el avance global del plan"),
    ("eje", "un eje"),
    ("compromiso", "un compromiso"),
    ("accion", "una acción"),
)
COLUMNAS = (
    identificador(
        "a la figura en un corte: plan, corte y código, o «plan» si es el avance global",
        "2022-2024/corte-1/1.5",
    ),
    PLAN,
    ORGANO,
    FICTICIO,
    Columna("corte", Tipo.ENTERO, "Corte", "Número del corte (informe parcial) del plan.", requerida=True),
    Columna("corte_nombre", Tipo.TEXTO, "Nombre del corte", "Nombre del informe.", requerida=True),
    Columna("desde", Tipo.FECHA, "Desde", "Primer día del periodo que informa.", requerida=True),
    Columna("hasta", Tipo.FECHA, "Hasta", "Último día del periodo: la fecha del corte.", requerida=True),
    Columna(
        "presentado_el",
        Tipo.FECHA,
        "Presentado el",
        "Día en que se presentó en sesión; no es el día en que se cargó en este portal. Vacío si no consta.",
    ),
    Columna(
        "figura",
        Tipo.TEXTO,
        "De qué nivel es",
        "A qué nivel del plan corresponde la cifra. Filtra un solo nivel antes de promediar.",
        requerida=True,
        valores=FIGURAS,
    ),
    Columna(
        "codigo",
        Tipo.TEXTO,
        "Código",
        "Código de la figura dentro del plan; vacío en el global.",
        ejemplo="1.5",
    ),
    Columna("titulo", Tipo.TEXTO, "Título", "Nombre de la figura, como se publicó.", requerida=True),
    Columna("responsable", Tipo.TEXTO, "Persona responsable", "Quién respondía, como lo dice el informe."),
    Columna("cargo", Tipo.TEXTO, "Cargo", "Su cargo entonces."),
    DECLARADO,
    TEXTUAL,
    CALCULADO,
    VERIFICADO,
    Columna(
        "por_alcanzar",
        Tipo.NUMERO,
        "Por alcanzar",
        "Lo que falta para 100 desde lo declarado o, si nadie declaró, desde lo calculado.",
        unidad="puntos porcentuales",
        ejemplo="77",
    ),
    Columna(
        "difieren",
        Tipo.SI_NO,
        "Difieren lo declarado y lo calculado",
        "Verdadero si lo declarado no es lo que resulta de la fórmula, ya redondeado. Vacío donde no hay dos"
        " cifras que comparar.",
    ),
    Columna(
        "por_que_difieren",
        Tipo.TEXTO,
        "Por qué difieren",
        "Con qué números se calculó y qué explicó quien publicó el corte; vacío si no difieren.",
    ),
    NIVEL,
    PESO,
    Columna("nota", Tipo.TEXTO, "Nota aclaratoria", "Lo que el informe aclara de la cifra."),
    Columna(
        "con_asterisco",
        Tipo.SI_NO,
        "Marcada con asterisco",
        "Verdadero si el documento de origen marca la cifra con asterisco, conste o no su nota.",
        requerida=True,
    ),
    Columna(
        "procedencia",
        Tipo.TEXTO,
        "De dónde se tomó",
        "El reporte del que se tomó lo declarado; vacío si se capturó del documento del corte.",
    ),
    Columna(
        "cambios",
        Tipo.ENTERO,
        "Cambios del personal",
        "Cuántas veces el personal técnico cambió lo que se tomó de un reporte; cada cambio, con su motivo,"
        " está en la página del corte.",
        requerida=True,
    ),
    Columna(
        "ligas", Tipo.TEXTO, "Ligas", "Direcciones ajenas que el corte cita, separadas por punto y coma."
    ),
    Columna(
        "evidencias",
        Tipo.TEXTO,
        "Evidencias",
        "Identificador de cada evidencia del portal que respalda la cifra, en el conjunto «evidencias»,"
        " separados por punto y coma.",
    ),
    Columna("huella", Tipo.TEXTO, "Huella del corte", "SHA-256 de los datos sellados.", requerida=True),
    direccion("del corte"),
)


def publicado() -> "QuerySet[Any]":
    """Los cortes publicados que ninguna corrección publicada sustituyó."""
    vigentes = Corte.objects.vigentes().filter(plan__estado=EstadoPlan.PUBLICADO)
    return CortePublicado.objects.filter(corte__in=vigentes.values("pk")).select_related(
        "corte__plan__organo"
    )


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por figura de cada corte: el plan y cada eje con sus compromisos y acciones."""
    for fila in objetos:
        cuadro = leido(fila)
        del_corte = _del_corte(fila, cuadro)
        for renglon in cuadro.renglones:
            yield fila, en_orden(COLUMNAS, {**del_corte, **_de_la_figura(fila.corte, renglon)})


def _del_corte(fila: CortePublicado, cuadro: Cuadro) -> dict[str, Valor]:
    dicho = cuadro.corte
    return {
        **datos_del_plan(fila.corte.plan),
        "corte": fila.corte.numero,
        "corte_nombre": dicho["nombre"],
        "desde": dicho["desde"],
        "hasta": dicho["hasta"],
        "presentado_el": dicho["presentado_el"] or None,
        "huella": fila.huella,
        "direccion": liga(fila.corte.get_absolute_url()),
    }


def _de_la_figura(corte: Corte, r: Renglon) -> dict[str, Valor]:
    clave = corte.plan.clave
    comparables = r.partes and None not in (r.declarado, r.calculado)
    return {
        "id": f"{clave}/corte-{corte.numero}/{r.codigo or DEL_PLAN}",
        "figura": FIGURAS[len(r.codigo.split(".")) if r.codigo else 0][0],
        **{campo: getattr(r, campo) for campo in ("codigo", "titulo", "responsable", "cargo", "nota")},
        **datos_de_avance(r),
        "por_alcanzar": cifra(r.por_alcanzar),
        "difieren": not r.coincide if comparables else None,
        "por_que_difieren": r.por_que,
        "peso": r.peso,
        "con_asterisco": r.con_asterisco,
        "procedencia": r.procedencia,
        "cambios": len(r.ediciones),
        "ligas": juntos(r.ligas),
        "evidencias": juntos(f"{clave}/evidencia-{e.id}" for e in r.evidencias),
    }


AVANCES = Conjunto(
    clave="avances",
    titulo="Avance del plan, corte por corte",
    descripcion="Lo que cada corte publicado y vigente dice del plan, de cada eje, de cada compromiso y de"
    " cada acción: lo declarado, lo calculado y lo verificado, cada uno en su columna, si difieren y por"
    " qué. Un corte corregido ya no sale: sale su corrección.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(rf"(?P<corte__plan__clave>{CLAVE})/corte-(?P<corte__numero>{NUMERO})/[0-9.a-z]+"),
    genera=GENERA,
    tema=TEMA,
    una_fila="lo que un corte publicado dice del plan entero, de un eje, de un compromiso o de una acción",
    cada_cuanto="R/P4M",
    filtros=(
        *del_plan("corte__plan__"),
        Filtro("corte", Tipo.ENTERO, "corte__numero", "Número del corte dentro de su plan."),
        Filtro("anio", Tipo.ENTERO, "corte__hasta__year", "Año de la fecha del corte."),
        Filtro("figura", Tipo.TEXTO, "", "Un solo nivel del plan.", columna="figura", valores=FIGURAS),
        Filtro("codigo", Tipo.TEXTO, "", "Código de la figura: 1.5.", columna="codigo", catalogo=CODIGOS),
        Filtro("difieren", Tipo.SI_NO, "", "true deja solo las que difieren.", columna="difieren"),
    ),
    palabras=("plan de acción", "avance", "corte", "informe parcial"),
)
