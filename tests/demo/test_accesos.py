"""Cada persona del elenco puede lo que su papel dice, y nada más."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from sesiones.models import Sesion

# Leen lo cargado; que se cargue en las dos bases lo prueba `test_carga`.
pytestmark = [pytest.mark.apariencia, pytest.mark.usefixtures("cargada")]

PASOS = ("convocatoria", "asistencia", "orden", "desahogo", "cierre")
CONDUCEN = ("facilitadora", "tecnica")
LEEN_SOLO_DEMO = ("presidencia", "integrante", "suplente")


def entrar(client: Client, quien: str) -> None:
    client.force_login(get_user_model().objects.get(email=f"{quien}@demo.example"))


def estados(client: Client, organo: str) -> set[int]:
    """Códigos con que responden los pasos de la mesa y el acta de las sesiones del órgano."""
    sesiones = Sesion.objects.filter(organo__clave=organo).select_related("organo")
    rutas = [sesion.paso_url(paso) for sesion in sesiones for paso in PASOS]
    rutas += [reverse("actas:acta", args=(organo, sesion.clave)) for sesion in sesiones]
    return {client.get(ruta, follow=True).status_code for ruta in rutas}


@pytest.mark.parametrize("quien", [*CONDUCEN, "lectora"])
def test_quien_tiene_rol_en_ambos_organos_ve_todas_las_mesas(quien: str, client: Client) -> None:
    entrar(client, quien)
    assert (estados(client, "demo"), estados(client, "stl")) == ({200}, {200})


@pytest.mark.parametrize("quien", LEEN_SOLO_DEMO)
def test_quien_integra_el_organo_ficticio_no_ve_la_mesa_del_real(quien: str, client: Client) -> None:
    entrar(client, quien)
    assert (estados(client, "demo"), estados(client, "stl")) == ({200}, {404})


def test_para_la_cuenta_sin_rol_la_mesa_no_existe(client: Client) -> None:
    entrar(client, "visitante")
    assert (estados(client, "demo"), estados(client, "stl")) == ({404}, {404})
    assert client.get("/mi/").status_code == 200


@pytest.mark.parametrize("quien", ["lectora", *LEEN_SOLO_DEMO])
def test_quien_solo_lee_no_puede_declarar_quorum(quien: str, client: Client) -> None:
    entrar(client, quien)
    sesion = Sesion.objects.get(organo__clave="demo", estado="convocada")
    assert (
        client.post(reverse("mesa:quorum", args=("demo", sesion.clave)), {"hora": "10:00"}).status_code == 403
    )
    assert sesion.quorums.count() == 0


@pytest.mark.parametrize("ruta", ["/", "/sesiones/", "/sesiones/demo/", "/acuerdos/", "/integrantes/demo/"])
def test_lo_ficticio_se_anuncia_donde_aparece(ruta: str, client: Client) -> None:
    principal = client.get(ruta).content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    nombrado = re.findall(
        r"(?:Secretariado|Secretariado Técnico Local) de Demostración( \(ficticio\))?", principal
    )
    assert nombrado
    assert all(nombrado)
