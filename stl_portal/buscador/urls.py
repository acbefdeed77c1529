"""Dirección del buscador."""

from django.urls import URLPattern

app_name = "buscador"

urlpatterns: list[URLPattern] = []
