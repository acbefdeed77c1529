"""Un órgano se nombra en los títulos como se dice: «del Secretariado», «de la Comisión»."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.personas import Reparto


@pytest.mark.parametrize(
    ("nombre", "dicho"),
    [
        ("Secretariado Técnico Local", "Integrantes del Secretariado Técnico Local"),
        ("Comisión de Datos", "Integrantes de la Comisión de Datos"),
        ("Colores del Rincón", "Integrantes de Colores del Rincón"),
    ],
)
def test_el_titulo_lleva_el_articulo_del_organo(
    client: Client, reparto: Reparto, nombre: str, dicho: str
) -> None:
    reparto.organo.denominaciones.update(nombre=nombre, nombre_corto=nombre)
    pagina = client.get(reverse("sesiones:integrantes_de", args=("prueba",))).content.decode()
    assert f"<h1>{dicho}</h1>" in pagina
    assert f"<title>{dicho}" in " ".join(pagina.split()).replace("<title> ", "<title>")
