"""Llevar una convocatoria pública."""

from django.urls import path

from sesiones.certamenes.views import escribir, gestion

app_name = "certamenes_gestion"
UNA = "<slug:organo>/<slug:clave>/"

urlpatterns = [
    path("", gestion.inicio, name="inicio"),
    path("<slug:organo>/nueva/", gestion.nueva, name="nueva"),
    path(UNA, gestion.certamen, name="certamen"),
    path(f"{UNA}bases/", escribir.bases, name="bases"),
    path(f"{UNA}comite/", escribir.comite, name="comite"),
    path(f"{UNA}comite/<int:pk>/quitar/", escribir.quitar, name="quitar"),
    path(f"{UNA}publicar/", gestion.publicar, name="publicar"),
    path(f"{UNA}cerrar/", gestion.cerrar, name="cerrar"),
    path(f"{UNA}dictaminar/", gestion.dictaminar, name="dictaminar"),
    path(f"{UNA}resultados/", gestion.resultados, name="resultados"),
    path(f"{UNA}postulaciones/", gestion.postulaciones, name="postulaciones"),
    path(f"{UNA}postulaciones/<int:folio>/", gestion.postulacion, name="postulacion"),
]
