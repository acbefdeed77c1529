"""Direcciones para seguir un tema por correo."""

from django.urls import path

from . import seguir

app_name = "seguir"

urlpatterns = [
    path("", seguir.inicio, name="inicio"),
    path("pedido/", seguir.pedido, name="pedido"),
    path("confirmar/<slug:clave>/", seguir.confirmar, name="confirmar"),
    path("baja/<slug:clave>/", seguir.baja, name="baja"),
]
