"""Calificar."""

from django.urls import path

from sesiones.certamenes.views import comite

app_name = "certamenes_comite"

urlpatterns = [
    path("<slug:organo>/<slug:clave>/", comite.todas, name="todas"),
    path("<slug:organo>/<slug:clave>/<int:folio>/", comite.calificar, name="calificar"),
]
