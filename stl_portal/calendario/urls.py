"""Direcciones del calendario público."""

from django.urls import path

from . import views

app_name = "calendario"

urlpatterns = [
    path("calendario.ics", views.de_todos, name="ics"),
    path("calendario/", views.inicio, name="inicio"),
    path("calendario/<int:anio>/<int:numero>/", views.mes, name="mes"),
    path("calendario/<slug:organo>.ics", views.de_un_organo, name="ics_de_organo"),
]
