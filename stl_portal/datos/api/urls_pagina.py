"""`/api/`: la documentación de la interfaz, para personas."""

from django.urls import path

from stl_portal.datos.api import documentacion

app_name = "interfaz"

urlpatterns = [path("", documentacion.pagina, name="documentacion")]
