"""Páginas públicas de los municipios."""

from django.urls import path

from municipios.views import informes_publicos, publico
from municipios.views.novedades import Novedades

app_name = "municipios"

urlpatterns = [
    path("", publico.lista, name="lista"),
    path("novedades.atom", Novedades(), name="novedades"),
    path("informes/", informes_publicos.Lista.as_view(), name="informes"),
    path("informes/<str:organo>/<int:numero>/", informes_publicos.detalle, name="informe"),
    path("<str:clave>/", publico.detalle, name="detalle"),
]
