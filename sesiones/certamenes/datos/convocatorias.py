"""Conjunto «convocatorias-publicas»: a qué se convocó, con qué reglas y en qué va."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, Value, When

from sesiones.certamenes.estados import Acto, EstadoCertamen, SectorDeProcedencia, TipoDeEvidencia
from sesiones.certamenes.models import Certamen
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import (
    FICTICIO,
    LISTA,
    ORGANO,
    POR_RENGLON,
    direccion,
    en_orden,
    filtros_de_organo,
    identificador,
)
from stl_portal.datos.identificadores import CLAVE, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor
from stl_portal.texto import a_llano

GENERA = "El secretariado técnico de cada órgano, al publicar sus convocatorias"
TEMA = "Participación"
EN_DICTAMEN = "en_dictamen"  # cerrada o dictaminada: que el dictamen ya se cerró no se dice hasta publicarlo
ESTADOS = (
    (EstadoCertamen.PUBLICADA.value, "se publicó; de qué día a qué día recibe lo dicen «abre» y «cierra»"),
    (EN_DICTAMEN, "ya cerró y el comité la califica"),
    (EstadoCertamen.CON_RESULTADOS.value, "se publicó a quiénes se reconoció"),
    (EstadoCertamen.DESIERTA.value, "no se reconoció a nadie"),
)
SECTORES = tuple((str(valor), str(dicho).lower()) for valor, dicho in SectorDeProcedencia.choices)
TAL_CUAL = ("titulo", "dictamen_hasta", "lugares", "menciones", "minimo", "publicada_el")
COLUMNAS = (
    identificador("a la convocatoria", "stl/reconocimiento-de-practicas-2027"),
    ORGANO,
    FICTICIO,
    Columna("titulo", Tipo.TEXTO, "Título", "Como se publicó.", requerida=True),
    Columna("estado", Tipo.TEXTO, "Estado", "En qué va.", requerida=True, valores=ESTADOS),
    Columna("publicada_el", Tipo.INSTANTE, "Publicada", "Cuándo se publicó.", requerida=True),
    Columna("abre", Tipo.INSTANTE, "Abre", "Desde cuándo recibe postulaciones.", requerida=True),
    Columna(
        "cierra",
        Tipo.INSTANTE,
        "Cierra",
        "Cuándo deja de recibir; lo que llega en ese momento ya no entra.",
        requerida=True,
    ),
    Columna(
        "dictamen_hasta",
        Tipo.FECHA,
        "El comité califica hasta",
        "Último día en que el comité califica; vacío si no se dijo.",
    ),
    Columna("resultados_el", Tipo.INSTANTE, "Resultados", "Cuándo se publicaron; vacío si todavía no."),
    Columna("bases", Tipo.TEXTO, "Bases", "Sin formato; vacías si solo están en el documento."),
    Columna("documento", Tipo.LIGA, "Documento de las bases", "Archivo; vacío si no lo hay."),
    Columna(
        "sectores",
        Tipo.TEXTO,
        "Quién puede postular",
        "Claves de los sectores admitidos, separadas por punto y coma; son las de «sector» en"
        " «practicas-reconocidas».",
        ejemplo="academia; sociedad_civil",
    ),
    Columna(
        "evidencias",
        Tipo.TEXTO,
        "Con qué se comprueba",
        "Clases de evidencia que se admiten, separadas por punto y coma; vacío si no se piden.",
    ),
    Columna(
        "preguntas",
        Tipo.TEXTO,
        "Qué se pregunta",
        "Una por renglón, con los caracteres que caben entre paréntesis.",
    ),
    Columna("criterios", Tipo.TEXTO, "Con qué se califica", "Uno por renglón, con su peso por ciento."),
    Columna("lugares", Tipo.ENTERO, "Lugares", "Cuántos se reconocen.", requerida=True),
    Columna("menciones", Tipo.ENTERO, "Menciones", "Cuántas, además de los lugares.", requerida=True),
    Columna(
        "minimo",
        Tipo.NUMERO,
        "Promedio mínimo",
        "De 100, para que se reconozca.",
        requerida=True,
        unidad="puntos",
    ),
    Columna(
        "comite",
        Tipo.TEXTO,
        "Comité",
        "Instituciones que lo integran, separadas por punto y coma. De sus personas no se dice nada.",
    ),
    direccion("de la convocatoria"),
)


def publicado() -> "QuerySet[Any]":
    """Las publicadas, con el estado que de ellas se dice."""
    adentro = When(estado__in=(EstadoCertamen.CERRADA, EstadoCertamen.DICTAMINADA), then=Value(EN_DICTAMEN))
    filas = Certamen.objects.publicos().select_related("organo", "documento")
    relacionados = ("apartados", "criterios", "comite", "actos")
    return filas.annotate(
        va_en=Case(adentro, default=F("estado"), output_field=CharField())
    ).prefetch_related(*relacionados)


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por convocatoria."""
    for certamen in objetos:
        yield certamen, en_orden(COLUMNAS, _datos(certamen))


def _datos(certamen: Any) -> dict[str, Valor]:
    dicho = {acto.acto: acto.cuando for acto in certamen.actos.all()}
    instituciones = dict.fromkeys(uno.institucion for uno in certamen.comite.all())
    tipos = dict(TipoDeEvidencia.choices)
    return {
        **{campo: getattr(certamen, campo) for campo in TAL_CUAL},
        "id": id_de(certamen),
        "organo": certamen.organo.clave,
        "ficticio": certamen.organo.ficticio,
        "estado": certamen.va_en,
        "abre": certamen.abre_el,
        "cierra": certamen.cierra_el,
        "resultados_el": dicho.get(Acto.RESULTADOS) or dicho.get(Acto.DESIERTA),
        "bases": a_llano(certamen.bases),
        "documento": liga(certamen.documento.a_la_vista) if certamen.documento else "",
        "sectores": LISTA.join(sector.value for sector in certamen.sectores_admitidos),
        "evidencias": LISTA.join(str(tipos[una.value]) for una in certamen.evidencias_admitidas),
        "preguntas": POR_RENGLON.join(f"{a.pregunta} ({a.tope})" for a in certamen.apartados.all()),
        "criterios": POR_RENGLON.join(f"{c.nombre} ({c.peso}%)" for c in certamen.criterios.all()),
        "comite": LISTA.join(instituciones),
        "direccion": liga(certamen.get_absolute_url()),
    }


def id_de(certamen: Certamen) -> str:
    """«stl/reconocimiento-de-practicas-2027»; `organo` ya traído."""
    return f"{certamen.organo.clave}/{certamen.clave}"


CONJUNTO = Conjunto(
    clave="convocatorias-publicas",
    titulo="Convocatorias públicas",
    descripcion="Reconocimientos y concursos a los que cualquiera puede postular: su plazo, sus bases, con"
    " qué se califican y en qué van. Lo que se reconoció está en «practicas-reconocidas»; de lo demás que se"
    " postuló no se publica nada. Las convocatorias a sesiones están en «sesiones».",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(rf"(?P<organo__clave>{CLAVE})/(?P<clave>{CLAVE})"),
    genera=GENERA,
    tema=TEMA,
    una_fila="una convocatoria que un órgano publicó",
    filtros=(
        *filtros_de_organo("organo__"),
        Filtro("anio", Tipo.ENTERO, "publicada_el__year", "Año en que se publicó."),
        Filtro("estado", Tipo.TEXTO, "va_en", "En qué va.", valores=ESTADOS),
    ),
    palabras=("convocatorias", "reconocimientos", "premios", "participación ciudadana"),
    grafica=("estado", ""),
)
