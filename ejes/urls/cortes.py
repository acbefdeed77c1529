"""Los cortes del plan, para quien los arma y publica."""

from django.urls import URLPattern

app_name = "cortes"

urlpatterns: list[URLPattern] = []
