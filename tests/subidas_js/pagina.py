"""La página más simple que recibe archivos: lo que cualquier otra hace con el componente."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils.html import format_html_join

from stl_portal.archivo.forms import CampoArchivos

PAGINA = """{% extends "base.html" %}{% load static %}
{% block cabecera_extra %}<link rel="stylesheet" href="{% static "css/subida.css" %}">{% endblock %}
{% block contenido %}
  <h1>Evidencias</h1>
  <ul id="evidencias"></ul>
  {% include "componentes/subida.html" with CONTRATO only %}
{% endblock %}
{% block guiones %}{% include "componentes/subida_programas.html" only %}{% endblock %}"""
CONTRATO = 'recibe="/prueba/" campo=forma.archivos lista="evidencias" csrf_token=csrf_token'
REPETIDO = "Ese archivo ya estaba."


class Forma(forms.Form):
    archivos = CampoArchivos(label="Archivos")


def recibir(request: HttpRequest) -> HttpResponse:
    """Con GET o un error, la página; con archivos, un renglón por cada uno."""
    forma = Forma(request.POST or None, request.FILES or None)
    if request.method == "POST" and forma.is_valid():
        guardados = forma.cleaned_data["archivos"]
        if any(archivo.nombre == "repetido.txt" for archivo in guardados):
            return HttpResponse(REPETIDO, status=409, content_type="text/plain; charset=utf-8")
        return HttpResponse(format_html_join("", "<li>{}</li>", ((archivo.nombre,) for archivo in guardados)))
    plantilla = engines["django"].from_string(PAGINA.replace("CONTRATO", CONTRATO))
    return HttpResponse(plantilla.render({"forma": forma}, request), status=422 if forma.errors else 200)


urlpatterns = [path("prueba/", recibir), path("", include("stl_portal.urls"))]
