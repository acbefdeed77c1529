"""Lo que pregunta quien vigila el portal."""

from django.urls import path

from . import views

urlpatterns = [
    path("salud/listo/", views.esta_listo, name="listo"),
    path("metricas/", views.metricas, name="metricas"),
]
