"""Seguir los cortes municipales con un lector de noticias o por correo."""

import datetime as dt

import pytest
from django.test import Client
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from municipios.cortes import preparar, publicar
from municipios.cortes.seguidores import temas
from municipios.models import CorteMunicipal
from sesiones.models import Organo
from tests.municipios.cortes.conftest import AHORA
from tests.personas import DIA, Reparto

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def publicar_varios(reparto: Reparto, cuantos: int) -> list[CorteMunicipal]:
    cortes = []
    for n in range(cuantos):
        corte = preparar.abrir(reparto.organo, nombre=f"Corte {n}", fecha=DIA + dt.timedelta(days=n))
        publicar.publicar(corte, None, AHORA + dt.timedelta(minutes=n))
        cortes.append(corte)
    return cortes


@pytest.mark.usefixtures("etapas")
def test_las_novedades_dicen_lo_ultimo_publicado_y_nada_de_lo_que_se_prepara(
    reparto: Reparto, client: Client
) -> None:
    primero, segundo = publicar_varios(reparto, 2)
    preparar.corregir(segundo, "Se corrige <algo>.")
    arbol = etree.fromstring(client.get("/municipios/novedades.atom").content)
    assert arbol.xpath("//a:entry/a:title/text()", namespaces=ATOM) == ["Corte 1", "Corte 0"]
    ligas = arbol.xpath("//a:entry/a:link/@href", namespaces=ATOM)
    assert [liga.partition("://")[2].partition("/")[2] for liga in ligas] == [
        c.get_absolute_url()[1:] for c in (segundo, primero)
    ]


@pytest.mark.usefixtures("etapas")
def test_dicen_que_corrigen_y_si_el_organo_es_ficticio(reparto: Reparto, client: Client) -> None:
    Organo.objects.filter(pk=reparto.organo.pk).update(ficticio=True)
    (corte,) = publicar_varios(reparto, 1)
    publicar.publicar(preparar.corregir(corte, "Eran <2>."), None, AHORA + dt.timedelta(hours=1))
    arbol = etree.fromstring(client.get("/municipios/novedades.atom").content)
    titulos = arbol.xpath("//a:entry/a:title/text()", namespaces=ATOM)
    assert titulos == ["Corte 0 (corrección) (órgano ficticio)", "Corte 0 (órgano ficticio)"]
    assert "Corrige: Eran &lt;2&gt;." in arbol.xpath("//a:entry/a:summary/text()", namespaces=ATOM)[0]


@pytest.mark.usefixtures("etapas")
@pytest.mark.parametrize("cuantos", [1, 12])
def test_las_novedades_hacen_las_mismas_consultas_con_uno_y_con_muchos(
    reparto: Reparto, client: Client, cuantos: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publicar_varios(reparto, cuantos)
    with django_assert_num_queries(2):
        client.get("/municipios/novedades.atom")


@pytest.mark.usefixtures("etapas")
def test_se_ofrece_seguir_a_quien_ya_publico_algo(reparto: Reparto) -> None:
    preparar.abrir(reparto.organo, nombre="Borrador", fecha=DIA)
    assert list(temas(DIA)) == []
    publicar_varios(reparto, 1)
    assert [(tema.clave, str(tema)) for tema in temas(DIA)] == [
        ("municipios:prueba", "Avance de los municipios, Secretariado: cortes")
    ]
