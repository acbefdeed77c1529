"""El visor de una evidencia dice de dónde es, según quien la abre."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ejes.models import Entrega, Evidencia
from tests.ejes.entregas import crear_entrega, publicar
from tests.personas import Reparto


@pytest.fixture
def entrega(reparto: Reparto) -> Entrega:
    return crear_entrega(reparto)


def ligas(client: Client) -> tuple[list[str], list[str]]:
    """A dónde se vuelve y en qué otras páginas está el archivo."""
    archivo = Evidencia.objects.exclude(archivo=None).get().archivo
    assert archivo
    cuerpo = client.get(reverse("archivo:ver", args=(archivo.huella,))).content.decode()
    migas = re.search(r'<nav class="migas".*?</nav>', cuerpo, re.DOTALL)
    otras = re.search(r"También está en .*?</p>", cuerpo, re.DOTALL)
    return tuple(re.findall(r'href="([^"]+)"', parte[0]) if parte else [] for parte in (migas, otras))  # type: ignore[return-value]


@pytest.mark.parametrize("papel", ["facilitadora", "auditora"])
def test_quien_revisa_vuelve_a_la_revision(
    client: Client, reparto: Reparto, entrega: Entrega, papel: str
) -> None:
    client.force_login(reparto.cuentas[papel])
    assert ligas(client) == (["/", entrega.reporte.url_de_revision], [])
    publicar(entrega)
    publica = Evidencia.objects.select_related("plan").exclude(archivo=None).get().get_absolute_url()
    assert ligas(client) == (["/", entrega.reporte.url_de_revision], [publica])


def test_cualquiera_vuelve_a_la_pagina_publica_de_la_evidencia(client: Client, entrega: Entrega) -> None:
    publicar(entrega)
    publica = Evidencia.objects.select_related("plan").exclude(archivo=None).get().get_absolute_url()
    assert ligas(client) == (["/", publica], [])
    assert client.get(publica).status_code == 200


def test_quien_la_subio_vuelve_a_las_evidencias_de_su_reporte(
    client: Client, reparto: Reparto, entrega: Entrega
) -> None:
    client.force_login(reparto.cuentas["integrante"])
    assert ligas(client) == (["/", f"/reportes/{entrega.reporte_id}/evidencias/"], [])
