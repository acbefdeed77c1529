"""El portal con una dirección más: un POST que no hace nada, para comparar contra él."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stl_portal.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

application = get_wsgi_application()
settings.ROOT_URLCONF = "bench.vacio"


def vacio(request: HttpRequest) -> HttpResponse:
    """Recibe el mismo cuerpo, pasa por las mismas capas y no guarda nada."""
    return HttpResponse(str(len(request.POST)))


urlpatterns = [path("vacio/", vacio), path("", include("stl_portal.urls"))]
