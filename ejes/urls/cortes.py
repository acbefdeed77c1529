"""Los cortes del plan, para quien los arma y publica."""

from django.urls import path

from ejes.views import cortes, figuras, publicar_corte

app_name = "cortes"

P = "<slug:plan>"
C = f"{P}/<int:numero>"

urlpatterns = [
    path("", cortes.planes, name="planes"),
    path(f"{P}/", cortes.inicio, name="inicio"),
    path(f"{P}/nuevo/", cortes.nuevo, name="nuevo"),
    path(f"{C}/", cortes.corte, name="corte"),
    path(f"{C}/datos/", cortes.datos, name="datos"),
    path(f"{C}/tomar/", cortes.tomar_otra_vez, name="tomar"),
    path(f"{C}/quitar/", cortes.quitar, name="quitar"),
    path(f"{C}/comparar/", cortes.comparar, name="comparar"),
    path(f"{C}/cifras/<str:codigo>/", figuras.editar, name="cifras"),
    path(f"{C}/previa.pdf", publicar_corte.previa, name="previa"),
    path(f"{C}/publicar/", publicar_corte.publicar, name="publicar"),
    path(f"{C}/corregir/", publicar_corte.corregir, name="corregir"),
]
