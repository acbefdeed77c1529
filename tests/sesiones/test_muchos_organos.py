"""Con cuarenta y seis órganos y años de sesiones, cada página consulta lo mismo que con casi nada."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from municipios import carga
from sesiones import models as m
from sesiones import muchos, pendientes
from stl_portal.buscador import reindexar
from stl_portal.cuentas.models import Usuario

# Página y consultas de quien administra todos los órganos; las públicas, sin entrar.
PUBLICAS = {
    "/": 45,
    "/sesiones/": 6,
    "/sesiones/?q=ensayo": 9,
    "/sesiones/muchos-1/": 14,
    "/acuerdos/": 14,
    "/acuerdos/?q=informe": 17,
    "/integrantes/muchos-1/": 10,
    "/municipios/": 2,
    "/municipios/11001/": 14,
}
PRIVADAS = {
    "/mi/": 51,
    "/mesa/": 5,
    "/mesa/muchos-1/": 18,
    "/mesa/muchos-1/sesiones/": 8,
    "/mesa/muchos-1/acuerdos/": 10,
    "/mesa/muchos-1/registros/asientos/": 12,
    "/mesa/muchos-1/registros/roles/": 9,
    "/mesa/muchos-1/nueva/": 11,
}
TODAS = {**PUBLICAS, **PRIVADAS}
DE_POSTGRES = 1  # al buscar palabras pregunta, además, de cuándo a cuándo hay


@pytest.fixture
def cargar(db: None) -> Any:
    """Crea el estatal y los municipales que se pidan, con un año de sesiones cada uno."""
    carga.cargar()
    return lambda organos, anios: muchos.crear(organos, anios, timezone.localdate())


@contextmanager
def _contando() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as consultas:
        yield consultas


def _cuantas(pagina: str) -> int:
    client = Client()
    if pagina in PRIVADAS:
        client.force_login(Usuario.objects.get(email=muchos.QUIEN))
    client.get(pagina)  # lo que se consulta una vez por proceso ya está
    with _contando() as consultas:
        assert client.get(pagina).status_code == 200
    return len(consultas)


@pytest.mark.parametrize(("organos", "anios"), [(1, 1), (46, 2)])
def test_las_mismas_consultas_con_un_organo_que_con_cuarenta_y_seis(
    cargar: Any, organos: int, anios: int
) -> None:
    cargar(organos, anios)
    de_uno = m.Sesion.objects.filter(organo__clave="muchos-1").values_list("clave", flat=True)
    reindexar.rehacer(f"sesion:muchos-1/{clave}" for clave in de_uno)
    reindexar.al_dia()
    de_mas = DE_POSTGRES if connection.vendor == "postgresql" else 0
    deben = {pagina: cuantas + ("?q=" in pagina) * de_mas for pagina, cuantas in TODAS.items()}
    assert {pagina: _cuantas(pagina) for pagina in TODAS} == deben


def test_crea_lo_que_dice_y_numera_cada_organo_por_su_cuenta(cargar: Any) -> None:
    creado = cargar(2, 1)
    assert (creado.organos, creado.sesiones) == (2, 24)
    assert m.Acuerdo.objects.abiertos().count() == 2 * muchos.ABIERTAS * 2
    for organo in m.Organo.objects.filter(clase="municipal"):
        assert sorted(organo.sesiones.values_list("numero", flat=True)) == list(range(1, 13))
        assert organo.ficticio
        assert m.Serie.proximo(organo, "sesion:ordinaria") == 13
        assert m.Acuerdo.objects.filter(sesion__organo=organo).count() == 24
        assert m.Asistencia.objects.filter(sesion__organo=organo).count() == 48
        for fila in organo.sesiones.all():
            fila.full_clean()


def test_no_se_carga_en_produccion_ni_dos_veces(settings: Settings, cargar: Any) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="solo se cargan en una demostración"):
        call_command("cargar_muchos", stdout=StringIO())
    settings.DEMO = True
    salida = StringIO()
    call_command("cargar_muchos", organos=1, anios=1, stdout=salida)
    assert salida.getvalue() == "1 secretariados ficticios y 12 sesiones.\n"
    with pytest.raises(CommandError, match="Ya estaban"):
        call_command("cargar_muchos", organos=1, anios=1, stdout=StringIO())


@pytest.mark.parametrize("cuanto", [{"organos": 0}, {"anios": 0}])
def test_pedir_nada_se_explica(db: None, cuanto: dict[str, int]) -> None:
    with pytest.raises(CommandError, match="Al menos un órgano y un año"):
        call_command("cargar_muchos", **cuanto, stdout=StringIO())


def test_las_actas_atrasadas_se_piden_una_por_una_hasta_la_tercera(cargar: Any) -> None:
    cargar(1, 1)
    quien = Usuario.objects.get(email=muchos.QUIEN)
    titulos = [p.titulo for p in pendientes.de_quien_conduce(quien, timezone.localdate())]
    primeras = list(m.Sesion.objects.order_by("fecha")[:3])
    assert titulos == [
        *(f"Publica el acta de la {sesion}" for sesion in primeras),
        "9 sesiones más sin acta publicada",
    ]


def test_a_quien_funda_muchos_le_toca_por_paginas_y_sus_mesas_van_juntas(client: Client, cargar: Any) -> None:
    cargar(7, 1)
    client.force_login(Usuario.objects.get(email=muchos.QUIEN))
    primera, segunda = (client.get("/mi/", {"page": n}) for n in (1, 2))
    # De cada órgano, su acta más vieja, las otras once y su informe trimestral.
    cuantas = [len(pagina.context["pendientes"]) for pagina in (primera, segunda)]
    assert cuantas == [20, 1]
    todas = [p.titulo for pagina in (primera, segunda) for p in pagina.context["pendientes"]]
    assert todas.count("11 sesiones más sin acta publicada") == 7
    assert sum(titulo.startswith("Publica el acta de la ") for titulo in todas) == 7
    texto = primera.content.decode()
    assert "Son 21, primero lo urgente: aquí van del 1 al 20." in texto
    assert 'aria-label="Páginas de lo que te toca"' in texto
    assert re.findall(r"L[ao]s de tus 7 secretariados municipales", texto) == [
        "Las de tus 7 secretariados municipales",  # sus mesas
        "Los de tus 7 secretariados municipales",  # sus informes
    ]
    assert texto.count("Mesa del Secretariado") == 1  # la del estatal
    assert client.get("/mesa/").content.decode().count("Mesa del Secretariado") == 8
