"""Direcciones de las novedades."""

from django.urls import path
from django.views.decorators.http import conditional_page, require_safe

from stl_portal.calendario.suscripcion import lleva_a_la_del_organo

from . import views
from .atom import DeTodo, DeUnOrgano

app_name = "novedades"
de_todo = lleva_a_la_del_organo("novedades:atom_de_organo")(DeTodo())

urlpatterns = [
    path("novedades.atom", conditional_page(require_safe(de_todo)), name="atom"),
    path("novedades/", views.inicio, name="inicio"),
    path("novedades/<int:anio>/<int:numero>/", views.semana, name="semana"),
    path("novedades/<slug:organo>.atom", conditional_page(require_safe(DeUnOrgano())), name="atom_de_organo"),
]
