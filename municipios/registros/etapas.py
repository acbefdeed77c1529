"""Las etapas que se siguen en cada municipio y sus situaciones."""

from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from municipios import permisos
from municipios.estados import Avance
from municipios.forms.etapas import (
    ES_UNICA,
    LA_QUE_CUMPLE,
    FormaEtapa,
    FormaSituacion,
    etapa_usada,
    las_que_cumplen,
    situacion_usada,
)
from municipios.models import Etapa, Situacion
from sesiones.models import Organo
from sesiones.views.registros.declaracion import Celda, Padre, Registro

ETAPA_USADA = "Ya hay municipios anotados en ella o un corte la dice."
TONOS = {
    Avance.SIN_INFORMACION: "neutro",
    Avance.NO_INICIADO: "neutro",
    Avance.EN_PROCESO: "curso",
    Avance.CUMPLIDO: "exito",
}


def _etapas(organo: Organo) -> "QuerySet[Etapa]":
    return organo.etapas_municipales.annotate(cuantas=Count("situaciones")).order_by("orden", "pk")


def _situaciones(organo: Organo) -> "QuerySet[Situacion]":
    filas = Situacion.objects.filter(etapa__organo=organo).select_related("etapa")
    return filas.order_by("etapa__orden", "etapa", "orden", "pk")


def _etapa_se_queda(etapa: Etapa, organo: Organo) -> str:
    if etapa_usada(etapa):
        return f"{ETAPA_USADA} Si ya no se sigue, desmarca «se sigue capturando»."
    return ""


def _situacion_se_queda(situacion: Situacion, organo: Organo) -> str:
    if situacion.avance == Avance.SIN_INFORMACION:
        return ES_UNICA
    if situacion_usada(situacion):
        return "Ya hay municipios anotados con ella o un corte la dice: cámbiale el nombre si hace falta."
    otras = las_que_cumplen(situacion.etapa).exclude(pk=situacion.pk)
    if situacion.avance == Avance.CUMPLIDO and situacion.etapa.hecho and not otras.exists():
        return LA_QUE_CUMPLE
    return ""


def _la_matriz(fila: Any, organo: Organo) -> str:
    """A dónde se vuelve al guardar una etapa: lo siguiente es nombrar sus situaciones."""
    return reverse("registros:lista", args=(organo.clave, "situaciones"))


ETAPAS = Registro(
    clave="etapas",
    titulo="Etapas de los municipios",
    uno="etapa",
    agregar="Agregar una etapa",
    ayuda="Qué se sigue en cada municipio: convocatoria, integración, instalación… Ninguna exige otra antes.",
    forma=FormaEtapa,
    filas=_etapas,
    para=permisos.puede_seguir,
    nace=lambda organo, padre: Etapa(organo=organo, orden=organo.etapas_municipales.count() + 1),
    al_guardar=_la_matriz,
    borrable=True,
    no_se_quita=_etapa_se_queda,
    columnas=(
        ("Etapa", lambda e, organo: Celda(e.nombre, nota=e.que_es)),
        ("Situaciones", lambda e, organo: str(e.cuantas)),
        ("Se cumple sola", lambda e, organo: e.get_hecho_display() if e.hecho else "No"),
        ("Se sigue", lambda e, organo: "Sí" if e.activa else "Ya no"),
    ),
)

SITUACIONES = Registro(
    clave="situaciones",
    titulo="Situaciones de cada etapa",
    uno="situación",
    agregar="Agregar una situación",
    ayuda="En qué puede estar un municipio en cada etapa, con sus palabras: «Integrado, falta instalarlo».",
    forma=FormaSituacion,
    filas=_situaciones,
    para=permisos.puede_seguir,
    nace=lambda organo, etapa: Situacion(etapa=etapa, orden=etapa.situaciones.count() + 1),
    padre=Padre(
        "etapa",
        "¿De qué etapa?",
        _etapas,
        busca=("nombre", "clave"),
        falta="Primero registra las etapas.",
        antes="etapas",
    ),
    busca=("nombre", "etapa__nombre"),
    borrable=True,
    no_se_quita=_situacion_se_queda,
    columnas=(
        ("Situación", lambda s, organo: s.nombre),
        ("Etapa", lambda s, organo: s.etapa.nombre),
        ("Qué tanto es", lambda s, organo: Celda(s.get_avance_display(), tono=TONOS[Avance(s.avance)])),
    ),
)
