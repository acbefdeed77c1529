"""Verificar un documento: por su código, por el QR, por su huella o con el propio archivo."""

from django.urls import path

from sesiones.views import verificar

app_name = "verificar"

urlpatterns = [
    path("", verificar.inicio, name="inicio"),
    path("<slug:codigo>/", verificar.codigo, name="codigo"),
    path("<slug:codigo>/comprobacion.zip", verificar.paquete, name="comprobacion"),
]
