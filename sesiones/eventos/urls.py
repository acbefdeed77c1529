"""La agenda que ve cualquiera."""

from django.urls import path

from sesiones.eventos.views import publico

app_name = "agenda"

urlpatterns = [
    path("", publico.Lista.as_view(), name="lista"),
    path("<slug:organo>/<slug:clave>/", publico.detalle, name="detalle"),
    path("<slug:organo>/<slug:clave>/cita.ics", publico.cita, name="cita"),
]
