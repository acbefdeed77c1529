"""Quien todavía no empieza no se publica en ninguna parte, y aparece en todas el día que empieza."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from sesiones import models as m
from sesiones.buscables import integrantes
from tests.buscador.halla import al_dia, claves, todo_lo_indexado
from tests.personas import Reparto
from tests.sesiones.datos.mundo import lo_que_viene

pytestmark = pytest.mark.django_db
DONDE = (
    "/datos/integrantes.json",
    "/api/v1/integrantes/?limite=200",
    "/datos/popolo.json",
    "/datos/organos.json",
    "/integrantes/prueba/historia/",
    "/integrantes/prueba/",
    "/integrantes/prueba/?al=2100-01-01",
)
DICHOS = ("Titular Por Venir", "Suplente Por Venir", "Institución Por Venir", "Órgano Por Venir")


def _lo_que_dicen(client: Client) -> dict[str, set[str]]:
    """Lo que cada dirección dice de lo que viene."""
    cuerpos = {url: b"".join(client.get(url)).decode() for url in DONDE}
    return {url: {dicho for dicho in DICHOS if dicho in cuerpo} for url, cuerpo in cuerpos.items()}


def test_lo_que_empieza_despues_se_publica_el_dia_que_empieza(
    client: Client, reparto: Reparto, monkeypatch: pytest.MonkeyPatch
) -> None:
    empieza = timezone.localdate() + dt.timedelta(days=1)
    lo_que_viene(reparto, empieza)
    actual = m.Denominacion.objects.get(organo=reparto.organo)
    m.Denominacion(
        organo=reparto.organo,
        nombre="Órgano Por Venir",
        nombre_corto="Órgano Por Venir",
        siglas="OPV",
        vigente_desde=empieza,
    ).suceder()
    assert _lo_que_dicen(client) == {url: set() for url in DONDE}
    assert [claves(f'"{dicho}"') for dicho in DICHOS] == [[], [], [], []]
    assert "por venir" not in todo_lo_indexado().lower()
    assert al_dia()
    assert integrantes.poner_al_dia() == 0
    monkeypatch.setattr(timezone, "localdate", lambda *_: empieza)
    call_command("atender_plazos", stdout=StringIO())
    assert integrantes.poner_al_dia() == 0  # correrlo de más no repite nada
    personas = {"Titular Por Venir", "Suplente Por Venir"}
    completos = {*personas, "Institución Por Venir"}
    assert _lo_que_dicen(client) == {
        "/datos/integrantes.json": completos,
        "/api/v1/integrantes/?limite=200": completos,
        "/datos/popolo.json": {*DICHOS},
        "/datos/organos.json": {"Órgano Por Venir"},
        "/integrantes/prueba/historia/": {*DICHOS},
        "/integrantes/prueba/": {*DICHOS},
        "/integrantes/prueba/?al=2100-01-01": {*DICHOS},
    }
    assert [len(claves(f'"{dicho}"')) for dicho in DICHOS] == [2, 1, 1, 1]
    assert claves(f'"{actual.nombre}"') == ["organo:prueba"]  # por el de antes también se encuentra
    assert al_dia()
