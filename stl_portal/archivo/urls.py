"""Direcciones de los archivos."""

from django.urls import path

from . import views, views_subidas

app_name = "archivo"

urlpatterns = [
    path("subidas/", views_subidas.todas, name="subidas"),
    path("subidas/<uuid:clave>", views_subidas.una, name="subida"),
    path("<slug:huella>/<str:nombre>", views.descargar, name="descargar"),
]
