"""Con la demostración completa: el índice quedó entero al cargarla y da lo mismo que rehacerlo desde cero."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from stl_portal.buscador import reindexar
from stl_portal.buscador.fuentes import clases
from stl_portal.buscador.models import Hallable
from tests.buscador.halla import al_dia, claves, en_orden, todo_lo_indexado


@pytest.fixture(autouse=True)
def cargada(demostracion: None, db: None) -> None:
    """Lo que una prueba cambie se deshace al terminar esa prueba."""


def _foto() -> list[tuple[object, ...]]:
    return sorted(Hallable.objects.values_list(*reindexar.CAMPOS))


def test_quedo_al_dia_y_hay_de_cada_clase() -> None:
    assert al_dia()
    sin_ninguno = clases().keys() - set(Hallable.objects.values_list("clase", flat=True))
    assert sin_ninguno == set()


def test_rehacerlo_desde_cero_da_exactamente_lo_mismo() -> None:
    antes = _foto()
    Hallable.objects.all().delete()
    assert claves("sesion") == []
    assert reindexar.rehacer_todo() == len(antes)
    assert _foto() == antes


def test_cada_liga_abre_una_pagina_publica_en_su_lugar(client: Client) -> None:
    """De cada clase, la primera y la última: quien llega encuentra lo que buscó."""
    for clase in clases():
        filas = Hallable.objects.filter(clase=clase).order_by("clave")
        for fila in {filas.first(), filas.last()} - {None}:
            assert fila is not None
            camino, _, ancla = fila.url.partition("#")
            respuesta = client.get(camino)
            assert respuesta.status_code == (302 if clase == "anexo" else 200), fila.clave  # al archivo
            if ancla:
                assert f'id="{ancla}"' in respuesta.content.decode(), fila.clave


def test_no_guarda_correos_rfc_ni_curp() -> None:
    guardado = todo_lo_indexado()
    assert re.findall(r"[\w.]+@[\w.]+\.\w+", guardado) == []
    assert re.findall(r"\b[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}\b", guardado, re.IGNORECASE) == []
    assert re.findall(r"\b[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d\b", guardado, re.IGNORECASE) == []


@pytest.mark.parametrize(
    ("q", "primera"),
    [
        ("león", "municipio:11020"),
        ("xviii ordinaria", "sesion:stl/xviii-ordinaria-2020"),
        ("1.5.3", "accion:2022-2024/1.5.3"),
        ("transparencia incluyente", "eje:2022-2024/5"),
    ],
)
def test_lo_que_alguien_esperaria_sale_primero(q: str, primera: str) -> None:
    assert en_orden(q)[0] == primera


def test_lo_ficticio_va_despues_de_lo_real() -> None:
    orden = [Hallable.objects.get(clave=clave).ficticio for clave in en_orden("acuerdo")]
    assert orden == sorted(orden)


def test_volver_a_cargarla_no_cambia_el_indice(tmp_path_factory: pytest.TempPathFactory) -> None:
    antes = _foto()
    with open(tmp_path_factory.mktemp("otra") / "carga.txt", "w") as dicho:
        call_command("cargar_demo", stdout=dicho)
    assert _foto() == antes
