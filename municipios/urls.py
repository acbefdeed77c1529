"""Páginas públicas de los municipios."""

from django.urls import path

from . import views

app_name = "municipios"

urlpatterns = [
    path("", views.lista, name="lista"),
    path("<str:clave>/", views.detalle, name="detalle"),
]
