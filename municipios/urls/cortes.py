"""Donde se preparan y publican los cortes municipales."""

from django.urls import path

from municipios.views import cortes, publicar_corte

app_name = "cortes_municipales"

ORGANO = "<slug:organo>"
C = f"{ORGANO}/<int:numero>"

urlpatterns = [
    path(f"{ORGANO}/", cortes.inicio, name="inicio"),
    path(f"{ORGANO}/nuevo/", cortes.nuevo, name="nuevo"),
    path(f"{C}/", cortes.corte, name="corte"),
    path(f"{C}/datos/", cortes.datos, name="datos"),
    path(f"{C}/etapas/", cortes.etapas, name="etapas"),
    path(f"{C}/quitar/", cortes.quitar, name="quitar"),
    path(f"{C}/previa/", publicar_corte.previa, name="previa"),
    path(f"{C}/publicar/", publicar_corte.publicar, name="publicar"),
    path(f"{C}/corregir/", publicar_corte.corregir, name="corregir"),
]
