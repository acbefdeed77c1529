"""Lo que comparten las pruebas de la hoja de firmas: entrar, llegar al lugar propio y leer la página."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from sesiones import models as m
from sesiones.models.sellado import pdf_actual
from tests.cuentas.codigos import dar_telefono
from tests.personas import CLAVE, Reparto

SIMPLE = {"password": CLAVE}


def url(sello: m.Sello, nombre: str = "firma", *lugar: int) -> str:
    sesion = sello.acta.sesion
    return reverse(f"actas:{nombre}", args=(sesion.organo.clave, sesion.clave, *lugar))


def suyo(sello: m.Sello, reparto: Reparto, quien: str = "civil") -> m.LugarDeFirma:
    return sello.lugares.get(persona=reparto.personas[quien])


def entrar(client: Client, reparto: Reparto, papel: str = "integrante") -> str:
    """Entra esa cuenta, con su segundo paso activo, y devuelve su secreto."""
    client.force_login(reparto.cuentas[papel])
    return dar_telefono(reparto.cuentas[papel])


def texto(respuesta: Any) -> str:
    cuerpo = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", respuesta.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", cuerpo).split())


def nada_cambio(sello: m.Sello) -> bool:
    return not m.Firma.objects.exists() and pdf_actual(sello) == sello.pdf
