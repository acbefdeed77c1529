"""Numeración: lo que se escribe se vuelve a leer, y se lee como cada documento lo escribe."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sesiones import numeracion as n
from sesiones.estados import TipoSesion

ESTILOS = ["romano", "palabras", "abreviado", "barra", "anual"]
numeros = st.integers(1, n.ORDINAL_MAXIMO)


@pytest.mark.parametrize(("numero", "romano"), [(4, "IV"), (18, "XVIII"), (21, "XXI"), (1994, "MCMXCIV")])
def test_romanos_conocidos(numero: int, romano: str) -> None:
    assert n.a_romano(numero) == romano


@given(st.integers(1, n.ROMANO_MAXIMO))
def test_el_romano_va_y_vuelve(numero: int) -> None:
    assert n.de_romano(n.a_romano(numero)) == n.de_romano(n.a_romano(numero).lower()) == numero


ROMANOS = {n.a_romano(k): k for k in range(1, n.ROMANO_MAXIMO + 1)}


@given(st.text("IVXLCDM", max_size=6))
def test_solo_se_lee_el_romano_bien_escrito(letras: str) -> None:
    if letras in ROMANOS:
        assert n.de_romano(letras) == ROMANOS[letras]
        return
    with pytest.raises(ValueError, match=f"«{letras}» no es un número romano"):
        n.de_romano(letras)


@pytest.mark.parametrize("malo", [0, -3])
def test_la_numeracion_empieza_en_uno(malo: int) -> None:
    for funcion in (n.a_romano, n.ordinal, n.ordinal_abreviado, n.ordinal_barra, n.inciso, n.ordinal_acuerdo):
        with pytest.raises(ValueError, match="empieza en 1"):
            funcion(malo)


def test_lo_que_no_cabe_lo_dice() -> None:
    with pytest.raises(ValueError, match="3999"):
        n.a_romano(4000)
    with pytest.raises(ValueError, match="999"):
        n.ordinal(1000)


@pytest.mark.parametrize(
    ("numero", "masculino", "femenino"),
    [
        (1, "primero", "primera"),
        (3, "tercero", "tercera"),
        (9, "noveno", "novena"),
        (11, "décimo primero", "décima primera"),
        (12, "décimo segundo", "décima segunda"),
        (13, "décimo tercero", "décima tercera"),
        (17, "décimo séptimo", "décima séptima"),
        (18, "décimo octavo", "décima octava"),
        (20, "vigésimo", "vigésima"),
        (21, "vigésimo primero", "vigésima primera"),
        (46, "cuadragésimo sexto", "cuadragésima sexta"),
        (100, "centésimo", "centésima"),
        (111, "centésimo décimo primero", "centésima décima primera"),
        (140, "centésimo cuadragésimo", "centésima cuadragésima"),
    ],
)
def test_ordinales_con_genero(numero: int, masculino: str, femenino: str) -> None:
    assert n.ordinal(numero) == masculino
    assert n.ordinal(numero, "f") == femenino


@given(numeros)
def test_cada_palabra_del_ordinal_concuerda(numero: int) -> None:
    assert all(palabra.endswith("o") for palabra in n.ordinal(numero).split())
    assert all(palabra.endswith("a") for palabra in n.ordinal(numero, "f").split())


def test_ningun_ordinal_se_repite() -> None:
    assert len({n.ordinal(k) for k in range(1, n.ORDINAL_MAXIMO + 1)}) == n.ORDINAL_MAXIMO


@given(numeros, st.sampled_from(["m", "f"]))
def test_todo_ordinal_escrito_se_vuelve_a_leer(numero: int, genero: n.Genero) -> None:
    escritos = (
        n.ordinal(numero, genero),
        n.ordinal(numero, genero).upper(),
        "".join([*n.ordinal(numero).split()[:-1], n.ordinal(numero, genero).split()[-1]]),
        n.ordinal_abreviado(numero, genero),
        n.ordinal_barra(numero, genero),
        n.ordinal_acuerdo(numero),
        n.a_romano(numero),
    )
    assert {n.leer_numero(texto) for texto in escritos} == {numero}


@pytest.mark.parametrize(
    ("texto", "numero"),
    [
        ("XVIII", 18),
        ("XXI SESIÓN ORDINARIA", 21),
        ("18/a décima octava", 18),
        ("1ª", 1),
        ("1°", 1),
        ("2do", 2),
        ("3er. Informe", 3),
        ("3ra", 3),
        ("4ta sesión", 4),
        ("7mo", 7),
        ("8va", 8),
        ("PRIMER", 1),
        ("SEGUNDA", 2),
        ("tercer acuerdo", 3),
        ("Cuarta Sesión Ordinaria 2023", 4),
        ("Noveno", 9),
        ("undécima", 11),
        ("Duodécimo", 12),
        ("decimotercera", 13),
        ("decimoctava", 18),
        ("decima octava sesion", 18),
        ("vigesimoprimera", 21),
        ("5 sesión", 5),
    ],
)
def test_se_lee_como_cada_quien_lo_escribe(texto: str, numero: int) -> None:
    assert n.leer_numero(texto) == numero


@pytest.mark.parametrize("texto", ["", "Sesión Ordinaria", "primavera", "IIII", "–", "0ª"])
def test_lo_que_no_es_numero_no_se_adivina(texto: str) -> None:
    with pytest.raises(ValueError, match="no empieza con un número"):
        n.leer_numero(texto)


@given(st.text())
def test_de_cualquier_texto_se_lee_un_numero_valido_o_ninguno(texto: str) -> None:
    try:
        leido = n.leer_numero(texto)
    except ValueError:
        return
    assert leido >= 1


@pytest.mark.parametrize(
    ("numero", "letras"), [(1, "a)"), (6, "f)"), (26, "z)"), (27, "aa)"), (52, "az)"), (703, "aaa)")]
)
def test_incisos(numero: int, letras: str) -> None:
    assert n.inciso(numero) == letras


@given(st.integers(1, 100_000))
def test_el_inciso_va_y_vuelve(numero: int) -> None:
    assert (
        n.n_de_inciso(n.inciso(numero)) == n.n_de_inciso(n.inciso(numero).upper().removesuffix(")")) == numero
    )


@pytest.mark.parametrize("texto", ["", ")", "1)", "a b", "ñ)"])
def test_lo_que_no_es_inciso(texto: str) -> None:
    with pytest.raises(ValueError, match="inciso"):
        n.n_de_inciso(texto)


@pytest.mark.parametrize(
    ("orden", "nivel", "formatos", "etiqueta"),
    [
        (4, 0, ("romano", "inciso"), "IV"),
        (2, 1, ("romano", "inciso"), "b)"),
        (3, 2, ("romano", "inciso"), "3"),
        (3, 9, ("romano", "inciso"), "3"),
        (1, 0, ("vineta", "inciso"), "•"),
        (5, 0, ("arabigo",), "5"),
        (5, 0, (), "V"),
    ],
)
def test_etiquetas_del_orden_del_dia(
    orden: int, nivel: int, formatos: tuple[str, ...], etiqueta: str
) -> None:
    assert n.etiqueta_punto(orden, nivel, formatos) == etiqueta


def test_un_punto_se_cita_aunque_el_acta_use_vinetas() -> None:
    leidos = [(0, "•"), (0, "•"), (1, "a)"), (1, "b)"), (2, "•"), (0, "•"), (1, "•")]
    assert list(n.para_citar(leidos)) == [
        ("I", "punto I"),
        ("II", "punto II"),
        ("a)", "punto II, inciso a)"),
        ("b)", "punto II, inciso b)"),
        ("1", "punto II, inciso b), numeral 1"),
        ("III", "punto III"),
        ("a)", "punto III, inciso a)"),
    ]
    assert list(n.para_citar([(0, "5"), (1, "c)")])) == [("5", "punto 5"), ("c)", "punto 5, inciso c)")]


def test_un_formato_desconocido_se_rechaza_con_los_que_hay() -> None:
    with pytest.raises(ValueError, match=r"«griego».*romano, inciso, arabigo, vineta"):
        n.etiqueta_punto(1, 0, ("griego",))


@pytest.mark.parametrize(
    ("numero", "tipo", "estilo", "anio", "nombre"),
    [
        (18, "ordinaria", "romano", 2020, "XVIII Sesión Ordinaria"),
        (21, "ordinaria", "romano", None, "XXI Sesión Ordinaria"),
        (18, "ordinaria", "barra", 2020, "18/a décima octava Sesión Ordinaria"),
        (18, "ordinaria", "palabras", 2020, "Décima Octava Sesión Ordinaria"),
        (1, "extraordinaria", "abreviado", 2021, "1ª Sesión Extraordinaria"),
        (4, "ordinaria", "anual", 2023, "Cuarta Sesión Ordinaria 2023"),
        (1, "instalacion", "romano", 2019, "Sesión de Instalación"),
        (2, "instalacion", "palabras", 2022, "Segunda Sesión de Instalación"),
        (3, "trabajo", "romano", 2020, "III Reunión de Trabajo"),
        (1500, "ordinaria", "palabras", 2020, "1500ª Sesión Ordinaria"),
        (4500, "ordinaria", "romano", 2020, "4500ª Sesión Ordinaria"),
    ],
)
def test_nombres_de_sesiones(numero: int, tipo: str, estilo: str, anio: int | None, nombre: str) -> None:
    assert n.designar(numero, tipo, estilo, anio) == nombre


@given(
    st.integers(1, 10_000),
    st.sampled_from(["ordinaria", "extraordinaria", "trabajo"]),
    st.sampled_from(ESTILOS),
)
def test_el_numero_de_la_sesion_se_lee_de_su_nombre(numero: int, tipo: str, estilo: str) -> None:
    assert n.leer_numero(n.designar(numero, tipo, estilo, 2023)) == numero


def test_todo_tipo_de_sesion_tiene_nombre() -> None:
    assert set(n.NOMBRES) == set(TipoSesion.values)


@pytest.mark.parametrize(
    ("argumentos", "dice"),
    [((1, "otra"), "tipo"), ((1, "ordinaria", "griego"), "estilo"), ((1, "ordinaria", "anual"), "año")],
)
def test_designar_rechaza_lo_desconocido(argumentos: tuple[int, str], dice: str) -> None:
    with pytest.raises(ValueError, match=dice):
        n.designar(*argumentos)


def test_clave_de_la_direccion_publica() -> None:
    assert n.clave_sesion(18, "ordinaria", dt.date(2020, 1, 18)) == "xviii-ordinaria-2020"
    assert n.clave_sesion(5000, "trabajo", dt.date(2020, 1, 18)) == "5000-trabajo-2020"


sesiones = st.tuples(st.integers(1, 9999), st.sampled_from(TipoSesion.values), st.dates())


@given(sesiones, sesiones)
def test_dos_sesiones_distintas_no_comparten_clave(
    una: tuple[int, str, dt.date], otra: tuple[int, str, dt.date]
) -> None:
    misma = (*una[:2], una[2].year) == (*otra[:2], otra[2].year)
    assert (n.clave_sesion(*una) == n.clave_sesion(*otra)) == misma
    assert len(n.clave_sesion(*una)) <= 80


@pytest.mark.parametrize(
    ("literal", "normal"),
    [
        ("IACIP/PPI - 79/2020", "IACIP/PPI/79/2020"),
        ("IACIP/PPI/ - 79/2020", "IACIP/PPI/79/2020"),
        ("iacip/ppi/079/2020", "IACIP/PPI/79/2020"),
        ("Oficio No. IACIP/PPI-79/2020", "IACIP/PPI/79/2020"),
        ("OFICIO NÚM. 12/2020", "12/2020"),
        ("USAIL 598/2019-LXIV-LEG", "USAIL/598/2019/LXIV/LEG"),
        ("NOTARÍA 3", "NOTARIA/3"),
        ("S/N", ""),
        ("sin número", ""),
        ("s. n.", ""),
        ("", ""),
        (" – ", ""),
        ("000", "0"),
        (":N:0", "0"),
        ("N°", "N"),
    ],
)
def test_folios_de_los_oficios(literal: str, normal: str) -> None:
    assert n.normalizar_folio(literal) == normal


@given(st.text(max_size=80))
def test_normalizar_un_folio_es_estable_y_cabe(folio: str) -> None:
    normal = n.normalizar_folio(folio)
    assert n.normalizar_folio(normal) == normal
    assert len(normal) <= n.FOLIO_MAXIMO


@given(
    st.lists(st.from_regex(r"[A-MO-Z]{2,6}|[1-9]\d{0,3}", fullmatch=True), min_size=2, max_size=5),
    st.sampled_from(["/", "-", " - ", "/ - ", " ", "."]),
)
def test_el_separador_no_cambia_el_folio(partes: list[str], separador: str) -> None:
    assert n.normalizar_folio(separador.join(partes).lower()) == n.normalizar_folio("/".join(partes))
