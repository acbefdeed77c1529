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
from tests.cuentas.codigos import identificarse
from tests.hechos import texto_de_pdf
from tests.personas import Reparto
from tests.vida.publicas import MARCA, TELEFONO, publicar_sin_firmas, sellada_con_dato
from tests.vida.verificando import texto

pytestmark = pytest.mark.apariencia

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
    assert "Todavía no marcas ningún dato: así se publica completa." in antes
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
        with django_assert_num_queries(24):
            cliente.get(url(sello))


def test_la_confirmacion_avisa_de_lo_que_parece_un_dato(client: Client, reparto: Reparto) -> None:
    m.Regla.objects.update(publica_sin_firmas=True)
    sello = sellada_con_dato(reparto)
    sesion, cliente = sello.acta.sesion, identificarse(client, reparto.cuentas["facilitadora"])
    confirmar = f"/mesa/{sesion.organo.clave}/{sesion.clave}/acta/publicar/"
    aviso = "Parecen datos personales y no están testados"
    antes = texto(cliente.get(confirmar))
    assert aviso in antes
    assert TELEFONO in antes
    cliente.post(url(sello), MARCA)
    assert aviso not in texto(cliente.get(confirmar))


def test_lo_testado_tampoco_se_lee_en_la_hoja_de_firmas(reparto: Reparto, como: Como) -> None:
    sello, cliente = sellada_con_dato(reparto), como("facilitadora")
    nombre = sello.lugares.earliest("orden").nombre
    assert cliente.post(url(sello), MARCA | {"texto": nombre, "motivo": "Nombre"}).status_code == 302
    acta = cliente.get(url(sello)).content.decode().partition("data-testable")[2]
    assert nombre not in acta
    assert "testado 1" in acta


@pytest.mark.parametrize(
    ("antes", "despues"),
    [(f"Llamar al {TELEFONO}", "Llamar al 449"), ("Llamar al 449", f"Llamar al {TELEFONO}")],
)
def test_dos_marcas_no_se_enciman(reparto: Reparto, como: Como, antes: str, despues: str) -> None:
    sello, cliente = sellada_con_dato(reparto), como("facilitadora")
    assert cliente.post(url(sello), MARCA | {"texto": antes}).status_code == 302
    respuesta = cliente.post(url(sello), MARCA | {"texto": despues})
    assert respuesta.status_code == 422
    assert "Se encima con el dato 1: quita uno." in texto(respuesta)
    assert sello.testados.count() == 1


def test_la_sugerencia_de_un_acta_publica_llena_la_forma(reparto: Reparto, como: Como) -> None:
    sello, cliente = publicar_sin_firmas(reparto, sellada_con_dato(reparto)), como("facilitadora")
    assert 'name="proponer"' in cliente.get(url(sello)).content.decode()
    respuesta = cliente.post(url(sello), MARCA | {"proponer": "1"})
    assert respuesta.status_code == 200
    pagina = respuesta.content.decode()
    assert f'value="{TELEFONO}"' in pagina.partition('id="marcar"')[2].partition("</form>")[0]
    assert "Falta corregir" not in pagina
    assert not sello.testados.exists()


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


def test_antes_de_publicar_de_nuevo_se_ve_como_quedara_sin_guardar_nada(reparto: Reparto, como: Como) -> None:
    sello, cliente = publicar_sin_firmas(reparto, sellada_con_dato(reparto)), como("facilitadora")
    assert "Ver antes cómo quedará (PDF)" in texto(cliente.get(url(sello)))
    respuesta = cliente.post(url(sello), MARCA | {"por_que": "Es un teléfono.", "ver": "1"})
    assert respuesta["Content-Type"] == "application/pdf"
    leido = texto_de_pdf(respuesta.content)
    assert TELEFONO not in leido
    assert not sello.testados.exists()
    assert publica.lo_publico(sello).version is None
    sin_motivo = cliente.post(url(sello), MARCA | {"por_que": "", "ver": "1"})
    assert sin_motivo.status_code == 422
