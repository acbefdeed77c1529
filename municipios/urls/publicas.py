"""Páginas públicas de los municipios."""

from django.urls import path

from municipios.views import comparar, datos, eventos, ficha, informes_publicos, metricas, publico
from municipios.views.novedades import Novedades

app_name = "municipios"

C = "cortes/<slug:organo>/<int:numero>"

urlpatterns = [
    path("", publico.lista, name="lista"),
    path("novedades.atom", Novedades(), name="novedades"),
    path("informes/", informes_publicos.Lista.as_view(), name="informes"),
    path("informes/<str:organo>/<int:numero>/", informes_publicos.detalle, name="informe"),
    path("capacitaciones/", eventos.Lista.as_view(), name="capacitaciones"),
    path("capacitaciones.csv", eventos.csv, name="capacitaciones_csv"),
    path("metricas/", metricas.lista, name="metricas"),
    path("metricas/<slug:organo>/<slug:clave>/", metricas.tabla, name="metrica"),
    path("metricas/<slug:organo>/<slug:clave>.csv", metricas.csv, name="metrica_csv"),
    path("cortes/", publico.cortes, name="cortes"),
    path(f"{C}/", publico.corte, name="corte"),
    path(f"{C}.json", datos.corte_json, name="corte_json"),
    path(f"{C}.csv", datos.descarga, {"clase": "csv"}, name="corte_csv"),
    path(f"{C}-totales.csv", datos.descarga, {"clase": "totales.csv"}, name="totales_csv"),
    path(f"{C}.geojson", datos.descarga, {"clase": "geojson"}, name="corte_geojson"),
    path("comparar/", comparar.comparar, name="comparar"),
    path("<str:clave>/", ficha.detalle, name="detalle"),
    path("<str:clave>/ficha.pdf", ficha.ficha_pdf, name="ficha"),
]
