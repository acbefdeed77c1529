"""Comparar dos cortes municipales, sin base de datos."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipios.cortes.comparar import Rumbo, comparar
from municipios.documento import CorteLeido, EtapaLeida, SituacionLeida
from municipios.estados import Avance

CLAVES = tuple(str(11001 + n) for n in range(46))
SITUACIONES = (*Avance.values, "tambien_en_proceso")
AVANCE_DE = {**{a: a for a in Avance.values}, "tambien_en_proceso": Avance.EN_PROCESO}


def etapa(cuentas: dict[str, int], *, solo_total: bool = False, clave: str = "etapa") -> EtapaLeida:
    situaciones = [SituacionLeida(s, s.capitalize(), AVANCE_DE[s], cuentas.get(s, 0)) for s in SITUACIONES]
    return EtapaLeida(clave, clave.capitalize(), "", solo_total, situaciones)


def corte(*, casillas: dict[tuple[str, str], str] | None = None, etapas: list[EtapaLeida]) -> CorteLeido:
    """Un corte con esas etapas y la situación de cada municipio y etapa."""
    return CorteLeido(
        organo="stl",
        numero=1,
        nombre="Corte",
        fecha=dt.date(2026, 3, 18),
        fuente="",
        nota="",
        presentado_en=None,
        corrige=None,
        municipios=46,
        etapas=etapas,
        nombres={clave: f"Municipio {clave}" for clave in CLAVES},
        casillas={lugar: {"situacion": s} for lugar, s in (casillas or {}).items()},
    )


def con_desglose(situaciones: list[str], clave: str = "etapa") -> CorteLeido:
    """De una etapa, la situación de cada municipio en el orden de sus claves."""
    casillas = {(m, clave): s for m, s in zip(CLAVES, situaciones, strict=True)}
    return corte(casillas=casillas, etapas=[etapa(dict(Counter(situaciones)), clave=clave)])


def con_totales(cuentas: dict[str, int]) -> CorteLeido:
    return corte(etapas=[etapa(cuentas, solo_total=True)])


DE_LOS_46 = st.lists(st.sampled_from(SITUACIONES), min_size=46, max_size=46)


def moviendo(antes: str, despues: str) -> Rumbo:
    """Qué se dice del primer municipio si pasa de una situación a otra y los demás siguen igual."""
    quietos = [Avance.NO_INICIADO.value] * 45
    hecha = comparar(con_desglose([antes, *quietos]), con_desglose([despues, *quietos])).etapas[0]
    assert {m.rumbo for m in hecha.municipios[1:]} == {Rumbo.IGUAL}
    assert [m.clave for m in hecha.movidos] == ([] if antes == despues else ["11001"])
    return hecha.municipios[0].rumbo


@pytest.mark.parametrize(
    ("antes", "despues", "rumbo"),
    [
        ("no_iniciado", "en_proceso", Rumbo.AVANZA),
        ("no_iniciado", "cumplido", Rumbo.AVANZA),
        ("cumplido", "en_proceso", Rumbo.RETROCEDE),
        ("sin_informacion", "no_iniciado", Rumbo.YA_SE_SABE),
        ("sin_informacion", "cumplido", Rumbo.YA_SE_SABE),
        ("cumplido", "sin_informacion", Rumbo.YA_NO_SE_SABE),
        ("en_proceso", "tambien_en_proceso", Rumbo.CAMBIA),
        ("en_proceso", "en_proceso", Rumbo.IGUAL),
    ],
)
def test_que_se_dice_de_cada_movimiento(antes: str, despues: str, rumbo: Rumbo) -> None:
    assert moviendo(antes, despues) == rumbo


@given(DE_LOS_46, DE_LOS_46)
def test_las_diferencias_suman_cero_y_salen_de_los_movimientos(antes: list[str], despues: list[str]) -> None:
    hecha = comparar(con_desglose(antes), con_desglose(despues)).etapas[0]
    assert sum(s.diferencia or 0 for s in hecha.situaciones) == 0
    salen = Counter(m.antes.clave for m in hecha.movidos if m.antes)
    llegan = Counter(m.despues.clave for m in hecha.movidos if m.despues)
    assert [s.diferencia for s in hecha.situaciones] == [
        llegan[s.clave] - salen[s.clave] for s in hecha.situaciones
    ]
    assert len(hecha.municipios) == 46


@given(DE_LOS_46)
def test_un_corte_contra_si_mismo_no_cambia_nada(situaciones: list[str]) -> None:
    hecha = comparar(con_desglose(situaciones), con_desglose(situaciones)).etapas[0]
    assert hecha.movidos == ()
    assert hecha.dicho == "46 siguen igual"


@given(DE_LOS_46, DE_LOS_46)
def test_al_reves_se_dice_lo_contrario(antes: list[str], despues: list[str]) -> None:
    contrario = {
        Rumbo.AVANZA: Rumbo.RETROCEDE,
        Rumbo.RETROCEDE: Rumbo.AVANZA,
        Rumbo.YA_SE_SABE: Rumbo.YA_NO_SE_SABE,
        Rumbo.YA_NO_SE_SABE: Rumbo.YA_SE_SABE,
    }
    ida = comparar(con_desglose(antes), con_desglose(despues)).etapas[0]
    vuelta = comparar(con_desglose(despues), con_desglose(antes)).etapas[0]
    assert [contrario.get(m.rumbo, m.rumbo) for m in ida.municipios] == [m.rumbo for m in vuelta.municipios]


@given(DE_LOS_46, st.booleans())
def test_con_solo_totales_de_un_lado_no_se_dice_quien_se_movio(situaciones: list[str], primero: bool) -> None:
    desglosado, sumado = con_desglose(situaciones), con_totales({"cumplido": 40, "no_iniciado": 6})
    hecha = comparar(*((sumado, desglosado) if primero else (desglosado, sumado))).etapas[0]
    assert hecha.solo_totales
    assert hecha.municipios == ()
    assert sum(s.diferencia or 0 for s in hecha.situaciones) == 0
    assert hecha.dicho == "Solo se comparan los totales: al menos un corte no dice qué municipios son."


def test_una_etapa_que_solo_esta_en_uno_no_se_resta() -> None:
    igual = ["no_iniciado"] * 46
    antes, despues = con_desglose(igual, "vieja"), con_desglose(igual, "nueva")
    hecha = comparar(antes, despues)
    assert [(e.etapa.clave, e.en_ambos, e.dicho) for e in hecha.etapas] == [
        ("nueva", False, "Solo está en el segundo corte."),
        ("vieja", False, "Solo está en el primer corte."),
    ]
    nueva = hecha.etapa("nueva").situaciones[1]
    assert (nueva.antes, nueva.despues, nueva.diferencia, nueva.con_signo) == (None, 46, None, "")


def test_una_situacion_que_dejo_de_usarse_se_cuenta_en_cero() -> None:
    antes = con_desglose(["tambien_en_proceso"] * 46)
    despues = con_desglose(["en_proceso"] * 46)
    recortada = EtapaLeida("etapa", "Etapa", "", False, list(despues.etapas[0].situaciones[:-1]))
    hecha = comparar(
        antes, corte(casillas={k: v["situacion"] for k, v in despues.casillas.items()}, etapas=[recortada])
    )
    assert [(s.clave, s.con_signo) for s in hecha.etapas[0].situaciones] == [
        ("sin_informacion", "0"),
        ("no_iniciado", "0"),
        ("en_proceso", "+46"),
        ("cumplido", "0"),
        ("tambien_en_proceso", "−46"),
    ]


def test_se_dice_en_una_frase() -> None:
    antes = con_desglose(["no_iniciado", "cumplido", "sin_informacion", *["en_proceso"] * 43])
    despues = con_desglose(["en_proceso", "no_iniciado", "en_proceso", *["en_proceso"] * 43])
    dicho = comparar(antes, despues).etapas[0].dicho
    assert dicho == "1 avanza · 1 retrocede · 1 ahora tiene información · 43 siguen igual"
