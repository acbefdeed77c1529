"""Cada cifra de la referencia sale igual en los datos abiertos: el informe de 2023 y los ejes de 2019-20."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest

from ejes.datos.acciones import ACCIONES
from ejes.datos.avances import AVANCES
from ejes.datos.compromisos import COMPROMISOS
from ejes.datos.ejes import EJES
from ejes.datos.evidencias import EVIDENCIAS
from ejes.datos.indicadores import INDICADORES
from stl_portal.datos.filtros import FiltroMalo
from stl_portal.datos.registro import Conjunto
from tests.datos.tabla import tabla, una

pytestmark = pytest.mark.usefixtures("planes")

# Declarado, calculado y si difieren, de dominio.md §3; «—» no se dijo con un número.
DICHO = """
    1.1 30 30 no      1.2 — — —        1.3 100 100 no    1.4 100 100 no    1.5 23 36.25 sí
    2.1 35 33.5 sí    3.1 34 34 no     3.2 61 61 no      3.3 100 100 no    4.1 33 33.33 no
    5.1 42 46.25 sí   6.1 30 30 no     7.1 56 56 no
    1 51 50.6 no      2 35 35 no       3 65 65 no        4 33 33 no        5 42 42 no
    6 30 30 no        7 56 56 no       plan 42 44.57 sí
"""
PALABRAS = DICHO.split()
CIFRAS = [tuple(PALABRAS[i : i + 4]) for i in range(0, len(PALABRAS), 4)]


def numero(dicho: str) -> Decimal | None:
    return None if dicho == "—" else Decimal(dicho)


def si_o_no(dicho: str) -> bool | None:
    return {"sí": True, "no": False, "—": None}[dicho]


def test_hay_trece_compromisos_siete_ejes_y_un_global_en_la_referencia() -> None:
    assert Counter(len(codigo.split(".")) for codigo, *_ in CIFRAS) == {2: 13, 1: 8}


def test_los_avances_dicen_lo_declarado_lo_calculado_y_si_difieren() -> None:
    filas = tabla(AVANCES, "plan=2022-2024")
    suyas = {codigo: filas[f"2022-2024/corte-1/{codigo}"] for codigo, *_ in CIFRAS}
    dicho = {codigo: (f["declarado"], f["calculado"], f["difieren"]) for codigo, f in suyas.items()}
    assert dicho == {codigo: (numero(d), numero(c), si_o_no(s)) for codigo, d, c, s in CIFRAS}


def test_hay_una_fila_por_cada_figura_y_ninguna_es_un_total_de_las_demas() -> None:
    figuras = Counter(fila["figura"] for fila in tabla(AVANCES, "plan=2022-2024").values())
    assert figuras == {"accion": 33, "compromiso": 13, "eje": 7, "plan": 1}


def test_el_global_dice_lo_que_falta_y_por_que_difiere() -> None:
    (fila,) = tabla(AVANCES, "plan=2022-2024&figura=plan").values()
    assert fila["por_alcanzar"] == 58
    assert fila["nivel"] == "limitado"
    assert fila["por_que_difieren"].startswith("La media simple de 51, 35, 65, 33, 42, 30 y 56 es 44.57.")
    assert (fila["desde"], fila["hasta"]) == (dt.date(2023, 8, 1), dt.date(2023, 11, 30))
    assert fila["presentado_el"] == dt.date(2023, 12, 4)


def test_lo_dicho_con_palabras_no_lleva_numero() -> None:
    fila = tabla(AVANCES, "codigo=1.2")["2022-2024/corte-1/1.2"]
    assert fila["textual"] == "En etapa de diseño del programa"
    assert (fila["declarado"], fila["calculado"], fila["nivel"]) == (None, None, None)


def test_un_codigo_que_ningun_plan_tiene_se_dice() -> None:
    for conjunto, bien, mal in (
        (AVANCES, "codigo=1.5.3", "codigo"),
        (ACCIONES, "compromiso=1.5", "compromiso"),
    ):
        assert tabla(conjunto, bien)
        for dicho in ("9.9", "1.5.99", "1.5.3.1", "uno", "1." + "9" * 30):
            with pytest.raises(FiltroMalo, match=f"«{mal}» no puede ser «"):
                tabla(conjunto, f"{mal}={dicho}")
    with pytest.raises(FiltroMalo, match="/datos/compromisos/"):
        tabla(ACCIONES, "compromiso=1.5.3")


def test_las_acciones_no_se_calculan_y_llevan_su_asterisco() -> None:
    filas = tabla(ACCIONES, "plan=2022-2024")
    assert len(filas) == 33
    assert "calculado" not in ACCIONES.nombres
    fila = filas["2022-2024/1.5.3"]
    assert (fila["declarado"], fila["compromiso"], fila["eje"], fila["corte"]) == (100, "1.5", 1, 1)
    assert {f["verificado"] for f in filas.values()} == {None}


def test_los_compromisos_repiten_el_ultimo_corte_con_su_responsable() -> None:
    filas = tabla(COMPROMISOS, "plan=2022-2024")
    assert len(filas) == 13
    fila = filas["2022-2024/1.5"]
    assert (fila["declarado"], fila["calculado"]) == (Decimal(23), Decimal("36.25"))
    assert (filas["2022-2024/1.1"]["responsable"], fila["cocreadoras_gobierno"]) == (
        "Mtro. J. Jesús Soria Narváez",
        "",
    )


def test_los_ejes_de_los_dos_planes() -> None:
    filas = tabla(EJES)
    assert Counter(fila["plan"] for fila in filas.values()) == {"2019-2020": 5, "2022-2024": 7}
    de_2019 = filas["2019-2020/1"]
    assert (de_2019["numero"], de_2019["ficticio"], de_2019["corte"]) == (1, False, None)
    assert len(de_2019["submetas"].splitlines()) == 3
    assert list(tabla(EJES, "anio=2022")) == [f"2022-2024/{numero}" for numero in range(1, 8)]


def test_de_los_planes_reales_no_se_inventan_reportes_ni_evidencias() -> None:
    assert tabla(INDICADORES) == {}
    assert tabla(EVIDENCIAS) == {}


@pytest.mark.parametrize(
    ("pedido", "cuantas"),
    [
        ("figura=compromiso&difieren=true", 3),
        ("figura=eje&difieren=true", 0),
        ("anio=2023&figura=eje", 7),
        ("anio=2024", 0),
        ("organo=stl&corte=1", 54),
        ("ficticio=true", 0),
    ],
)
def test_los_avances_se_filtran_por_objeto_y_por_columna(pedido: str, cuantas: int) -> None:
    assert len(tabla(AVANCES, pedido)) == cuantas


@pytest.mark.parametrize(
    ("conjunto", "id_de_fila"),
    [
        (EJES, "2019-2020/5"),
        (COMPROMISOS, "2022-2024/7.1"),
        (ACCIONES, "2022-2024/1.5.3"),
        (AVANCES, "2022-2024/corte-1/1.5.3"),
        (AVANCES, "2022-2024/corte-1/plan"),
    ],
)
def test_una_fila_se_halla_por_su_identificador(conjunto: Conjunto, id_de_fila: str) -> None:
    assert una(conjunto, id_de_fila)[0] == id_de_fila


@pytest.mark.parametrize(
    "id_de_fila", ["", "/", "2022-2024", "2022-2024/8", "2022-2024/1/1", "otro/1", "2022-2024/00001", "٣/1"]
)
def test_un_identificador_que_no_es_de_nadie_no_da_filas(id_de_fila: str) -> None:
    assert una(EJES, id_de_fila) == ()
