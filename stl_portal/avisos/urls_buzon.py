"""Direcciones del buzón de la demostración."""

from django.urls import path

from . import buzon

app_name = "buzon"

urlpatterns = [
    path("", buzon.inicio, name="inicio"),
    path("<int:pk>/", buzon.mensaje, name="mensaje"),
    path("<int:pk>/html/", buzon.html, name="html"),
    path("<int:pk>/adjunto/<int:archivo>/", buzon.adjunto, name="adjunto"),
]
