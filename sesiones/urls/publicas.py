"""Lo que ve la ciudadanía: sesiones, acuerdos e integrantes."""

from django.urls import path

from sesiones.views import publico

app_name = "sesiones"

urlpatterns = [
    path("sesiones/", publico.Lista.as_view(), name="lista"),
    path("sesiones/<slug:organo>/", publico.DelOrgano.as_view(), name="organo"),
    path("sesiones/<slug:organo>/<slug:sesion>/", publico.detalle, name="detalle"),
    path("acuerdos/", publico.Acuerdos.as_view(), name="acuerdos"),
    path("integrantes/", publico.integrantes, name="integrantes"),
]
