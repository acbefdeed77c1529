"""Lo más simple que Django puede hacer: una vista sin capas, base ni plantilla que devuelve unos bytes.

`DESNUDA` es la carpeta de donde los toma; la dirección dice cuál. Es la vara de `bench/paginas.py`.
"""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

if not settings.configured:
    settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY="x", MIDDLEWARE=[])  # noqa: S106
    django.setup(set_prefix=False)

BYTES = {ruta.name: ruta.read_bytes() for ruta in Path(os.environ.get("DESNUDA", "/nada")).glob("*.html")}


def bytes_de(request: HttpRequest, nombre: str) -> HttpResponse:
    """Los de ese archivo."""
    return HttpResponse(BYTES[nombre])


urlpatterns = [path("<str:nombre>", bytes_de)]
application = WSGIHandler()
