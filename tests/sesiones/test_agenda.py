"""El orden del día: se numera solo, se anida y nunca pierde acuerdos."""

from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sesiones import models as m
from tests.fabricas import crear_en_curso, crear_punto, crear_sesion
from tests.personas import Reparto

AJUSTES: dict[str, Any] = {
    "max_examples": 30,
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}
MOVIMIENTOS = st.lists(
    st.tuples(st.integers(0, 5), st.one_of(st.none(), st.integers(0, 5)), st.integers(1, 9)), max_size=12
)


@given(movimientos=MOVIMIENTOS)
@settings(**AJUSTES)
def test_mover_nunca_deja_huecos_ni_ciclos(
    movimientos: list[tuple[int, int | None, int]], reparto: Reparto
) -> None:
    sesion = crear_sesion(reparto)
    ids = [crear_punto(sesion, f"Punto {n}").pk for n in range(6)]
    for cual, dentro, lugar in movimientos:
        punto = m.Punto.objects.get(pk=ids[cual])
        padre = m.Punto.objects.get(pk=ids[dentro]) if dentro is not None else None
        with suppress(ValidationError):
            punto.mover(padre=padre, lugar=lugar)
    arbol = sesion.puntos.en_arbol()
    assert sorted(p.pk for p in arbol) == sorted(ids)
    assert [p.posicion for p in arbol] == list(range(6))
    assert max(p.nivel for p in arbol) < 3
    for padre_id in {p.padre_id for p in arbol}:
        hermanos = [p for p in arbol if p.padre_id == padre_id]
        assert [p.orden for p in hermanos] == list(range(1, len(hermanos) + 1))
        assert len({p.etiqueta for p in hermanos}) == len(hermanos)


def test_se_numera_como_el_acta_de_referencia(reparto: Reparto) -> None:
    sesion = crear_sesion(reparto)
    crear_punto(sesion, "Pase de lista")
    asuntos = crear_punto(sesion, "Asuntos")
    crear_punto(sesion, "Primero", padre=asuntos)
    crear_punto(sesion, "Segundo", padre=asuntos)
    crear_punto(sesion, "Clausura")
    assert [(p.etiqueta, p.nivel) for p in sesion.puntos.en_arbol()] == [
        ("I", 0),
        ("II", 0),
        ("a)", 1),
        ("b)", 1),
        ("III", 0),
    ]


def test_un_punto_agregado_en_sesion_queda_marcado(reparto: Reparto) -> None:
    sesion = crear_en_curso(reparto)
    assert crear_punto(sesion, "Urgente").en_sesion is True
    assert sesion.puntos.first().en_sesion is False  # type: ignore[union-attr]


def test_un_punto_con_acuerdos_no_se_borra(reparto: Reparto) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    m.Acuerdo.agregar(punto, texto="Se acuerda.")
    with pytest.raises(ValidationError, match="no se puede borrar porque tiene acuerdos"):
        punto.quitar()
    assert m.Punto.objects.filter(pk=punto.pk).exists()


@pytest.mark.parametrize("resultado", ["retirado", "pospuesto"])
def test_retirar_o_posponer_exige_motivo(reparto: Reparto, resultado: str) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    with pytest.raises(ValidationError, match="Escribe el motivo"):
        punto.resolver(resultado, motivo="  ")
    punto.resolver(resultado, motivo="Falta información")
    punto.refresh_from_db()
    assert (punto.resultado, punto.motivo) == (resultado, "Falta información")


@given(orden=st.lists(st.integers(1, 7), max_size=8))
@settings(**AJUSTES)
def test_los_acuerdos_se_renumeran_sin_huecos(orden: list[int], reparto: Reparto) -> None:
    sesion = crear_en_curso(reparto)
    punto = sesion.puntos.get()
    for n in range(1, 6):
        m.Acuerdo.agregar(punto, texto=f"Acuerdo {n}")
    for destino in orden:
        ultimo = sesion.acuerdos.last()
        assert ultimo is not None
        ultimo.mover(destino)
    primero = sesion.acuerdos.first()
    assert primero is not None
    primero.quitar()
    assert list(sesion.acuerdos.values_list("numero", flat=True)) == [1, 2, 3, 4]
