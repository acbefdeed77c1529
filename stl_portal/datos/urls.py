"""Datos abiertos: conjuntos, diccionario, catálogo y versiones."""

from django.urls import path

from . import descargas, views

app_name = "datos"

urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("catalogo.jsonld", descargas.de_catalogo, name="catalogo"),
    path("<slug:clave>/versiones/<int:numero>.<str:forma>", descargas.version, name="version"),
    path("<slug:clave>/versiones/", views.versiones, name="versiones"),
    path("<slug:clave>.<str:forma>", descargas.archivo, name="archivo"),
    path("<slug:clave>/", views.conjunto, name="conjunto"),
]
