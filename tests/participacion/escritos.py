"""Lo que escribe quien pregunta, como lo manda su navegador."""

import datetime as dt
from typing import Any

from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from stl_portal.participacion import sello_de_tiempo
from tests.participacion.fabricas import CORREO

URL = "/preguntas/compromiso/prueba/1.1/nueva/"
DE = "compromiso:prueba/1.1"
TEXTO = "¿Cuándo se publican los datos?"


def escrito(hace: float = 60, **cambios: str) -> dict[str, str]:
    """La forma llena, abierta hace esos segundos."""
    abierta = timezone.now() - dt.timedelta(seconds=hace)
    bien = {"tipo": "pregunta", "texto": TEXTO, "nombre": "Vecina", "correo": CORREO, "sitio": ""}
    return bien | {"sello": sello_de_tiempo.poner(DE, abierta), "envio": "ficha-1"} | cambios


def enviar(client: Client, url: str = URL, **cambios: Any) -> HttpResponseBase:
    """La respuesta a esa forma."""
    return client.post(url, escrito(**cambios))
