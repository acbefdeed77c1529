"""Portada, mi portal, textos fijos y salud."""

from django.conf import settings
from django.urls import path

from . import estilo, views

urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("mi/", views.mi, name="mi"),
    path("ayuda/", views.ayuda, name="ayuda"),
    path("accesibilidad/", views.accesibilidad, name="accesibilidad"),
    path("aviso-de-privacidad/", views.privacidad, name="privacidad"),
    path("salud/", views.salud, name="salud"),
]

if settings.DEMO or settings.DEBUG:
    urlpatterns.append(path("estilo/", estilo.estilo, name="estilo"))
