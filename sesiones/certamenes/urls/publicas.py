"""Leer y postular."""

from django.urls import path

from sesiones.certamenes.views import postular, publico

app_name = "certamenes"

urlpatterns = [
    path("", publico.lista, name="lista"),
    path("recibida/", postular.recibida, name="recibida"),
    path("postulacion/<slug:llave>/", postular.postulacion, name="postulacion"),
    path("postulacion/<slug:llave>/acuse.pdf", postular.acuse_pdf, name="acuse_pdf"),
    path("<slug:organo>/<slug:clave>/", publico.certamen, name="certamen"),
    path("<slug:organo>/<slug:clave>/postular/", postular.empezar, name="empezar"),
]
