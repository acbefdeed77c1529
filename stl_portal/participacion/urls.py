"""Preguntar, confirmar y leer lo que se respondió."""

from django.urls import URLPattern

app_name = "preguntas"

urlpatterns: list[URLPattern] = []
