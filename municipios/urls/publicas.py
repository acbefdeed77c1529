"""Páginas públicas de los municipios."""

from django.urls import path

from municipios.views import publico

app_name = "municipios"

urlpatterns = [
    path("", publico.lista, name="lista"),
    path("<str:clave>/", publico.detalle, name="detalle"),
]
