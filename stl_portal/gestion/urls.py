"""El tablero y los registros; las demás páginas de `/gestion/` las lleva cada aplicación."""

from django.urls import path

from . import views
from .sitio import sitio

urlpatterns = [
    path("", views.tablero, name="tablero"),
    path("registros/", sitio.urls),
]
