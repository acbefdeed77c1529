"""La página de revisión cuesta lo mismo con una observación que con muchas, y con cualquier papel."""

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from sesiones import pendientes, revision
from sesiones.estados import Atencion
from tests.personas import DIA, Reparto, crear_reparto
from tests.vida.conftest import JUEVES, concluida
from tests.vida.revisiones import Como, lugar, otra_ronda, url

QUIEN_REVISA, QUIEN_CONDUCE, ENTRE_RONDAS = 37, 36, 14
DE_QUIEN_CONDUCE, DE_QUIEN_REVISA, LO_DE_ANTES = 1, 1, 1


def observar(ronda: m.Ronda, reparto: Reparto, cuantas: int) -> None:
    """Cada una en un párrafo, de alguien distinto; la mitad, atendidas."""
    claves = [p["clave"] for p in ronda.parrafos]
    for numero in range(cuantas):
        quien = lugar(ronda, reparto, ("civil", "poder", "academia")[numero % 3])
        hecha = quien.observar(timezone.now(), texto=f"Falta {numero}.", clave=claves[numero % len(claves)])
        if numero % 2:
            por = reparto.cuentas["facilitadora"]
            hecha.atender(por, timezone.now(), atencion=Atencion.INCORPORADA)


def sumar_revisores(ronda: m.Ronda, cuantos: int) -> None:
    """Más personas que revisan."""
    for numero in range(cuantos):
        persona = m.Persona.objects.create(nombre=f"Persona {numero}")
        ronda.revisores.create(persona=persona, nombre=persona.nombre)


@pytest.mark.parametrize("cuantas", [1, 12])
def test_la_pagina(
    reparto: Reparto,
    ronda: m.Ronda,
    como: Como,
    cuantas: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    observar(ronda, reparto, cuantas)
    sumar_revisores(ronda, cuantas)
    for papel, consultas in (("integrante", QUIEN_REVISA), ("facilitadora", QUIEN_CONDUCE)):
        cliente = como(papel)
        with django_assert_num_queries(consultas):
            texto = cliente.get(url(ronda.acta)).content.decode()
        assert texto.count('class="observacion"') == cuantas


@pytest.mark.parametrize("cuantas", [1, 12])
def test_lo_observado_antes_sigue_plegado_junto_a_su_parrafo(
    reparto: Reparto,
    ronda: m.Ronda,
    como: Como,
    cuantas: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    observar(ronda, reparto, cuantas)
    lugar(ronda, reparto).observar(timezone.now(), texto="Sobre todo.")
    otra_ronda(reparto, ronda)
    for papel, consultas in (("integrante", QUIEN_REVISA), ("facilitadora", QUIEN_CONDUCE)):
        cliente = como(papel)
        with django_assert_num_queries(consultas + LO_DE_ANTES):
            texto = cliente.get(url(ronda.acta)).content.decode()
        assert texto.count('class="observacion"') == cuantas + 1
        assert 'details class="detalle previas"' in texto
        primera = ronda.parrafos[0]["clave"]
        assert f'id="acta-{primera}"' in texto.split("Falta 0.")[0]
        assert 'action="/mesa' not in texto.split("Falta 0.")[1].split("</details>")[0]


@pytest.mark.parametrize("cuantas", [1, 12])
def test_los_cambios(
    reparto: Reparto,
    ronda: m.Ronda,
    como: Como,
    cuantas: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    observar(ronda, reparto, cuantas)
    otra_ronda(reparto, ronda)
    cliente = como("integrante")
    with django_assert_num_queries(ENTRE_RONDAS):
        texto = cliente.get(url(ronda.acta, "cambios", 2)).content.decode()
    assert texto.count('class="observacion"') == cuantas


@pytest.mark.parametrize("cuantas", [1, 3])
def test_lo_que_a_cada_quien_le_toca(
    reparto: Reparto, cuantas: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    conduce, revisa, persona = reparto.cuentas["facilitadora"], reparto.cuentas["extrana"], "poder"
    m.Persona.objects.filter(pk=reparto.personas[persona].pk).update(usuario=revisa)
    for numero in range(cuantas):
        otro = crear_reparto(f"otro{numero}")
        m.Rol.objects.create(usuario=conduce, organo=otro.organo, tipo="facilitadora")
        ronda = revision.circular(concluida(otro), conduce, JUEVES)
        lugar(ronda, otro).observar(JUEVES, texto="Falta algo.")
        ronda.revisores.filter(persona=otro.personas[persona]).update(persona=reparto.personas[persona])
    with django_assert_num_queries(DE_QUIEN_CONDUCE):
        assert len(list(pendientes.de_revisiones(conduce, DIA))) == cuantas
    with django_assert_num_queries(DE_QUIEN_REVISA):
        assert len(list(pendientes.de_quien_revisa(revisa, DIA))) == cuantas
