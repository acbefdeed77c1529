"""El PDF del acta de cada sesión real dice todos los hechos de su documento."""

import json
from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from sesiones.constancia_publica import fallas
from sesiones.models import Acta, LugarDeFirma, Sesion
from tests.hechos import cargar, faltantes, hoja_de_firmas, texto_de_pdf

# Leen lo cargado; que se cargue en las dos bases lo prueba `test_carga`.
pytestmark = [pytest.mark.apariencia, pytest.mark.usefixtures("cargada")]

ACTAS = {"acta-xviii": 18, "acta-xxi": 21}
FIRMAS = {"acta-xviii": 8, "acta-xxi": 10}
AJENOS = {
    "acta-xviii": ["vía remota", "Karla Venecia López", "Asociación Mexicana de Mujeres Empresarias"],
    "acta-xxi": ["artículos II fracc. VI", "Primero", "Regina Mercado Calderón", "Ramírez García"],
}
NO_FIRMAN = {"acta-xviii": "Juan Sámano Gómez", "acta-xxi": "Carlos Torres Barrientos"}


@pytest.fixture(params=ACTAS)
def nombre(request: pytest.FixtureRequest) -> str:
    """Cada acta real, por turno."""
    return str(request.param)


@pytest.fixture
def texto(nombre: str, client: Client) -> str:
    """El texto del PDF que la facilitadora descarga de la mesa."""
    client.force_login(get_user_model().objects.get(email="facilitadora@demo.example"))
    sesion = Sesion.objects.get(organo__clave="stl", numero=ACTAS[nombre])
    respuesta = client.get(reverse("actas:acta_pdf", args=("stl", sesion.clave)))
    assert respuesta["Content-Type"] == "application/pdf"
    return texto_de_pdf(respuesta.getvalue())


def test_el_pdf_dice_todos_los_hechos_y_firma_quien_debe(nombre: str, texto: str) -> None:
    hechos = cargar(nombre)
    assert faltantes(hechos, texto) == []
    hoja = hoja_de_firmas(texto)
    firmas = [hecho for hecho in hechos if hecho.clave.startswith("firma-")]
    assert len(firmas) == FIRMAS[nombre]
    assert faltantes([replace(firma, veces=1) for firma in firmas], hoja) == []
    assert NO_FIRMAN[nombre] not in " ".join(hoja.split())


def test_el_acta_no_dice_lo_que_no_paso(nombre: str, texto: str) -> None:
    de_una_linea = " ".join(texto.split())
    for ajeno in ("por mayoría", "ficticio", "demostración", "demo.example", *AJENOS[nombre]):
        assert ajeno not in de_una_linea
    otra = next(otro for otro in ACTAS if otro != nombre)
    assert len(faltantes(cargar(otra), texto)) > 30


def test_las_actas_ficticias_estan_publicada_por_firmar_y_en_revision() -> None:
    actas = Acta.objects.filter(sesion__organo__clave="demo").order_by("sesion__fecha")
    assert list(actas.values_list("estado", flat=True)) == ["publicada", "por_firmar", "circulada"]
    assert not Acta.objects.exclude(sesion__organo__ficticio=True).exists()
    publicada, por_firmar = (acta.sello for acta in actas[:2])
    clases = LugarDeFirma.objects.values_list("firmas__clase", flat=True).order_by("orden")
    assert list(clases.filter(sello=publicada)) == [
        "simple",
        "autografa",
        "autografa",
        "simple",
        "simple",
        "simple",
    ]
    assert clases.filter(sello=por_firmar, firmas__isnull=True).count() == 7
    assert json.loads(bytes(publicada.documento))["ficticio"] is True
    assert list(fallas()) == []


def test_la_pagina_del_acta_dice_que_su_organo_es_ficticio(client: Client) -> None:
    sesion = Sesion.objects.get(organo__clave="demo", numero=1)
    pagina = client.get(f"{sesion.get_absolute_url()}acta/").content.decode()
    assert "Órgano ficticio" in pagina
    assert "Secretariado Técnico Local de Demostración (ficticio)" in pagina
