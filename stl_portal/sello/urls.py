"""Direcciones del registro público."""

from django.urls import path

from . import views

app_name = "registro"

urlpatterns = [
    path("", views.Lista.as_view(), name="lista"),
    path("eslabon/<int:n>/", views.eslabon, name="eslabon"),
    path("eslabon/<int:n>.json", views.eslabon_json, name="eslabon_json"),
    path("eslabon/<int:n>/contenido.json", views.contenido, name="contenido"),
    path("eslabon/<int:n>/prueba.txt", views.prueba, name="prueba"),
    path("punto-de-control", views.punto_de_control, name="ultimo_punto"),
    path("punto-de-control/<int:tamano>.txt", views.punto_de_control, name="punto"),
    path("continuidad/<int:antes>/<int:ahora>.json", views.continuidad, name="continuidad"),
    path("clave.pub", views.clave_publica, name="clave"),
    path("comprobar/", views.comprobar, name="comprobar"),
    path("verificar.py", views.verificador, name="verificador"),
]
