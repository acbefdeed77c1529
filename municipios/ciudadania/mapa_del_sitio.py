"""Las páginas públicas de los municipios en el mapa del sitio."""

import datetime as dt
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery, Value
from django.urls import reverse

from municipios.estados import EstadoCorte
from municipios.models import CorteMunicipalPublicado, InformeTrimestral, Metrica, Municipio
from sesiones.models import AnexoPublicado
from stl_portal.publico.mapa_del_sitio import fijas
from stl_portal.publico.registro import SITIO, Direccion, Tramo, apuntar

FIJAS = ("lista", "cortes", "comparar", "informes", "capacitaciones", "metricas")


def _municipios() -> QuerySet[Municipio, Any]:
    """Los 46; su página cambia con el último corte."""
    todos = _publicados().order_by().values(uno=Value(1))
    ultimo = Subquery(todos.annotate(el_ultimo=Max("publicado_el")).values("el_ultimo"))
    return Municipio.objects.order_by("clave").values_list("clave", ultimo)


def _cortes() -> QuerySet[CorteMunicipalPublicado, Any]:
    filas = _publicados().order_by("pk")
    return filas.values_list("corte__organo__clave", "corte__numero", "publicado_el")


def _informes() -> QuerySet[InformeTrimestral, Any]:
    """Los publicados con el acta; su fecha es la de la última vez que se publicó su anexo."""
    ultima = AnexoPublicado.objects.filter(anexo=OuterRef("anexo")).order_by("-pk")
    filas = InformeTrimestral.objects.publicados().order_by("pk")
    return filas.values_list("organo__clave", "numero", Subquery(ultima.values("publicado_el")[:1]))


def _metricas() -> QuerySet[Metrica, Any]:
    filas = Metrica.objects.filter(valores__isnull=False).distinct().order_by("pk")
    return filas.values_list("organo__clave", "clave")


def _publicados() -> QuerySet[CorteMunicipalPublicado]:
    return CorteMunicipalPublicado.objects.filter(corte__estado=EstadoCorte.PUBLICADO)


def _de_municipio(fila: tuple[str, dt.datetime | None]) -> Direccion:
    return Direccion(reverse("municipios:detalle", args=fila[:1]), fila[1])


def _de_corte(fila: tuple[str, int, dt.datetime]) -> Direccion:
    return Direccion(reverse("municipios:corte", args=fila[:2]), fila[2])


def _de_informe(fila: tuple[str, int, dt.datetime]) -> Direccion:
    return Direccion(reverse("municipios:informe", args=fila[:2]), fila[2])


def _de_metrica(fila: tuple[str, str]) -> Direccion:
    return Direccion(reverse("municipios:metrica", args=fila))


TRAMOS = (
    fijas("avance-municipal", *(f"municipios:{nombre}" for nombre in FIJAS)),
    Tramo("municipios", _municipios, _de_municipio),
    Tramo("cortes-municipales", _cortes, _de_corte),
    Tramo("informes-trimestrales", _informes, _de_informe),
    Tramo("metricas", _metricas, _de_metrica),
)


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    for tramo in TRAMOS:
        apuntar(SITIO, tramo)
