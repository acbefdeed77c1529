"""Los informes anuales publicados."""

from django.urls import path

from . import views

app_name = "informes_anuales"

urlpatterns = [
    path("", views.lista, name="lista"),
    path("<slug:clave>/", views.informe, name="informe"),
    path("<slug:clave>.pdf", views.pdf, name="pdf"),
    path("<slug:clave>.json", views.datos, name="json"),
]
