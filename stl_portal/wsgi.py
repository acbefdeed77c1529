"""Entrada WSGI del portal."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stl_portal.settings")
portal = get_wsgi_application()

from django.conf import settings  # noqa: E402 · Django ya tiene que estar armado

from stl_portal.observa import cifras  # noqa: E402
from stl_portal.observa.entrada import Observada  # noqa: E402
from stl_portal.publico.de_memoria import DeMemoria  # noqa: E402
from stl_portal.publico.paginas_guardadas import PaginasGuardadas  # noqa: E402

application = Observada(
    DeMemoria(portal, PaginasGuardadas.de_la_cadena()),
    cifras.abrir(settings.METRICAS_DIR) if settings.FICHA_DE_OPERACION else None,
)
