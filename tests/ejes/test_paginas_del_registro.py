"""El registro público lleva a la página de lo que nombra, si cualquiera puede leerla."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from ejes.models import Plan, ReportePublicado
from stl_portal.sello.registro import paginas
from tests.ejes.entregas import corregir_y_publicar, crear_entrega, publicar
from tests.ejes.publicados import cortar, repetir
from tests.personas import Reparto

# Lee lo publicado; que se guarde lo prueban las de publicar.
pytestmark = pytest.mark.apariencia


@pytest.fixture
def publicado(reparto: Reparto) -> ReportePublicado:
    """Con dos entregas publicadas y un informe."""
    publicado = publicar(crear_entrega(reparto))
    corregir_y_publicar(publicado.reporte)
    cortar(publicado.reporte.eje.plan, 1)
    return publicado


def ligas(client: Client, url: str = "/registro/") -> set[str]:
    """A qué páginas del plan lleva."""
    arbol = html.fromstring(client.get(url).content.decode())
    return set(arbol.xpath("//main//a[starts-with(@href, '/plan/')]/@href"))


def test_lleva_a_cada_cosa_y_a_su_version(client: Client, publicado: ReportePublicado) -> None:
    reporte = publicado.reporte
    plan = reporte.eje.plan
    publicas = (*plan.cortes.publicados(), *plan.evidencias.publicadas())
    suyas = {f"{reporte.get_absolute_url()}?version={n}" for n in (1, 2)}
    suyas |= {cosa.get_absolute_url() for cosa in publicas}
    assert len(suyas) > 3
    assert ligas(client) == suyas
    assert {client.get(url).status_code for url in suyas} == {200}
    version = f"{reporte.get_absolute_url()}?version={publicado.entrega.numero}"
    assert ligas(client, f"/registro/eslabon/{publicado.eslabon}/") == {version}


def test_lo_que_no_es_publico_se_nombra_sin_liga(client: Client, publicado: ReportePublicado) -> None:
    Plan.objects.update(estado="borrador")
    assert ligas(client) == set()
    assert ligas(client, f"/registro/eslabon/{publicado.eslabon}/") == set()


@pytest.mark.parametrize(
    "objeto",
    ["", "otra:1", "corte:", "corte:prueba", "reporte:prueba/1", "reporte:otro/1/1", "evidencia:x/a"],
)
def test_lo_que_no_existe_no_tiene_pagina(publicado: ReportePublicado, objeto: str) -> None:
    assert paginas([objeto]) == {}


def test_las_consultas_no_crecen(client: Client, publicado: ReportePublicado) -> None:
    def consultas() -> int:
        with CaptureQueriesContext(connection) as hechas:
            assert client.get("/registro/").status_code == 200
        return len(hechas)

    assert consultas() == 6
    repetir(publicado, 3)
    cortar(publicado.reporte.eje.plan, 3)
    assert consultas() == 6
