"""Direcciones de los archivos."""

from django.urls import path

from . import views

app_name = "archivo"

urlpatterns = [path("<slug:huella>/<str:nombre>", views.descargar, name="descargar")]
