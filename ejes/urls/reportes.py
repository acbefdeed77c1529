"""Los reportes bimestrales, para quien los prepara."""

from django.urls import URLPattern

app_name = "reportes"

urlpatterns: list[URLPattern] = []
