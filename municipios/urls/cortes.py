"""Donde se preparan y publican los cortes municipales."""

from django.urls import URLPattern

app_name = "cortes_municipales"

urlpatterns: list[URLPattern] = []
