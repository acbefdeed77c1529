"""Las direcciones del portal y unas que fallan como fallan las de verdad."""

import logging
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from stl_portal.cuentas.models import Usuario

handler400 = "stl_portal.publico.errores.peticion_invalida"
handler404 = "stl_portal.publico.errores.no_encontrada"
handler500 = "stl_portal.publico.errores.fallo"
APAGADA = {
    "ENGINE": "django.db.backends.postgresql",
    "HOST": "127.0.0.1",
    "PORT": "1",
    "NAME": "x",
    "USER": "x",
}


def repite_la_cuenta(request: HttpRequest, correo: str) -> HttpResponse:
    """La base dice en su error la fila entera."""
    Usuario.objects.create(email=correo)
    raise AssertionError("La base no admite dos cuentas con el mismo correo.")


def cita_lo_escrito(request: HttpRequest, correo: str) -> HttpResponse:
    """Un error que repite lo que llegó, y antes un aviso que también."""
    logging.getLogger("ejes.cualquiera").warning("De %s llegó %s", correo, request.POST["texto"])
    logging.getLogger("ajena").error(f"{correo} pidió {request.get_full_path()}")
    raise ValueError(f"{correo} escribió {request.POST['texto']}")


def sin_base(request: HttpRequest) -> HttpResponse:
    """Como cuando PostgreSQL está apagado."""
    from django.db.backends.postgresql.base import DatabaseWrapper

    de_fabrica: Any = connections["default"].settings_dict
    DatabaseWrapper({**de_fabrica, **APAGADA, "OPTIONS": {}}, "apagada").ensure_connection()
    raise AssertionError("En el puerto 1 no hay ninguna base.")


urlpatterns = [
    path("repite/<str:correo>/", repite_la_cuenta, name="repite"),
    path("cita/<str:correo>/", cita_lo_escrito, name="cita"),
    path("sin-base/", sin_base, name="sin_base"),
    path("api/v1/sin-base/", sin_base),
    path("", include("stl_portal.urls")),
]
