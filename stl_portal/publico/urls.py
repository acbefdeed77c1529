"""Portada, mi portal, textos fijos y salud."""

from django.conf import settings
from django.urls import path

from . import estilo, mapa_del_sitio, views

urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("mi/", views.mi, name="mi"),
    path("ayuda/", views.ayuda, name="ayuda"),
    path("accesibilidad/", views.accesibilidad, name="accesibilidad"),
    path("aviso-de-privacidad/", views.privacidad, name="privacidad"),
    path("salud/", views.salud, name="salud"),
    path("sitemap.xml", mapa_del_sitio.indice, name="mapa_del_sitio"),
    path("sitemap/<slug:clave>-<int:numero>.xml", mapa_del_sitio.parte, name="parte_del_mapa"),
    path("robots.txt", mapa_del_sitio.robots, name="robots"),
]

if settings.CONTACTO_DE_SEGURIDAD:
    urlpatterns.append(path(mapa_del_sitio.SEGURIDAD, mapa_del_sitio.seguridad, name="seguridad"))
if settings.DEMO or settings.DEBUG:
    urlpatterns.append(path("estilo/", estilo.estilo, name="estilo"))
