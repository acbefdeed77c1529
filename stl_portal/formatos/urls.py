"""Formatos de transparencia; van antes que los conjuntos, que también son una palabra."""

from django.urls import path

from . import views

app_name = "formatos"

urlpatterns = [
    path("", views.lista, name="lista"),
    path("<slug:clave>/", views.formato, name="formato"),
    path("<slug:clave>.<str:extension>", views.archivo, name="archivo"),
]
