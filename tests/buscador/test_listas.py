"""Las listas que filtran por palabras encuentran lo mismo que el buscador y solo leen lo de su página."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from sesiones.cierre import cerrar
from stl_portal.buscador.coincidencias import Filtros
from stl_portal.buscador.filtrar import Hallados, que_dicen
from stl_portal.buscador.fuentes import Lugar
from tests import fabricas
from tests.buscador.halla import poner
from tests.personas import Reparto

pytestmark = pytest.mark.usefixtures("fuente_de_prueba")


def lugar(n: int, **mas: Any) -> Lugar:
    fecha = dt.date(2020, 1, 1) + dt.timedelta(days=n)
    comun: dict[str, Any] = {"fecha": fecha, "organo": "stl", "objeto": n, "texto": "agua"}
    return Lugar(**{"clave": f"s{n}", "clase": "sesion", "titulo": "Sesión", "url": "/"} | comun | mas)


def test_por_paginas_en_el_orden_del_buscador_y_con_sus_filtros() -> None:
    poner(
        *(lugar(n) for n in range(1, 46)),
        lugar(50, ficticio=True),
        lugar(400, organo="stm-leon"),
        lugar(60, clase="acuerdo"),
        lugar(61, texto="drenaje"),
    )
    todas = Hallados("agua", Filtros("sesion"))
    assert len(todas) == 47
    assert [todas[:3], todas[20:22], todas[45:60]] == [[400, 45, 44], [26, 25], [1, 50]]
    del_stl = Hallados("agua", Filtros("sesion", "stl", 2020))
    assert (len(del_stl), del_stl[:2], del_stl[44:50]) == (46, [45, 44], [1, 50])
    assert (len(Hallados("***", Filtros("sesion"))), Hallados("", Filtros("sesion"))[:5]) == (0, [])


@pytest.mark.parametrize("cuantas", [1, 30])
def test_una_pagina_cuesta_lo_mismo(cuantas: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    poner(*(lugar(n) for n in range(1, cuantas + 1)))
    todas = Hallados("agua", Filtros("sesion"))
    with django_assert_num_queries(3 if connection.vendor == "postgresql" else 2):
        assert (len(todas), len(todas[:20])) == (cuantas, min(cuantas, 20))


def test_lo_mismo_con_filtros_que_el_buscador_no_conoce(client: Client, reparto: Reparto) -> None:
    """Por tipo o por número se filtra en la base, con las mismas palabras; lo que no es público no está."""
    publica = fabricas.crear_en_curso(reparto, lugar="Casa del Agua")
    cerrar(publica, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    fabricas.crear_sesion(reparto, lugar="Agua reservada")
    assert list(m.Sesion.objects.filter(que_dicen("agua", "sesion"))) == [publica]
    assert m.Sesion.objects.filter(que_dicen("", "sesion")).count() == 2
    assert m.Sesion.objects.filter(que_dicen("¿?", "sesion")).count() == 0
    for consulta in (
        "q=agua",
        "q=agua&tipo=ordinaria",
        f"q=agua&anio={publica.fecha.year}",
        "q=1",
        "q=primera",
    ):
        halladas = client.get(f"/sesiones/?{consulta}").context["sesiones"]
        assert [s.pk for s in halladas] == [publica.pk], consulta
    assert client.get("/sesiones/?q=reservada").context["sesiones"] == []
