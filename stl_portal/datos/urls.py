"""Datos abiertos: conjuntos, diccionario, catálogo y versiones."""

from django.urls import URLPattern

app_name = "datos"

urlpatterns: list[URLPattern] = []
