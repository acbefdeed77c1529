"""Direcciones del catálogo de mensajes."""

from django.urls import path

from . import catalogo

app_name = "gestion_avisos"

urlpatterns = [
    path("", catalogo.todas, name="todas"),
    path("<str:clave>/", catalogo.una, name="una"),
    path("<str:clave>/html/", catalogo.html, name="html"),
]
