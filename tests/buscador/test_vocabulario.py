"""«¿Quisiste decir…?»: se propone lo que hoy se lee en algo público, y nada más."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from stl_portal.buscador import erratas, reindexar
from stl_portal.buscador.fuentes import Lugar
from stl_portal.buscador.models import Hallable, Vocablo
from tests.buscador.halla import poner

pytestmark = pytest.mark.usefixtures("fuente_de_prueba")
AlConfirmar = Callable[..., AbstractContextManager[Any]]
LUGARES = (
    Lugar("a", "acta", "Transparencia", "/a", "Presupuesto participativo de León"),
    Lugar("b", "acta", "Capacitación", "/b", "Para los municipios"),
)


@pytest.fixture(autouse=True)
def puestos(fuente_de_prueba: None, django_capture_on_commit_callbacks: AlConfirmar) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        poner(*LUGARES)


@pytest.mark.parametrize(
    ("escrito", "propuesto"),
    [
        ("trasparencia", "transparencia"),
        ("Presupesto participativo", "presupuesto participativo"),
        ("capasitacion", "capacitación"),
        ("transparencia", ""),
        ("zzzzzzzz", ""),
        ("trasparencia presupesto", ""),
        ("1999", ""),
        ("xviii", ""),
        ("", ""),
        ('"presupesto participativo"', '"presupuesto participativo"'),
        ("capasitacion presupuesto", ""),
    ],
)
def test_propone_lo_que_se_parece_y_da_resultados(escrito: str, propuesto: str) -> None:
    assert erratas.sugerencia(escrito) == propuesto


def test_lo_que_dejo_de_leerse_no_se_propone_y_reindexar_lo_olvida() -> None:
    poner(LUGARES[1])
    assert Vocablo.objects.filter(palabra="transparencia").exists()
    assert erratas.sugerencia("trasparencia") == ""
    reindexar.rehacer_todo()
    assert not Vocablo.objects.filter(palabra="transparencia").exists()
    assert Vocablo.objects.filter(palabra="capacitacion").exists()


def test_no_se_propone_una_palabra_que_solo_comparte_su_raiz_con_lo_publico() -> None:
    """El apellido que se testó puede quedar en el vocabulario; la raíz la comparte otra palabra pública."""
    Vocablo.objects.create(palabra="presupuestos")
    Hallable.objects.filter(clave="b").delete()
    assert erratas.sugerencia("prezupuestos") == "presupuesto"


def test_si_el_acto_se_deshace_no_se_anota_nada(django_capture_on_commit_callbacks: AlConfirmar) -> None:
    with django_capture_on_commit_callbacks(execute=False):
        poner(*LUGARES, Lugar("c", "acta", "Zarzuela", "/c"))
    assert not Vocablo.objects.filter(palabra="zarzuela").exists()


def test_la_pagina_lo_ofrece_como_liga_y_escapado(client: Client) -> None:
    pagina = client.get("/buscar/", {"q": "trasparencia"}).content.decode()
    assert '<a href="?q=transparencia"><strong>transparencia</strong></a>' in pagina
    assert "Quisiste" not in client.get("/buscar/", {"q": "transparencia"}).content.decode()
    rara = client.get("/buscar/", {"q": "<b>trasparencia</b>"}).content.decode()
    assert "<b>" not in rara.partition('id="contenido"')[2]
