"""Comparar dos cortes: lo que se ve de uno a otro, y lo que toda comparación cumple."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejes.avance import Base, Formula, Trato, Umbrales
from ejes.cortes.comparar import Comparacion, Rumbo, comparar
from ejes.cortes.cuadro import Cuadro, Metodo, Renglon

METODO = Metodo(Formula.MEDIA, Trato.CERO, Base.EJES, Umbrales())
VEINTE = Decimal(20)
Dicho = tuple[Decimal | None, str]
porcentajes = st.decimals(min_value=0, max_value=100, places=2)
dichos = st.tuples(porcentajes, st.just("")) | st.tuples(
    st.none(), st.sampled_from(["", "en diseño", "en licitación"])
)
codigos = st.tuples(st.integers(1, 3), st.integers(1, 12), st.integers(1, 3))
planes = st.dictionaries(codigos, dichos, max_size=12)
PAREJAS = (  # el mismo hecho visto desde el otro corte
    (Rumbo.SUBIO, Rumbo.BAJO),
    (Rumbo.A_CIFRA, Rumbo.A_PALABRAS),
    (Rumbo.YA_SE_SABE, Rumbo.YA_NO_SE_SABE),
    (Rumbo.APARECE, Rumbo.DESAPARECE),
    (Rumbo.IGUAL, Rumbo.IGUAL),
    (Rumbo.OTRAS_PALABRAS, Rumbo.OTRAS_PALABRAS),
)


def cuadro(acciones: dict[tuple[int, int, int], Dicho]) -> Cuadro:
    """El cuadro que tiene justo esas acciones."""
    ejes = []
    for e in sorted({e for e, _, _ in acciones}):
        compromisos = []
        for c in sorted({c for eje, c, _ in acciones if eje == e}):
            suyas = sorted((a, dicho) for (eje, com, a), dicho in acciones.items() if (eje, com) == (e, c))
            partes = tuple(Renglon(f"{e}.{c}.{a}", "Hacer", METODO, *dicho) for a, dicho in suyas)
            compromisos.append(Renglon(f"{e}.{c}", "Compromiso", METODO, partes=partes))
        ejes.append(Renglon(f"{e}", "Eje", METODO, partes=tuple(compromisos)))
    return Cuadro({}, {}, Renglon("", "Plan", METODO, partes=tuple(ejes)))


def una(antes: Dicho | None, ahora: Dicho | None) -> Comparacion:
    """La comparación de un plan que solo tiene la acción 1.1.1."""
    return comparar(*(cuadro({(1, 1, 1): d} if d else {}) for d in (antes, ahora)))


def cifra(numero: str) -> Dicho:
    return Decimal(numero), ""


@pytest.mark.parametrize(
    ("antes", "ahora", "rumbo", "dicho"),
    [
        (cifra("30"), cifra("42.5"), Rumbo.SUBIO, "Subió 12.5 puntos"),
        (cifra("30"), cifra("29"), Rumbo.BAJO, "Bajó 1 punto"),
        (cifra("30"), cifra("30.00"), Rumbo.IGUAL, "Sin cambio"),
        (cifra("30"), (None, "en diseño"), Rumbo.A_PALABRAS, "De cifra a palabras"),
        ((None, "en diseño"), cifra("0"), Rumbo.A_CIFRA, "De palabras a cifra"),
        ((None, "en diseño"), (None, "en diseño"), Rumbo.IGUAL, "Sin cambio"),
        ((None, "en diseño"), (None, "listo"), Rumbo.OTRAS_PALABRAS, "Se dice con otras palabras"),
        ((None, ""), cifra("10"), Rumbo.YA_SE_SABE, "Antes no tenía avance"),
        (cifra("10"), (None, ""), Rumbo.YA_NO_SE_SABE, "Se quedó sin avance"),
        (None, cifra("10"), Rumbo.APARECE, "Nuevo en el plan"),
        (cifra("10"), None, Rumbo.DESAPARECE, "Ya no está en el plan"),
    ],
)
def test_cada_cambio_tiene_su_nombre(
    antes: Dicho | None, ahora: Dicho | None, rumbo: Rumbo, dicho: str
) -> None:
    accion = next(d for d in una(antes, ahora).diferencias if d.codigo == "1.1.1")
    assert (accion.rumbo, accion.dicho) == (rumbo, dicho)


def test_un_renglon_sin_declarar_se_compara_por_lo_calculado_y_lo_dice() -> None:
    comparacion = una(cifra("30"), cifra("50"))
    assert [(d.codigo, d.dicho_antes, d.dicho_ahora, d.puntos) for d in comparacion.diferencias] == [
        ("1", "30 % calculado", "50 % calculado", VEINTE),
        ("1.1", "30 % calculado", "50 % calculado", VEINTE),
        ("1.1.1", "30 %", "50 %", VEINTE),
        ("", "30 % calculado", "50 % calculado", VEINTE),
    ]


def test_las_cuentas_dicen_cuantas_de_cada_cosa() -> None:
    antes = cuadro({(1, 1, 1): cifra("10"), (1, 1, 2): cifra("10"), (1, 2, 1): cifra("5")})
    ahora = cuadro({(1, 1, 1): cifra("20"), (1, 1, 2): cifra("30"), (1, 2, 1): (None, "detenida")})
    assert comparar(antes, ahora).cuentas == "De 3 acciones, 2 suben · 1 pasa de cifra a palabras."


def test_el_orden_es_el_del_plan_y_no_el_del_abecedario() -> None:
    plan = cuadro({(1, 10, 1): cifra("1"), (1, 2, 1): cifra("1")})
    codigos = [d.codigo for d in comparar(plan, plan).diferencias]
    assert codigos == ["1", "1.2", "1.2.1", "1.10", "1.10.1", ""]


@given(planes)
def test_contra_si_mismo_nada_cambia(acciones: dict[tuple[int, int, int], Dicho]) -> None:
    igual = comparar(cuadro(acciones), cuadro(acciones))
    assert {d.rumbo for d in igual.diferencias} == {Rumbo.IGUAL}
    assert igual.cambiadas == ()


@given(planes, planes)
def test_cada_renglon_sale_una_vez_y_ninguno_se_pierde(
    antes: dict[tuple[int, int, int], Dicho], ahora: dict[tuple[int, int, int], Dicho]
) -> None:
    viejo, nuevo = cuadro(antes), cuadro(ahora)
    salidos = Counter(d.codigo for d in comparar(viejo, nuevo).diferencias)
    assert salidos == Counter({r.codigo for r in (*viejo.renglones, *nuevo.renglones)})


@given(planes, planes)
def test_al_reves_se_lee_al_reves(
    antes: dict[tuple[int, int, int], Dicho], ahora: dict[tuple[int, int, int], Dicho]
) -> None:
    ida, vuelta = (
        comparar(cuadro(antes), cuadro(ahora)).diferencias,
        comparar(cuadro(ahora), cuadro(antes)).diferencias,
    )
    for va, viene in zip(ida, vuelta, strict=True):
        assert (va.rumbo, viene.rumbo) in PAREJAS or (viene.rumbo, va.rumbo) in PAREJAS
        assert (va.puntos is None) is (viene.puntos is None)
        assert va.puntos is None or va.puntos == -(viene.puntos or 0)


@given(planes, planes)
def test_subir_y_bajar_es_lo_que_dice_la_resta(
    antes: dict[tuple[int, int, int], Dicho], ahora: dict[tuple[int, int, int], Dicho]
) -> None:
    for d in comparar(cuadro(antes), cuadro(ahora)).diferencias:
        con_signo = {Rumbo.SUBIO: 1, Rumbo.BAJO: -1, Rumbo.IGUAL: 0}
        if d.puntos is None:
            assert d.rumbo not in (Rumbo.SUBIO, Rumbo.BAJO)
        else:
            assert con_signo[d.rumbo] == (d.puntos > 0) - (d.puntos < 0)
