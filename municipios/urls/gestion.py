"""Donde se captura el avance de los municipios: la matriz, pegar, importar y exportar."""

from django.urls import path

from municipios.views import casilla, matriz, metricas, pegar

app_name = "gestion_municipios"

CASILLA = "<str:organo>/<str:clave>/<slug:etapa>/"

urlpatterns = [
    path("", matriz.inicio, name="inicio"),
    path("metricas/<int:pk>/valores/", metricas.valores, name="valores"),
    path("<str:organo>/", matriz.matriz, name="matriz"),
    path(CASILLA, casilla.casilla, name="casilla"),
    path(f"{CASILLA}deshacer/<int:pk>/", casilla.deshacer, name="deshacer"),
    path(f"{CASILLA}rehacer/<int:pk>/", casilla.rehacer, name="rehacer"),
    path("<str:organo>/pegar/", pegar.pegar, name="pegar"),
    path("<str:organo>/avance.csv", pegar.csv, name="csv"),
    path("<str:organo>/avance.xlsx", pegar.xlsx, name="xlsx"),
]
