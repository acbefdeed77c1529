"""El plan, sus bimestres y su formato, para quien los administra."""

from django.urls import URLPattern

app_name = "gestion"

urlpatterns: list[URLPattern] = []
