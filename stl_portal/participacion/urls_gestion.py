"""Moderar y responder."""

from django.urls import URLPattern

app_name = "moderar"

urlpatterns: list[URLPattern] = []
