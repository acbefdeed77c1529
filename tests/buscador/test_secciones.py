"""A qué páginas se lleva a quien pregunta con sus palabras."""

import pytest
from django.test import Client

from stl_portal.buscador.secciones import SECCIONES, nombradas


@pytest.mark.parametrize(
    ("escrito", "direcciones"),
    [
        ("como va el plan de accion", ["/plan/"]),
        ("¿Cuándo es la PRÓXIMA sesión?", ["/calendario/", "/sesiones/"]),
        ("compromisos cumplidos", ["/plan/", "/acuerdos/"]),
        ("datos de asistencias", ["/datos/asistencias/", "/datos/"]),
        ("quién integra el secretariado", ["/integrantes/"]),
        ("¿Quién faltó a las sesiones?", ["/integrantes/", "/sesiones/"]),
        ("agua potable", []),
        ("", []),
    ],
)
def test_lo_que_se_pregunta_lleva_a_la_pagina_de_su_tema(escrito: str, direcciones: list[str]) -> None:
    assert [seccion.url for seccion in nombradas(escrito)] == direcciones


@pytest.mark.django_db
def test_cada_seccion_abre(client: Client) -> None:
    assert {url: client.get(url).status_code for url in SECCIONES} == dict.fromkeys(SECCIONES, 200)
