"""Las métricas externas de los municipios y sus valores por año."""

from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from municipios.forms.metricas import FormaMetrica, FormaValor
from municipios.models import Metrica, ValorDeMetrica
from sesiones.models import Organo
from sesiones.views.registros.declaracion import Celda, Padre, Registro


def _metricas(organo: Organo) -> "QuerySet[Metrica]":
    return organo.metricas_municipales.annotate(cuantos=Count("valores")).order_by("nombre")


def _valores(organo: Organo) -> "QuerySet[ValorDeMetrica]":
    filas = ValorDeMetrica.objects.filter(metrica__organo=organo).select_related("metrica", "municipio")
    return filas.order_by("metrica__nombre", "-anio", "municipio__nombre")


def pegar(metrica: Any, organo: Organo) -> str:
    """Donde se pegan los valores de un año."""
    return reverse("gestion_municipios:valores", args=(metrica.pk,))


def _metrica_se_queda(metrica: Any, organo: Organo) -> str:
    return "Tiene valores: quítalos primero." if metrica.valores.exists() else ""


METRICAS = Registro(
    clave="metricas",
    titulo="Métricas de los municipios",
    uno="métrica",
    agregar="Agregar una métrica",
    ayuda="Índices y evaluaciones que otros hacen de los municipios, con quién los hace y su metodología.",
    forma=FormaMetrica,
    filas=_metricas,
    nace=lambda organo, padre: Metrica(organo=organo),
    al_guardar=pegar,
    busca=("nombre", "autor"),
    borrable=True,
    no_se_quita=_metrica_se_queda,
    columnas=(
        ("Métrica", lambda m, organo: Celda(m.nombre, nota=m.autor)),
        ("Valores", lambda m, organo: Celda(f"{m.cuantos}: ver o pegar más", pegar(m, organo))),
    ),
)

VALORES = Registro(
    clave="valores-de-metricas",
    titulo="Valores de las métricas",
    uno="valor",
    agregar="Agregar un valor",
    ayuda="Lo que cada municipio obtuvo cada año, con su fuente. Para muchos, pégalos en su métrica.",
    forma=FormaValor,
    filas=_valores,
    nace=lambda organo, metrica: ValorDeMetrica(metrica=metrica),
    padre=Padre(
        "metrica",
        "¿De qué métrica?",
        _metricas,
        busca=("nombre", "autor"),
        falta="Primero registra la métrica.",
        antes="metricas",
    ),
    busca=("metrica__nombre", "municipio__nombre"),
    borrable=True,
    columnas=(
        ("Municipio", lambda v, organo: v.municipio.nombre),
        ("Métrica", lambda v, organo: v.metrica.nombre),
        ("Año", lambda v, organo: str(v.anio)),
        ("Valor", lambda v, organo: v.dicho),
    ),
)
