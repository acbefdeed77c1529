"""Direcciones de la auditoría."""

from django.urls import path

from . import views

app_name = "auditoria"

urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("exportar.zip", views.exportar, name="exportar"),
]
