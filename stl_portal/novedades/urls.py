"""Direcciones de las novedades."""

from django.urls import path
from django.views.decorators.http import conditional_page, require_safe

from . import views
from .atom import DeTodo, DeUnOrgano

app_name = "novedades"

urlpatterns = [
    path("novedades.atom", conditional_page(require_safe(DeTodo())), name="atom"),
    path("novedades/", views.inicio, name="inicio"),
    path("novedades/<int:anio>/<int:numero>/", views.semana, name="semana"),
    path("novedades/<slug:organo>.atom", conditional_page(require_safe(DeUnOrgano())), name="atom_de_organo"),
]
