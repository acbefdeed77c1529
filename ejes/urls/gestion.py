"""El plan, sus bimestres y su formato, para quien los administra."""

from django.urls import path

from ejes.views import formato, gestion

app_name = "gestion"

P = "<slug:plan>"
F = f"{P}/formato/<int:version>"

urlpatterns = [
    path("", gestion.planes, name="planes"),
    path(f"{P}/", gestion.plan, name="plan"),
    path(f"{P}/publicar/", gestion.publicar, name="publicar"),
    path(f"{P}/bimestre/<int:numero>/", gestion.bimestre, name="bimestre"),
    path(f"{F}/", formato.formato, name="formato"),
    path(f"{F}/nueva-version/", formato.nueva_version, name="nueva_version"),
]
