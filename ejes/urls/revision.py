"""Los reportes bimestrales, para quien los revisa y publica."""

from django.urls import URLPattern

app_name = "revision"

urlpatterns: list[URLPattern] = []
