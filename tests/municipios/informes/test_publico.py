"""Lo que cualquiera lee de los informes trimestrales."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from municipios import carga
from municipios.informes import publicados
from municipios.informes.trimestres import Trimestre
from sesiones import anexos
from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.archivo.models import CopiaPublica
from tests.municipios.fabricas import LEON
from tests.personas import Reparto

from .llenar import JULIO, entregado, municipal, publicado

pytestmark = pytest.mark.django_db
LISTA = reverse("municipios:informes")


@pytest.fixture
def leon() -> Reparto:
    """El secretariado municipal, con los 46 municipios."""
    carga.cargar()
    return municipal()


def test_solo_se_lee_lo_publicado_y_se_filtra(client: Client, leon: Reparto) -> None:
    informe = publicado(leon)
    entregado(leon, Trimestre(2026, 2))
    html = client.get(LISTA).content.decode()
    assert "Julio a septiembre de 2026" in html
    assert "Abril a junio de 2026" not in html
    assert "Julio a septiembre" in client.get(LISTA, {"municipio": LEON, "anio": "2026"}).content.decode()
    assert client.get(LISTA, {"municipio": "11001"}).status_code == 422  # no tiene ninguno: no se ofrece
    assert client.get(LISTA, {"anio": "dos mil"}).status_code == 422
    pagina = client.get(publicados.url_de(informe)).content.decode()
    assert "Se difundió en el mes 8." in pagina
    assert "Se tomó nota en la" in pagina
    sin_publicar = reverse("municipios:informe", args=(leon.organo.clave, 2))
    assert client.get(sin_publicar).status_code == 404


def test_del_que_se_publico_testado_solo_se_lee_el_pdf(client: Client, leon: Reparto) -> None:
    informe = publicado(leon)
    assert informe.anexo
    assert informe.anexo.archivo
    copia = almacen.guardar_propio(b"informe testado", "version-publica.pdf")
    CopiaPublica.objects.create(original=informe.anexo.archivo, publico=copia, zonas=[])
    m.AnexoPublicado.objects.create(
        anexo=informe.anexo, archivo=copia, publicado_el=timezone.now(), eslabon=1
    )
    pagina = client.get(publicados.url_de(informe)).content.decode()
    assert "Se difundió en el mes" not in pagina
    assert "Se publicó con datos personales testados" in pagina
    assert copia.huella in pagina
    assert informe.anexo.archivo.huella not in pagina


def test_retirado_deja_de_existir(client: Client, leon: Reparto) -> None:
    informe = publicado(leon)
    assert informe.anexo
    anexos.retirar(informe.anexo, None, timezone.now(), "Traía datos personales")
    assert client.get(publicados.url_de(informe)).status_code == 404
    assert "Julio a septiembre" not in client.get(LISTA).content.decode()


def test_la_pagina_de_la_sesion_enlaza_el_informe_que_se_presento(client: Client, leon: Reparto) -> None:
    informe = publicado(leon)
    assert informe.anexo
    punto = informe.anexo.punto_id
    assert punto
    (ligado,) = publicados.de_puntos([punto])[punto]
    assert (ligado.texto, ligado.url) == (str(informe), publicados.url_de(informe))
    assert publicados.de_organos([leon.organo.pk]) == {leon.organo.pk: [ligado]}
    assert ligado.url in client.get(informe.anexo.sesion.get_absolute_url()).content.decode()


def test_la_lista_cuesta_lo_mismo_con_uno_que_con_tres(
    client: Client, leon: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    primero = publicado(leon)
    assert primero.anexo
    for trimestre in (JULIO.anterior, JULIO.anterior.anterior):
        client.get(LISTA)
        with django_assert_num_queries(6):
            client.get(LISTA)
        publicado(leon, trimestre, primero.anexo.sesion)
