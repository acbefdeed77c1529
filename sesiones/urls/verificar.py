"""Verificar un acta: por su código, por el QR o con el propio PDF."""

from django.urls import path

from sesiones.views import verificar

app_name = "verificar"

urlpatterns = [
    path("", verificar.inicio, name="inicio"),
    path("<slug:codigo>/", verificar.codigo, name="codigo"),
    path("<slug:codigo>/comprobacion.zip", verificar.paquete, name="comprobacion"),
]
