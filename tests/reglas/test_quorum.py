"""Quórum: casos reales, todas las reglas configurables y las propiedades que ninguna puede violar."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sesiones.estados import Sector
from sesiones.quorum import (
    FRASE_MAXIMA,
    Lugar,
    ReglaQuorum,
    calcular,
    fraccion_en_palabras,
    regla_en_palabras,
    requeridos,
)


def lugares(presentes: int, total: int, **cambios: object) -> list[Lugar]:
    """`total` asientos ocupados de los que asisten los primeros."""
    return [Lugar(i, presente=i < presentes, **cambios) for i in range(total)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fraccion", "mas_uno", "redondeo", "base", "esperados"),
    [
        (Fraction(1, 2), True, "abajo", 9, 5),
        (Fraction(1, 2), True, "arriba", 9, 6),
        (Fraction(1, 2), True, "abajo", 10, 6),
        (Fraction(1, 2), False, "arriba", 9, 5),
        (Fraction(1, 2), False, "abajo", 9, 4),
        (Fraction(2, 3), False, "arriba", 10, 7),
        (Fraction(2, 3), False, "abajo", 10, 6),
        (Fraction(1), True, "abajo", 7, 7),
        (Fraction(0), False, "abajo", 7, 1),
        (Fraction(0), True, "abajo", 7, 1),
        (Fraction(1, 2), True, "abajo", 1, 1),
        (Fraction(1, 2), True, "abajo", 0, 1),
    ],
)
def test_requeridos(fraccion: Fraction, mas_uno: bool, redondeo: str, base: int, esperados: int) -> None:
    regla = ReglaQuorum(fraccion=fraccion, mas_uno=mas_uno, redondeo=redondeo)  # type: ignore[arg-type]
    assert requeridos(regla, base) == esperados


def test_XVIII_siete_de_diez_asientos_con_la_facilitadora() -> None:
    regla = ReglaQuorum(cuenta_facilitadora=True, fundamento="art. 14")
    filas = [*lugares(6, 9), Lugar(9, presente=True, facilitadora=True, tiene_voto=False)]
    cuenta = calcular(regla, filas)
    assert (cuenta.hay, cuenta.presentes, cuenta.base, cuenta.requeridos) == (True, 7, 10, 6)
    assert cuenta.frase() == "7 de 10 — hay quórum (mitad más uno, art. 14)"


def test_la_facilitadora_no_cuenta_si_la_regla_no_la_cuenta() -> None:
    filas = [*lugares(4, 9), Lugar(9, presente=True, facilitadora=True)]
    assert (calcular(ReglaQuorum(), filas).presentes, calcular(ReglaQuorum(), filas).hay) == (4, False)
    assert calcular(ReglaQuorum(cuenta_facilitadora=True), filas).presentes == 5


def test_la_base_decide_si_pesa_un_asiento_vacante() -> None:
    filas = [*lugares(4, 6), Lugar(6, ocupado=False), Lugar(7, ocupado=False)]
    ocupados = calcular(ReglaQuorum(base="asientos_ocupados"), filas)
    todos = calcular(ReglaQuorum(base="asientos"), filas)
    assert (ocupados.hay, ocupados.base, ocupados.requeridos) == (True, 6, 4)
    assert (todos.hay, todos.base, todos.requeridos, todos.faltan) == (False, 8, 5, 1)


def test_la_base_con_voto_deja_fuera_a_quien_no_vota() -> None:
    filas = [*lugares(3, 5), *(Lugar(10 + i, presente=True, tiene_voto=False) for i in range(4))]
    con_voto = calcular(ReglaQuorum(base="asientos_con_voto"), filas)
    assert (con_voto.presentes, con_voto.base, con_voto.hay) == (3, 5, True)
    assert calcular(ReglaQuorum(base="asientos"), filas).presentes == 7
    vacante = [*filas, Lugar(20, ocupado=False)]
    assert calcular(ReglaQuorum(base="ocupados_con_voto"), vacante).base == 5


def test_quien_suple_en_un_asiento_vacante_lo_ocupa() -> None:
    cuenta = calcular(ReglaQuorum(), [Lugar(1, ocupado=False, presente=True)])
    assert (cuenta.presentes, cuenta.base, cuenta.hay) == (1, 1, True)


def test_el_minimo_por_sector_se_dice_por_su_nombre() -> None:
    regla = ReglaQuorum(minimo_por_sector={"sociedad_civil": 2, "organo_autonomo": 1})
    filas = [*lugares(5, 6, sector="organo_autonomo"), Lugar(9, sector="sociedad_civil", presente=True)]
    cuenta = calcular(regla, filas)
    assert not cuenta.hay
    assert cuenta.faltan == 0
    assert cuenta.por_sector["sociedad_civil"].faltan == 1
    assert cuenta.por_sector["organo_autonomo"].presentes == 5
    assert cuenta.frase() == "6 de 7 — no hay quórum: falta 1 de sociedad civil (mitad más uno)"


def test_si_falta_la_presidencia_lo_dice() -> None:
    regla = ReglaQuorum(requiere_presidencia=True)
    sin = calcular(regla, lugares(9, 9))
    con = calcular(regla, [Lugar(9, presidencia=True, presente=True), *lugares(8, 8)])
    assert (sin.hay, sin.motivos, con.hay) == (False, ("falta la presidencia",), True)


def test_todo_lo_que_falta_se_dice_junto() -> None:
    regla = ReglaQuorum(minimo_por_sector={"academia": 1}, requiere_presidencia=True, fundamento="art. 14")
    assert calcular(regla, lugares(3, 9)).frase() == (
        "3 de 9 — no hay quórum: faltan 2 integrantes, falta 1 de academia y falta la presidencia "
        "(mitad más uno, art. 14)"
    )


def test_la_segunda_convocatoria_es_con_quienes_asistan() -> None:
    regla = ReglaQuorum(
        segunda_convocatoria=Fraction(0), minimo_por_sector={"academia": 1}, fundamento="art. 15"
    )
    assert not calcular(regla, lugares(2, 9), 1).hay
    segunda = calcular(regla, lugares(2, 9), 2)
    assert segunda.hay
    assert segunda.frase() == "2 de 9 — hay quórum en segunda convocatoria (con quienes asistan, art. 15)"
    assert not calcular(regla, lugares(0, 9), 2).hay


def test_la_segunda_convocatoria_puede_pedir_una_fraccion() -> None:
    regla = ReglaQuorum(segunda_convocatoria=Fraction(1, 3))
    assert requeridos(regla, 9, 2) == 3
    assert "una tercera parte" in calcular(regla, lugares(3, 9), 2).frase()


def test_sin_segunda_convocatoria_se_exige_lo_mismo() -> None:
    regla = ReglaQuorum(segunda_convocatoria=None, minimo_por_sector={"academia": 1})
    segunda = calcular(regla, lugares(4, 9), 2)
    assert (segunda.requeridos, len(segunda.motivos)) == (5, 2)


def test_un_organo_sin_asientos_no_tiene_quorum() -> None:
    assert calcular(ReglaQuorum(), []).frase() == "0 de 0 — no hay quórum: falta 1 integrante (mitad más uno)"


def test_un_fundamento_larguisimo_no_rompe_la_frase() -> None:
    frase = calcular(ReglaQuorum(fundamento="x" * 500), lugares(5, 9)).frase()
    assert frase == "5 de 9 — hay quórum"


@pytest.mark.parametrize("cambios", [{"fraccion": Fraction(3, 2)}, {"segunda_convocatoria": Fraction(-1)}])
def test_una_fraccion_imposible_se_rechaza(cambios: dict[str, Fraction]) -> None:
    with pytest.raises(ValueError, match="de cero a uno"):
        ReglaQuorum(**cambios)  # type: ignore[arg-type]


def test_una_base_desconocida_se_rechaza() -> None:
    with pytest.raises(ValueError, match="base de quórum"):
        ReglaQuorum(base="firmas")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fraccion", "mas_uno", "texto"),
    [
        (Fraction(1, 2), True, "mitad más uno"),
        (Fraction(1, 2), False, "mitad"),
        (Fraction(1, 3), False, "una tercera parte"),
        (Fraction(2, 3), False, "dos terceras partes"),
        (Fraction(3, 4), True, "tres cuartas partes más uno"),
        (Fraction(1), True, "la totalidad"),
        (Fraction(0), False, "quienes asistan"),
        (Fraction(7, 11), False, "7/11"),
    ],
)
def test_fracciones_en_palabras(fraccion: Fraction, mas_uno: bool, texto: str) -> None:
    assert fraccion_en_palabras(fraccion, mas_uno=mas_uno) == texto


def test_la_regla_completa_en_palabras() -> None:
    regla = ReglaQuorum(
        fraccion=Fraction(2, 3),
        mas_uno=False,
        base="asientos",
        minimo_por_sector={"sociedad_civil": 1, "academia": 0},
        segunda_convocatoria=Fraction(0),
        requiere_presidencia=True,
    )
    assert regla_en_palabras(regla) == (
        "dos terceras partes de todos los asientos; al menos 1 de sociedad civil; "
        "con la presidencia presente; la persona facilitadora no cuenta; "
        "en segunda convocatoria, quienes asistan"
    )


sectores = st.sampled_from(["", *Sector.values])
fracciones = st.fractions(0, 1, max_denominator=12)
reglas = st.builds(
    ReglaQuorum,
    fraccion=fracciones,
    mas_uno=st.booleans(),
    redondeo=st.sampled_from(["arriba", "abajo"]),
    base=st.sampled_from(["asientos", "asientos_ocupados", "asientos_con_voto", "ocupados_con_voto"]),
    minimo_por_sector=st.dictionaries(st.sampled_from(Sector.values), st.integers(0, 4), max_size=3),
    cuenta_facilitadora=st.booleans(),
    segunda_convocatoria=st.none() | fracciones,
    fundamento=st.text(max_size=500),
    requiere_presidencia=st.booleans(),
)
salas = st.lists(
    st.builds(
        Lugar,
        asiento=st.integers(),
        sector=sectores,
        ocupado=st.booleans(),
        presente=st.booleans(),
        facilitadora=st.booleans(),
        presidencia=st.booleans(),
        tiene_voto=st.booleans(),
    ),
    max_size=20,
)
convocatorias = st.sampled_from([1, 2])


@given(reglas, salas, convocatorias, st.data())
def test_si_alguien_mas_llega_nunca_se_pierde_el_quorum(
    regla: ReglaQuorum, sala: list[Lugar], convocatoria: int, datos: st.DataObject
) -> None:
    antes = calcular(regla, sala, convocatoria)
    llegan = datos.draw(st.lists(st.booleans(), min_size=len(sala), max_size=len(sala)))
    despues = calcular(
        regla,
        [replace(lugar, presente=lugar.presente or llega) for lugar, llega in zip(sala, llegan, strict=True)],
        convocatoria,
    )
    assert despues.hay >= antes.hay
    assert despues.presentes >= antes.presentes
    assert despues.faltan <= antes.faltan


@given(reglas, salas, convocatorias)
def test_la_cuenta_siempre_cuadra(regla: ReglaQuorum, sala: list[Lugar], convocatoria: int) -> None:
    cuenta = calcular(regla, sala, convocatoria)
    assert 0 <= cuenta.presentes <= cuenta.base <= len(sala)
    assert 1 <= cuenta.requeridos <= max(cuenta.base, 1)
    assert cuenta.faltan == max(cuenta.requeridos - cuenta.presentes, 0)
    assert cuenta.hay == (not cuenta.motivos)
    assert sum(s.presentes for s in cuenta.por_sector.values()) <= cuenta.presentes
    assert len(cuenta.frase()) <= FRASE_MAXIMA
    assert ("no hay quórum" in cuenta.frase().split("(")[0]) == (not cuenta.hay)


@given(reglas, salas, convocatorias, st.randoms(use_true_random=False))
def test_el_orden_de_la_lista_no_importa(
    regla: ReglaQuorum, sala: list[Lugar], convocatoria: int, azar: object
) -> None:
    otra = sala.copy()
    azar.shuffle(otra)  # type: ignore[attr-defined]
    assert calcular(regla, otra, convocatoria) == calcular(regla, sala, convocatoria)


@given(reglas, salas)
def test_la_segunda_convocatoria_con_quienes_asistan_nunca_pide_mas(
    regla: ReglaQuorum, sala: list[Lugar]
) -> None:
    relajada = replace(regla, segunda_convocatoria=Fraction(0))
    assert calcular(relajada, sala, 2).hay >= calcular(relajada, sala, 1).hay


@given(reglas, st.integers(0, 60))
def test_un_asiento_mas_pide_a_lo_sumo_una_persona_mas(regla: ReglaQuorum, base: int) -> None:
    assert 0 <= requeridos(regla, base + 1) - requeridos(regla, base) <= 1


@given(reglas, salas)
def test_cada_persona_no_contada_es_indiferente(regla: ReglaQuorum, sala: list[Lugar]) -> None:
    sin_voz = [lugar for lugar in sala if regla.cuenta(lugar)]
    assert calcular(regla, sin_voz) == calcular(regla, sala)
