"""Direcciones de los archivos."""

from django.urls import path

from . import views, views_subidas, views_visor

app_name = "archivo"

urlpatterns = [
    path("subidas/", views_subidas.todas, name="subidas"),
    path("subidas/<uuid:clave>", views_subidas.una, name="subida"),
    path("<slug:huella>/", views_visor.ver, name="ver"),
    path("<slug:huella>/miniatura/", views_visor.miniatura, name="miniatura"),
    path("<slug:huella>/<str:nombre>", views.descargar, name="descargar"),
]
