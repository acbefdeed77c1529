"""Dirección del buscador."""

from django.urls import path

from stl_portal.buscador import views

urlpatterns = [path("", views.buscar, name="buscar")]
