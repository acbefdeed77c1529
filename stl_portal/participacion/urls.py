"""Preguntar, confirmar y leer lo que se respondió."""

from django.urls import path

from . import views

app_name = "preguntas"

urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("recibida/", views.recibida, name="recibida"),
    path("confirmar/<slug:llave>/", views.confirmar, name="confirmar"),
    path("<slug:clase>/<path:clave>/nueva/", views.nueva, name="nueva"),
    path("<slug:folio>/", views.pregunta, name="pregunta"),
]
