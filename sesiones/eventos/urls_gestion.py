"""Lo que de la agenda hace quien conduce el órgano."""

from django.urls import path

from sesiones.eventos.views import gestion

app_name = "gestion_agenda"

urlpatterns = [
    path("<slug:organo>/<int:pk>/", gestion.evento, name="evento"),
    path("<slug:organo>/<int:pk>/decidir/", gestion.decidir, name="decidir"),
]
