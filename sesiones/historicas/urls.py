"""Direcciones de las actas históricas."""

from django.urls import path

from . import views

app_name = "historicas"

urlpatterns = [
    path("", views.lista, name="lista"),
    path("nueva/", views.nueva, name="nueva"),
    path("<int:pk>/", views.revisar, name="revisar"),
    path("<int:pk>/descartar/", views.descartar, name="descartar"),
]
