"""Donde se captura el avance de los municipios: la matriz, pegar, importar y exportar."""

from django.urls import URLPattern

app_name = "gestion_municipios"

urlpatterns: list[URLPattern] = []
