"""Un municipio se reconoce aunque venga con ruido; lo que no es uno de los 46 jamás se toma por otro."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipios.captura.nombres import Nombres, NoReconocido, llano
from municipios.carga import leer
from municipios.models import Municipio

MUNICIPIOS = [
    Municipio(**{campo: r[campo] for campo in ("clave", "nombre", "cabecera")}, latitud="0", longitud="0")
    for r in leer()
]
NOMBRES = Nombres(MUNICIPIOS)
POR_NOMBRE = {m.nombre: m for m in MUNICIPIOS}
ESPACIOS = st.text(alphabet=" \t\n\u00a0\u2003\u200b\ufeff", max_size=4)
municipios = st.sampled_from(MUNICIPIOS)


@st.composite
def con_ruido(draw: st.DrawFn) -> tuple[Municipio, str]:
    """Un municipio y su nombre como podría salir de una hoja: otros espacios, mayúsculas y acentos."""
    municipio = draw(municipios)
    palabras = municipio.nombre.split(" ")
    separadores = [draw(st.sampled_from([" ", "  ", "\u00a0", " \t"])) for _ in palabras[1:]]
    texto = palabras[0] + "".join(s + p for s, p in zip(separadores, palabras[1:], strict=True))
    forma = draw(st.sampled_from(["NFC", "NFD", "NFKC", "NFKD", "sin"]))
    if forma == "sin":
        texto = "".join(c for c in unicodedata.normalize("NFD", texto) if not unicodedata.combining(c))
    else:
        texto = unicodedata.normalize(forma, texto)  # type: ignore[arg-type]
    estilo: Any = draw(st.sampled_from([str.upper, str.lower, str.title, str.strip]))
    texto = estilo(texto)
    return municipio, draw(ESPACIOS) + texto + draw(ESPACIOS)


@given(con_ruido())
def test_con_ruido_se_encuentra_y_se_dice(caso: tuple[Municipio, str]) -> None:
    municipio, escrito = caso
    leido = NOMBRES.por_nombre(escrito)
    assert leido.municipio == municipio
    assert bool(leido.aviso) == (escrito != municipio.nombre)
    assert NOMBRES.hallar(escrito) == leido


@given(municipios, ESPACIOS, ESPACIOS)
def test_la_clave_con_espacios_se_encuentra(municipio: Municipio, antes: str, despues: str) -> None:
    assert NOMBRES.hallar(f"{antes}{municipio.clave}{despues}").municipio == municipio


LETRAS = st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Zs", "Po", "Pd"])


@given(municipios, st.data())
def test_con_una_letra_de_mas_de_menos_o_cambiada_no_se_acepta(
    municipio: Municipio, data: st.DataObject
) -> None:
    nombre = municipio.nombre
    lugar = data.draw(st.integers(0, len(nombre) - 1))
    letra = data.draw(st.sampled_from("abcdefghijklmnñopqrstuvwxyz0123456789.-"))
    mutado = data.draw(
        st.sampled_from(
            [
                nombre[:lugar] + nombre[lugar + 1 :],
                nombre[:lugar] + letra + nombre[lugar:],
                nombre[:lugar] + letra + nombre[lugar + 1 :],
            ]
        )
    )
    if llano(mutado) == llano(nombre):
        assert NOMBRES.por_nombre(mutado).municipio == municipio
        return
    with pytest.raises(NoReconocido):
        NOMBRES.por_nombre(mutado)


@given(st.text(LETRAS) | st.text())
def test_ningun_texto_se_toma_por_un_municipio_sin_decir_sus_letras(escrito: str) -> None:
    try:
        leido = NOMBRES.hallar(escrito)
    except NoReconocido:
        return
    assert llano(escrito) in (llano(leido.municipio.nombre), leido.municipio.clave) or "." in escrito
    assert leido.aviso or escrito in (leido.municipio.nombre, leido.municipio.clave)


def test_los_46_son_distintos_aun_sin_acentos_ni_mayusculas() -> None:
    assert len({llano(m.nombre) for m in MUNICIPIOS}) == 46


@pytest.mark.parametrize(
    ("escrito", "ofrecidos"),
    [
        ("Silao", ["Silao de la Victoria"]),
        ("Dolores Hidalgo", ["Dolores Hidalgo Cuna de la Independencia Nacional"]),
        ("Juventino Rosas", ["Santa Cruz de Juventino Rosas"]),
        ("San Miguel", ["San Miguel de Allende"]),
        ("Purísima", ["Purísima del Rincón"]),
        ("Municipio de León", ["León"]),
        ("Irapauto", ["Irapuato"]),
        ("León, Gto.", ["León"]),
        ("Rincón", ["Purísima del Rincón", "San Francisco del Rincón"]),
        ("San", []),  # empiezan así seis: no se ofrece ninguno al azar
        ("de la", []),
        ("Querétaro", []),
        ("Total", []),
        ("", []),
    ],
)
def test_lo_que_se_ofrece(escrito: str, ofrecidos: list[str]) -> None:
    with pytest.raises(NoReconocido) as error:
        NOMBRES.por_nombre(escrito)
    assert [m.nombre for m in error.value.sugerencias] == ofrecidos


@given(municipios, ESPACIOS, st.sampled_from(["", ".0"]))
def test_la_clave_donde_va_el_nombre_se_reconoce_y_se_dice(
    municipio: Municipio, antes: str, final: str
) -> None:
    leido = NOMBRES.por_nombre(f"{antes}{municipio.clave}{final}")
    assert leido.municipio == municipio
    assert f"como «{municipio.nombre}»" in leido.aviso


@pytest.mark.parametrize("escrito", ["11099", "1", "1100", "110010", "11001 León"])
def test_otra_cifra_donde_va_el_nombre_no_se_toma_por_clave(escrito: str) -> None:
    with pytest.raises(NoReconocido):
        NOMBRES.por_nombre(escrito)


def test_silao_se_ofrece_y_no_se_adivina() -> None:
    with pytest.raises(NoReconocido) as error:
        NOMBRES.hallar("Silao")
    assert (
        error.value.frase
        == "No se reconoce el municipio «Silao». ¿Quisiste decir Silao de la Victoria (11037)?"
    )


@pytest.mark.parametrize(
    ("escrito", "aviso"),
    [
        ("León", ""),
        ("Leon ", "Se leyó «Leon » como «León» (espacios de más, sin sus acentos)."),
        ("Leo\u0301n", "Se leyó «Leo\u0301n» como «León» (acentos separados de su letra)."),
        ("LEÓN", "Se leyó «LEÓN» como «León» (otras mayúsculas)."),
        (
            "Silao  de la\u00a0Victoria",
            "Se leyó «Silao  de la\u00a0Victoria» como «Silao de la Victoria» (espacios de más).",
        ),
    ],
)
def test_se_dice_como_se_leyo(escrito: str, aviso: str) -> None:
    assert NOMBRES.por_nombre(escrito).aviso == aviso


@pytest.mark.parametrize(
    ("escrito", "frase"),
    [
        ("11099", "No hay un municipio con la clave «11099»: van de 11001 a 11046."),
        (
            "37",
            "No hay un municipio con la clave «37»: van de 11001 a 11046. "
            "¿Quisiste decir Silao de la Victoria (11037)?",
        ),
        (
            "11,020",
            "No hay un municipio con la clave «11,020»: van de 11001 a 11046. ¿Quisiste decir León (11020)?",
        ),
        ("14039", "No hay un municipio con la clave «14039»: van de 11001 a 11046."),
    ],
)
def test_una_clave_que_no_es_de_la_lista(escrito: str, frase: str) -> None:
    with pytest.raises(NoReconocido, match="No hay") as error:
        NOMBRES.hallar(escrito)
    assert error.value.frase == frase


def test_la_clave_que_una_hoja_tomo_por_cantidad_se_lee_y_se_dice() -> None:
    leido = NOMBRES.hallar("11020.0")
    assert (leido.municipio.nombre, leido.aviso) == ("León", "Se leyó «11020.0» como «11020».")
