"""Los textos del portal; los de cada órgano se cambian en su mesa."""

from django.urls import path

from . import views

app_name = "textos"

urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("<str:clave>/", views.texto, name="texto"),
]
