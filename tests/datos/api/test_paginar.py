"""Leer por páginas da exactamente todas las filas: ni una de más, ni una de menos."""

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from stl_portal.datos import filtros
from stl_portal.datos.api import cursor
from stl_portal.datos.registro import CONJUNTOS, Conjunto
from tests import fabricas
from tests.datos.api.lector import RAIZ, ids, leer, paginas
from tests.datos.muestra import crear
from tests.personas import Reparto, crear_reparto


@pytest.mark.parametrize(("limite", "cuantas"), [(1, 7), (3, 3), (7, 1), (200, 1)])
def test_cualquier_limite_da_todas_las_filas(
    client: Client, acordada: m.Sesion, limite: int, cuantas: int
) -> None:
    leidas = paginas(client, "acuerdos", limite=limite)
    numeros = [fila["numero"] for pagina in leidas for fila in pagina]
    assert (numeros, len(leidas)) == ([1, 2, 3, 4, 5, 6, 7], cuantas)


def test_un_objeto_que_da_varias_filas_se_puede_partir(client: Client, reparto: Reparto) -> None:
    for numero in range(3):
        fabricas.crear_suplencia(
            reparto,
            folio=f"P-{numero}",
            vigente_desde=f"202{numero}-01-01",
            vigente_hasta=f"202{numero}-12-31",
        )
    esperados = [str(fila[0]) for fila in CONJUNTOS["integrantes"].todas()]
    assert len(esperados) == 9  # seis asientos, y el segundo con un titular y tres suplencias
    for limite in (1, 2, 3, 200):
        assert ids(client, "integrantes", limite=limite) == esperados


def test_lo_que_se_publica_entre_paginas_ni_repite_ni_salta(
    client: Client, reparto: Reparto, acordada: m.Sesion
) -> None:
    primera = leer(client, f"{RAIZ}acuerdos/?limite=4")
    otra = m.Sesion.objects.exclude(pk=acordada.pk).get()
    m.Sesion.objects.filter(pk=otra.pk).update(estado="concluida")  # se publica su acuerdo
    segunda = leer(client, primera["siguiente_url"])
    textos = [fila["texto"] for fila in (*primera["filas"], *segunda["filas"])]
    assert textos == [*(f"Acuerdo de prueba {n}" for n in range(1, 8)), "Acuerdo todavía reservado"]
    assert segunda["siguiente"] is None


def test_lo_que_se_retira_entre_paginas_no_arrastra_a_lo_demas(client: Client, acordada: m.Sesion) -> None:
    primera = leer(client, f"{RAIZ}acuerdos/?limite=3")
    m.Acuerdo.objects.filter(numero__in=(3, 4)).delete()  # la última entregada y la que seguía
    segunda = leer(client, primera["siguiente_url"])
    assert [fila["numero"] for fila in segunda["filas"]] == [5, 6, 7]


def test_lo_que_se_agrega_antes_en_el_mismo_objeto_no_repite(client: Client, reparto: Reparto) -> None:
    fabricas.crear_suplencia(reparto, vigente_desde="2024-01-01")
    entregadas = leer(client, f"{RAIZ}integrantes/?limite=3")  # se corta en la suplencia
    asiento = reparto.asientos["poder"]
    anterior = m.Nombramiento.objects.create(
        asiento=asiento, persona=reparto.personas["civil"], cargo="Antes", vigente_hasta="2024-12-31"
    )
    demas = leer(client, f"{RAIZ}integrantes/?cursor={entregadas['siguiente']}")
    suyas = [fila["id"] for fila in (*entregadas["filas"], *demas["filas"])]
    assert len(suyas) == len(set(suyas)) == 7
    assert f"prueba/asiento-{asiento.pk}/titular-{anterior.pk}" not in suyas  # llegó después de leerse ahí


def test_la_pagina_que_sigue_conserva_lo_pedido(client: Client, acordada: m.Sesion) -> None:
    pagina = leer(client, f"{RAIZ}acuerdos/?limite=2&organo=prueba&anio=2026")
    assert pagina["siguiente_url"] == (
        f"{RAIZ}acuerdos/?limite=2&organo=prueba&anio=2026&cursor={pagina['siguiente']}"
    )


def test_los_filtros_valen_en_todas_las_paginas(client: Client, acordada: m.Sesion) -> None:
    crear_reparto("otro")
    assert ids(client, "organos", limite=1) == ["prueba", "otro"]
    assert ids(client, "acuerdos", limite=2, organo="otro") == []
    assert len(ids(client, "acuerdos", limite=2, organo="prueba")) == 7
    assert len(ids(client, "acuerdos", limite=2, desde="2026-03-18", hasta="2026-03-18")) == 7
    assert ids(client, "acuerdos", desde="2026-03-19") == []


def test_lo_que_se_compara_fila_por_fila_se_lee_por_lotes(
    muestra: Conjunto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    crear(150)
    seleccion = filtros.leer(muestra, QueryDict("hasta_el_dia=2026-03-02&intentos=1"))
    with django_assert_num_queries(1):  # y no una por cada tres avisos
        unica, despues = cursor.pagina(seleccion, 1)
    assert ([fila[0] for fila in unica], despues) == (["aviso/1"], None)
    por_semana = filtros.leer(muestra, QueryDict("intentos=3"))
    leidas: list[object] = []
    sigue: cursor.Cursor | None = None
    while True:
        filas, dicho = cursor.pagina(por_semana, 2, sigue)
        leidas += [fila[0] for fila in filas]
        if dicho is None:
            break
        sigue = cursor.leer(muestra, dicho)
    assert leidas == [f"aviso/{n}" for n in range(3, 150, 7)]


def test_sin_filas_la_pagina_viene_vacia(client: Client, reparto: Reparto) -> None:
    assert leer(client, f"{RAIZ}votos/") == {"filas": [], "siguiente": None, "siguiente_url": None}
