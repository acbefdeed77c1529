"""Cada dirección del portal, pedida y enviada de modo raro: contesta lo suyo o una frase, nunca falla.

El cliente de pruebas deja salir cualquier excepción que el portal no haya convertido en respuesta.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from hypothesis import strategies as st
from pytest_django import Settings

from tests.cuentas.codigos import identificarse
from tests.permisos.mundo import Mundo, argumentos, crear_mundo
from tests.permisos.test_matriz import PATRONES, PUBLICAS
from tests.personas import Reparto

from .campana import CUENTAS, TOTAL, blanco
from .mutar import FICHAS, TROZOS, Trozo, alterado, texto_de

SIN_ARGUMENTOS = {"inicio", "buscar", "sesiones:lista", "sesiones:acuerdos", "datos:inicio"}
SIN_ARGUMENTOS |= {
    "calendario:inicio",
    "municipios:lista",
    "ejes:planes",
    "registro:lista",
    "verificar:inicio",
}
# Lo que termina la sesión o pide una llave de seguridad que aquí no hay.
FUERA = {"account_logout", "mfa_login_webauthn"}
DE_LISTAS = [
    "q",
    "page",
    "organo",
    "anio",
    "desde",
    "hasta",
    "estado",
    "tipo",
    "municipio",
    "eje",
    "plan",
    "orden",
    "limite",
    "cursor",
    "codigo",
    "todo",
    "ver",
    "next",
]
NOMBRES = st.sampled_from(DE_LISTAS) | texto_de("anio")
CONSULTAS = st.lists(st.tuples(NOMBRES, texto_de("2026", "1", "stl", "acuerdo", "2026-03-01")), max_size=3)
RARAS = texto_de("bytes=0-10", 'W/"abc"', "Sun, 22 Nov 2026 10:00:00 GMT", "es-MX,es;q=0.8", "a=b; c=d")
DE_LA_PETICION = [
    "range",
    "if-none-match",
    "if-modified-since",
    "accept",
    "accept-language",
    "cookie",
    "referer",
    "hx-request",
    "x-request-id",
]
CABECERAS = st.dictionaries(
    st.sampled_from(DE_LA_PETICION),
    RARAS.map(lambda v: re.sub(r"[^\x20-\x7e\xa0-\xff]", "", v)[:4_000]),
    max_size=2,
)
Consulta = list[tuple[str, str]]


def _rutas(mundo: Mundo, nombres: Iterator[str]) -> list[str]:
    """Las que existen en ese mundo."""
    halladas = []
    for renglon in nombres:
        nombre, _, registro = renglon.partition("/")
        try:
            halladas.append(reverse(nombre, kwargs=argumentos(nombre, PATRONES[nombre], mundo, registro)))
        except (KeyError, NoReverseMatch):
            continue
    return sorted(set(halladas))


def _pedir(client: Client, metodo: str, ruta: str, **lo_demas: Any) -> Any:
    """Hace la petición y deshace lo que haya cambiado."""
    with transaction.atomic():
        respuesta = getattr(client, metodo)(ruta, **lo_demas)
        if isinstance(respuesta, StreamingHttpResponse):
            list(respuesta)
        transaction.set_rollback(True)
    assert respuesta.status_code < 500, f"{metodo} {ruta}: {respuesta.status_code}"
    return respuesta


@pytest.fixture
def mundo(reparto: Reparto, settings: Settings) -> Mundo:
    """De todo, y con topes que no se alcanzan; la corrida corta solo mira lo que no necesita nada."""
    settings.ACCOUNT_RATE_LIMITS = dict.fromkeys(settings.ACCOUNT_RATE_LIMITS, "1000000/1m/ip")
    return crear_mundo(reparto) if TOTAL else {}


@pytest.mark.django_db
def test_ninguna_direccion_falla(reparto: Reparto, mundo: Mundo) -> None:
    nombres = PATRONES if TOTAL else SIN_ARGUMENTOS
    publicas = _rutas(mundo, (n for n in nombres if n in PUBLICAS.split()))
    todas = _rutas(mundo, (n for n in nombres if n not in FUERA))
    client, adentro = Client(), Client()
    adentro.force_login(reparto.cuentas["administradora"])
    identificarse(adentro, reparto.cuentas["administradora"])

    @blanco(
        "direcciones",
        ruta=st.tuples(st.booleans(), st.sampled_from(publicas + todas)),
        trozos=st.just([]) | st.just([]) | TROZOS,
        consulta=CONSULTAS,
        cabeceras=CABECERAS,
    )
    def pide(
        ruta: tuple[bool, str],
        trozos: list[Trozo],
        consulta: list[tuple[str, str]],
        cabeceras: dict[str, str],
    ) -> None:
        rota = "/" + alterado(ruta[1], trozos, FICHAS, todas).lstrip("/")[:1_500]
        direccion = quote(rota, safe="/") + "?" + urlencode([(n, v[:1_500]) for n, v in consulta])
        respuesta = _pedir(adentro if ruta[0] else client, "get", direccion, headers=cabeceras)
        CUENTAS["direcciones"].rechazos += respuesta.status_code >= 400

    pide()


_CAMPO = re.compile(r'<(?:input|select|textarea)[^>]*?\bname="([^"]+)"(?:[^>]*?\bvalue="([^"]*)")?')
ESCRITOS = texto_de(
    "2026-03-18", "10:00", "12", "Un texto cualquiera.", "ana@prueba.example", "on", "https://a.example/"
)


@pytest.mark.django_db
def test_ninguna_forma_falla(reparto: Reparto, mundo: Mundo) -> None:
    """Se abre la página, se cambian algunos de sus campos y se envía; nada se queda guardado."""
    nombres = PATRONES if TOTAL else {"buscar", "seguir:inicio", "account_login", "verificar:inicio"}
    rutas = _rutas(mundo, (n for n in nombres if n not in FUERA))
    client = Client()
    quien = reparto.cuentas["facilitadora"]
    client.force_login(quien)
    identificarse(client, quien)

    @blanco(
        "formas",
        ruta=st.sampled_from(rutas),
        cambios=st.lists(st.tuples(st.integers(0, 40), ESCRITOS), min_size=1, max_size=5),
    )
    def envia(ruta: str, cambios: list[tuple[int, str]]) -> None:
        pagina = _pedir(client, "get", ruta)
        texto = b"" if getattr(pagina, "streaming", False) else pagina.content
        campos = dict(_CAMPO.findall(texto.decode(errors="replace"))) or {"texto": ""}
        for lugar, dicho in cambios:
            campos[sorted(campos)[lugar % len(campos)]] = dicho
        respuesta = _pedir(client, "post", ruta, data=campos)
        CUENTAS["formas"].rechazos += respuesta.status_code >= 400

    envia()
