"""Desde dónde se llega a los planes y a sus cortes: los que uno administra o audita, y ninguno más."""

import pytest
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

from ejes.models import Plan
from tests.ejes.fabricas import crear_plan
from tests.ejes.lectura import visible
from tests.personas import Reparto

INDICES = {"/gestion/plan/": "/gestion/plan/prueba/", "/gestion/cortes/": "/gestion/cortes/prueba/"}


def ligas(client: Client, url: str) -> list[str]:
    return html.fromstring(client.get(url).content.decode()).xpath("//article//a/@href")


@pytest.mark.parametrize(("indice", "del_plan"), INDICES.items())
def test_lista_los_planes_de_quien_conduce(
    client: Client, reparto: Reparto, indice: str, del_plan: str
) -> None:
    crear_plan(reparto.organo)
    client.force_login(reparto.cuentas["auditora"])
    assert ligas(client, indice) == [del_plan]
    assert "1 corte" in visible(client.get(indice))
    client.force_login(reparto.cuentas["extrana"])
    assert ligas(client, indice) == []
    assert "No administras planes" in visible(client.get(indice))


def test_mi_portal_lleva_a_los_demas_planes_cuando_los_hay(client: Client, reparto: Reparto) -> None:
    crear_plan(reparto.organo)
    client.force_login(reparto.cuentas["facilitadora"])
    assert "Todos los planes" not in visible(client.get("/mi/"))
    Plan.objects.create(organo=reparto.organo, clave="viejo", nombre="Plan de antes", inicio=2020, fin=2021)
    assert "/gestion/plan/" in ligas(client, "/mi/")


def test_de_los_reportes_se_llega_a_los_que_hay_que_revisar(client: Client, reparto: Reparto) -> None:
    for papel, va in (("colega", True), ("integrante", False)):
        client.force_login(reparto.cuentas[papel])
        pagina = html.fromstring(client.get("/reportes/").content.decode())
        assert ("/reportes/revision/" in pagina.xpath("//main//a/@href")) is va


@pytest.mark.parametrize("indice", INDICES)
def test_consultas_fijas_con_uno_o_muchos_planes(
    client: Client, reparto: Reparto, indice: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    for desde in (0, 1):
        for n in range(desde, desde * 20 + 1):
            Plan.objects.create(organo=reparto.organo, clave=f"p{n}", nombre="Plan", inicio=2020, fin=2021)
        with django_assert_num_queries(3):
            client.get(indice)
