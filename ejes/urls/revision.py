"""Los reportes bimestrales, para quien los revisa y publica."""

from django.urls import path

from ejes.views import publicar_reporte, revision

app_name = "revision"

R, E = "<int:pk>", "<int:pk>/<int:numero>"

urlpatterns = [
    path("", revision.inicio, name="inicio"),
    path(f"{R}/", revision.reporte, name="reporte"),
    path(f"{R}/cambios/<int:numero>/", revision.cambios, name="cambios"),
    path(f"{E}/dictaminar/<slug:parte>/", revision.dictaminar, name="dictaminar"),
    path(f"{E}/evidencia/<int:evidencia>/", revision.evidencia, name="evidencia"),
    path(f"{E}/resto/", revision.resto, name="resto"),
    path(f"{E}/devolver/", revision.devolver, name="devolver"),
    path(f"{E}/validar/", revision.validar, name="validar"),
    path(f"{R}/publicar/", publicar_reporte.publicar, name="publicar"),
    path(f"{R}/corregir/", publicar_reporte.corregir, name="corregir"),
]
