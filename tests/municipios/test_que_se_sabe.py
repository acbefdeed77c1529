"""Qué dice un corte que se sabe de los municipios, y en qué etapa se abre."""

import datetime as dt

import pytest
from django.http import QueryDict

from municipios.ciudadania.tabla import consultar, que_se_sabe
from municipios.documento import CorteLeido, EtapaLeida, SituacionLeida
from municipios.estados import Avance

SIN_NADA = "De «A» todavía no se sabe nada."
EN_TOTAL = "De «B» solo se sabe cuántos municipios hay en cada situación, no cuáles son."


def etapa(nombre: str, sabidos: int, *, solo_total: bool = False) -> EtapaLeida:
    """De 46: tantos cumplieron y de los demás no hay información."""
    situaciones = (
        SituacionLeida("sin", "Sin información", Avance.SIN_INFORMACION, 46 - sabidos),
        SituacionLeida("si", "Cumplido", Avance.CUMPLIDO, sabidos),
    )
    return EtapaLeida(nombre.lower(), nombre, "", solo_total, situaciones)


def corte(*etapas: EtapaLeida) -> CorteLeido:
    """Un corte con esas etapas y sin renglones."""
    dia = dt.date(2026, 7, 1)
    return CorteLeido("prueba", 1, "Corte", dia, "", "", None, None, 46, etapas, {}, {})


@pytest.mark.parametrize(
    ("etapas", "dicho", "abre"),
    [
        ([etapa("A", 46)], "De cada municipio se sabe su situación en «A».", "a"),
        ([etapa("A", 0)], SIN_NADA, "a"),
        ([etapa("A", 0), etapa("B", 0)], "De «A» y «B» todavía no se sabe nada.", "a"),
        ([etapa("A", 0), etapa("B", 2, solo_total=True)], f"{EN_TOTAL} {SIN_NADA}", "b"),
        (
            [etapa("B", 2, solo_total=True), etapa("C", 46)],
            f"De cada municipio solo se sabe su situación en «C». {EN_TOTAL}",
            "c",
        ),
        (
            [etapa("A", 0), etapa("C", 46), etapa("D", 1)],
            "Se sabe la situación de 46 municipios en «C» y de 1 municipio en «D»; de los demás, todavía no."
            f" {SIN_NADA}",
            "c",
        ),
    ],
)
def test_lo_que_no_se_sabe_no_se_da_por_sabido(etapas: list[EtapaLeida], dicho: str, abre: str) -> None:
    leido = corte(*etapas)
    assert que_se_sabe(leido) == dicho
    elegida = consultar(QueryDict(), leido).etapa
    assert elegida is not None
    assert elegida.clave == abre
