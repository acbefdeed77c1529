"""Direcciones de los avisos."""

from django.urls import path

from . import views

app_name = "avisos"

S = "<slug:clase>/<slug:clave>"

urlpatterns = [
    path(f"{S}/", views.serie, name="serie"),
    path(f"{S}/reintentar/", views.reintentar, name="reintentar"),
    path(f"{S}/adjunto/<int:pk>/", views.adjunto, name="adjunto"),
]
