"""Donde se escriben y presentan los informes trimestrales."""

from django.urls import URLPattern

app_name = "informes"

urlpatterns: list[URLPattern] = []
