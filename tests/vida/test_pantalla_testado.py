"""La página donde se decide qué no se publica: marca, quita, propone, y no deja publicar un disparate."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from sesiones import publica
from sesiones.sospechas import sospechas
from tests.personas import Reparto
from tests.vida.publicas import MARCA, TELEFONO, publicar_sin_firmas, sellada_con_dato
from tests.vida.verificando import texto

Como = Callable[[str], Client]


def url(sello: m.Sello, resto: str = "") -> str:
    sesion = sello.acta.sesion
    return f"/mesa/{sesion.organo.clave}/{sesion.clave}/acta/publica/{resto}"


@pytest.mark.parametrize(
    ("papel", "estado"),
    [(None, 302), ("integrante", 403), ("auditora", 403), ("extrana", 404), ("facilitadora", 200)],
)
def test_solo_entra_quien_conduce(client: Client, reparto: Reparto, papel: str | None, estado: int) -> None:
    sello = sellada_con_dato(reparto)
    if papel:
        client.force_login(reparto.cuentas[papel])
    assert client.get(url(sello)).status_code == estado
    al_enviar = {None: 401, "facilitadora": 302}.get(papel, estado)
    assert client.post(url(sello), MARCA).status_code == al_enviar
    assert sello.testados.count() == (papel == "facilitadora")
    if papel in ("integrante", "extrana"):
        assert client.get(url(sello, "previa.pdf")).status_code == estado
        assert client.post(url(sello, "ignorar/"), {"texto": "x"}).status_code == estado


def test_se_marca_se_ve_y_se_quita(reparto: Reparto, como: Como) -> None:
    sello, cliente = sellada_con_dato(reparto), como("facilitadora")
    antes = texto(cliente.get(url(sello)))
    assert "No hay datos por testar: se publica completa." in antes
    assert "Parecen datos personales" in antes
    assert cliente.post(url(sello), MARCA).status_code == 302
    despues = texto(cliente.get(url(sello)))
    assert "Se publicará una versión pública (1 dato testado)" in despues
    assert "Llamar al testado 1" in despues
    assert "Parecen datos personales" not in despues
    assert cliente.post(url(sello), MARCA).status_code == 422
    previa = cliente.get(url(sello, "previa.pdf"))
    assert (previa.status_code, previa.content[:5]) == (200, b"%PDF-")


def test_una_sugerencia_se_ignora_sin_guardar_el_dato(reparto: Reparto, como: Como) -> None:
    sello, cliente = sellada_con_dato(reparto), como("facilitadora")
    cliente.post(url(sello, "ignorar/"), {"texto": TELEFONO})
    assert "Parecen datos personales" not in texto(cliente.get(url(sello)))
    assert TELEFONO not in str(dict(cliente.session))


def test_completa_si_no_hay_nada_que_testar(reparto: Reparto) -> None:
    sello = publicar_sin_firmas(reparto, sellada_con_dato(reparto))
    assert publica.lo_publico(sello).version is None
    assert not publica.reservado(sello.publicacion.pdf)


def test_la_pagina_cuesta_lo_mismo_con_una_y_con_muchas_marcas(
    reparto: Reparto, como: Como, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sello, cliente = sellada_con_dato(reparto), como("facilitadora")
    for cuantas in (1, 12):
        for n in range(cuantas):
            m.Testado.objects.get_or_create(
                sello=sello, texto=f"dato {n}", defaults={"motivo": "Dato", "fundamento": "Artículo"}
            )
        with django_assert_num_queries(23):
            cliente.get(url(sello))


@pytest.mark.parametrize(
    ("escrito", "motivo"),
    [
        ("ana.ruiz@ejemplo.com.mx", "Correo particular"),
        ("449 555 0147", "Teléfono particular"),
        ("+52 449-555-0147", "Teléfono particular"),
        ("(449) 555 01 47", "Teléfono particular"),
        ("4495550147", "Teléfono particular"),
        ("RUPA800101MASZXN09", "CURP"),
        ("RUPA800101AB1", "RFC"),
    ],
)
def test_se_sospecha_de_lo_que_parece_un_dato(escrito: str, motivo: str) -> None:
    contenido = {"bloques": [{"clave": "p", "clase": "parrafo", "texto": f"Dijo: **{escrito}**, y ya."}]}
    assert [(s.texto.strip("("), s.motivo) for s in sospechas(contenido)] == [(escrito.strip("("), motivo)]


@given(
    st.sampled_from(
        ["el 18 de marzo de 2026", "18/03/2026", "artículo 1234567", "C.P. 37150", "$1,234,567.00"]
    )
)
def test_no_se_sospecha_de_fechas_ni_cantidades(escrito: str) -> None:
    assert sospechas({"bloques": [{"clave": "p", "clase": "parrafo", "texto": escrito}]}) == []
