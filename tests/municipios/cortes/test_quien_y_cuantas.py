"""Quién abre y prepara los cortes municipales, y cuántas consultas hacen sus páginas."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from municipios.cortes import preparar, publicar
from municipios.models import CorteMunicipal, CorteMunicipalPublicado, Etapa
from sesiones import models as m
from sesiones.estados import TipoRol
from tests.cuentas.codigos import identificarse
from tests.ejes.lectura import visible
from tests.municipios.cortes.formas import RAIZ, campos, forma, guardar
from tests.municipios.fabricas import crear_municipal
from tests.personas import DESDE, DIA, Reparto

# --- Quién ---


def test_el_enlace_prepara_pero_no_publica(
    solo_total: CorteMunicipal, etapas: list[Etapa], client: Client, reparto: Reparto
) -> None:
    enlace = reparto.cuentas["extrana"]
    m.Rol.objects.create(organo=reparto.organo, usuario=enlace, tipo=TipoRol.ENLACE, vigente_desde=DESDE)
    mesa = identificarse(client, enlace)
    assert guardar(mesa, solo_total, **campos(etapas[1], "desglose"))[0] == 302
    assert "Publicar…" not in visible(mesa.get(f"{RAIZ}1/"))
    assert mesa.get(f"{RAIZ}1/publicar/").status_code == 403
    assert mesa.post(f"{RAIZ}1/publicar/").status_code == 403
    assert not CorteMunicipalPublicado.objects.exists()


def test_la_auditora_lee_y_no_prepara(solo_total: CorteMunicipal, client: Client, reparto: Reparto) -> None:
    client.force_login(reparto.cuentas["auditora"])
    dicho = visible(client.get(f"{RAIZ}1/"))
    assert "Solo se conoce el total: no se sabe qué municipios son." in dicho
    assert "Guardar" not in dicho
    assert client.post(f"{RAIZ}1/etapas/", forma(solo_total)).status_code == 403
    assert client.get(f"{RAIZ}1/datos/").status_code == 403


def test_quien_conduce_un_municipal_no_ve_los_borradores_del_estatal(
    corte: CorteMunicipal, client: Client, reparto: Reparto
) -> None:
    client.force_login(crear_municipal(reparto.organo).cuentas["facilitadora"])
    for pagina in ("", "nuevo/", "1/", "1/datos/", "1/previa/", "1/publicar/"):
        assert client.get(f"{RAIZ}{pagina}").status_code == 404
    assert client.post(f"{RAIZ}1/etapas/", forma(corte)).status_code == 404
    assert client.get("/gestion/municipios/cortes/stm-leon/").status_code == 404


# --- Cuántas consultas ---


def crear_varios(reparto: Reparto, cuantos: int) -> None:
    for n in range(cuantos):
        corte = preparar.abrir(reparto.organo, nombre=f"Corte {n}", fecha=DIA - dt.timedelta(days=n))
        publicar.publicar(corte, None, timezone.now())
        preparar.corregir(corte, "Se corrige.")


@pytest.mark.parametrize("cuantos", [1, 12])
def test_la_lista_hace_las_mismas_consultas_con_uno_y_con_muchos(
    reparto: Reparto,
    etapas: list[Etapa],
    mesa: Client,
    cuantos: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    crear_varios(reparto, cuantos)
    mesa.get(RAIZ)
    with django_assert_num_queries(8):
        assert visible(mesa.get(RAIZ)).count("publicado el") == cuantos


@pytest.mark.parametrize("cuantas", [2, 9])
def test_la_pagina_hace_las_mismas_consultas_con_pocas_y_con_muchas_etapas(
    corte: CorteMunicipal,
    reparto: Reparto,
    mesa: Client,
    cuantas: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(cuantas - 2):
        etapa = Etapa.objects.create(organo=reparto.organo, clave=f"mas-{n}", nombre=f"Más {n}", orden=n + 3)
        etapa.situaciones.create(clave="sin_informacion", nombre="Sin información", avance="sin_informacion")
    mesa.get(f"{RAIZ}1/")
    with django_assert_num_queries(18):
        assert mesa.get(f"{RAIZ}1/").content.decode().count("etapa-corte") == cuantas
