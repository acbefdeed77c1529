"""Donde se escriben y presentan los informes trimestrales."""

from django.urls import path

from municipios.views import escribir_informe, informes

app_name = "informes"
I = "<str:organo>/<int:numero>"  # noqa: E741  # se lee como en las demás direcciones: I informe

urlpatterns = [
    path("", informes.inicio, name="inicio"),
    path("<str:organo>/", informes.lista, name="lista"),
    path("<str:organo>/empezar/", informes.empezar, name="empezar"),
    path(f"{I}/", informes.informe, name="informe"),
    path(f"{I}/escribir/", escribir_informe.pagina, name="escribir"),
    path(f"{I}/guardar/", escribir_informe.guardar, name="guardar"),
    path(f"{I}/guardar/<slug:clave>/", escribir_informe.texto, name="texto"),
    path(f"{I}/borrador.pdf", informes.previa, name="previa"),
    path(f"{I}/entregar/", informes.entregar, name="entregar"),
    path(f"{I}/devolver/", informes.devolver, name="devolver"),
    path(f"{I}/presentar/", informes.presentado, name="presentar"),
    path(f"{I}/quitar/", informes.quitar, name="quitar"),
    path(f"{I}/descartar/", informes.descartar, name="descartar"),
]
