"""La página explica por qué el global cambia con la base, qué hace el redondeo y cuándo se cargó el corte."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from ejes.avance import Base, Formula, Trato, Umbrales
from ejes.cortes.corte import tomar
from ejes.cortes.cuadro import Cuadro, Metodo, Renglon
from ejes.cortes.explicar import por_que_varia, redondeados, sin_nada_en_medio
from ejes.models import Corte
from tests.ejes.lectura import visible

UMBRALES = Umbrales(Decimal(1), Decimal(50), Decimal(100))
PONDERADA = Metodo(Formula.PONDERADA, Trato.CERO, Base.EJES, UMBRALES)
MEDIA = Metodo(Formula.MEDIA, Trato.CERO, Base.EJES, UMBRALES)


def cuadro(metodo: Metodo, *ejes: Renglon) -> Cuadro:
    return Cuadro({}, {}, Renglon("", "Plan", metodo, partes=ejes))


def eje(metodo: Metodo, numero: int, declarado: int | None, *acciones: tuple[int, int]) -> Renglon:
    """Con un solo compromiso, que declara lo mismo; cada acción, con su avance y su peso."""
    cifra = None if declarado is None else Decimal(declarado)
    hojas = tuple(
        Renglon(f"{numero}.1.{n}", "Acción", metodo, declarado=Decimal(avance), peso=Decimal(peso))
        for n, (avance, peso) in enumerate(acciones, start=1)
    )
    compromiso = Renglon(f"{numero}.1", "Compromiso", metodo, declarado=cifra, partes=hojas)
    return Renglon(f"{numero}", "Eje", metodo, declarado=cifra, partes=(compromiso,))


@pytest.fixture
def con_redondeo() -> Cuadro:
    """Como el plan municipal de la demostración: 51 % por ejes y 54 % con las acciones juntas."""
    return cuadro(PONDERADA, eje(PONDERADA, 1, 67, (100, 1), (50, 2)), eje(PONDERADA, 2, 35, (70, 1), (0, 1)))


def test_dice_por_que_el_global_cambia_con_la_base(con_redondeo: Cuadro) -> None:
    assert {nombre: str(valor) for nombre, valor in con_redondeo.por_base} == {
        "los ejes": "51",
        "los compromisos": "51",
        "las acciones": "54",
    }
    assert por_que_varia(con_redondeo) == (
        "No da lo mismo con cada base porque no cuenta lo mismo: con los ejes, cada eje cuenta según su peso;"
        " con las acciones todas juntas, cuenta más el eje que las tiene más numerosas o de más peso, y lo"
        " mismo pasa con los compromisos."
    )


def test_sin_pesos_no_habla_de_ellos() -> None:
    sin_pesos = cuadro(MEDIA, eje(MEDIA, 1, None, (100, 1), (50, 1)), eje(MEDIA, 2, None, (0, 1)))
    assert "peso" not in por_que_varia(sin_pesos)
    assert "cuenta lo mismo que los demás" in por_que_varia(sin_pesos)


def test_si_nada_varia_no_explica_nada() -> None:
    parejo = cuadro(MEDIA, eje(MEDIA, 1, 40, (40, 1)), eje(MEDIA, 2, 40, (40, 1)))
    assert (por_que_varia(parejo), sin_nada_en_medio(parejo), redondeados(parejo)) == ("", "", "")


def test_dice_cuanto_seria_sin_lo_declarado_en_medio(con_redondeo: Cuadro) -> None:
    assert sin_nada_en_medio(con_redondeo).endswith("el global es 50.83 % y no 51 %.")


def test_dice_que_solo_cambia_por_el_redondeo(con_redondeo: Cuadro) -> None:
    dicho = "Solo por el redondeo se ven distintas: en 1.1, 67 % declarado y 66.67 % calculado."
    assert redondeados(con_redondeo) == dicho
    total = replace(con_redondeo.total, declarado=Decimal(52))  # difiere: no es redondeo
    assert redondeados(replace(con_redondeo, total=total)) == dicho


def test_la_pagina_del_informe_de_2023_lo_explica_y_dice_cuando_se_cargo(
    client: Client, corte: Corte
) -> None:
    texto = visible(client.get("/plan/2022-2024/informe/1/"))
    de_2023 = tomar(corte)
    for explicacion in (por_que_varia(de_2023), sin_nada_en_medio(de_2023), redondeados(de_2023)):
        assert explicacion
        assert explicacion in texto
    assert "Cargado en este portal el" in texto
    assert "el informe es al 30 de noviembre de 2023 y se presentó el 4 de diciembre de 2023" in texto
