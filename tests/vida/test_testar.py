"""Testar: lo marcado no queda en ningún texto y lo demás no cambia."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sesiones.testar import MARCA, Tachador, leer, pintar, textos_de
from sesiones.testar import testar as sin_datos

LETRAS = st.text(alphabet="aáAñnbß12 *.\n>-ﬁ\u0301\u00a0\\", max_size=40)
DATO = LETRAS.filter(lambda t: len(leer(t).letras.strip()) >= 2)
PALABRA = st.sampled_from(["ana", "Ana Ruiz", "55 12", "mañana", "Ruíz", "1", "calle", "*b*", "\n> ", "512"])
FRASE = st.lists(st.one_of(PALABRA, LETRAS), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("texto", "dato", "queda"),
    [
        ("Vive en CALLE  Juárez 5.", "calle juarez 5", "Vive en [testado 1]."),
        ("Firma **Ana** *Ruiz* aquí", "Ana Ruiz", "Firma **[testado 1]*** aquí"),
        ("Tel. 55\u00a01234\n5678", "55 1234 5678", "Tel. [testado 1]"),
        ("> Calle\n> Juárez", "calle juárez", "> [testado 1]"),
        ("Mañana llega Ana", "ana", "Mañana llega [testado 1]"),
        ("Jose\u0301 vino", "José", "[testado 1] vino"),
        ("tel:5512345678x", "5512345678", "tel:[testado 1]x"),
        (r"ana\.ruiz@ejemplo.mx", "ana.ruiz@ejemplo.mx", "[testado 1]"),
        ("Ana", "[testado 1]", "Ana"),
        ("", "Ana", ""),
    ],
)
def test_se_busca_como_lee_una_persona(texto: str, dato: str, queda: str) -> None:
    hecho = Tachador((dato,))(texto)
    assert hecho.replace("*", "") == queda.replace("*", "")
    assert hecho.count("*") == texto.count("*")


def test_lo_encimado_se_va_entero_con_el_numero_del_mas_largo() -> None:
    assert Tachador(("Ana Ruiz", "Ruiz Cano")).contando("Ana Ruiz Cano y Ruiz Cano.") == (
        "[testado 2] y [testado 2].",
        [1, 2],
    )
    assert Tachador(("Ruiz", "Ana Ruiz")).contando("Ana Ruiz, Ruiz") == ("[testado 2], [testado 1]", [2, 1])


def test_lo_que_da_forma_al_documento_no_cambia() -> None:
    huella = "a" * 64
    contenido = {
        "esquema": "acta/1",
        "identificador": "stl/acta",
        "fecha": "2026-03-18",
        "instante": "2026-03-18T10:00:00.5-06:00",
        "sha256": huella,
        "n": 2026,
        "bloques": [
            {"clave": "acuerdo-1", "clase": "acuerdo", "texto": "El acuerdo de 2026", "filas": [["acuerdo"]]}
        ],
    }
    hecho, veces = sin_datos(contenido, ["acuerdo", "2026", "acta", huella])
    assert veces == [2, 1, 0, 0]
    assert hecho["bloques"] == [
        {
            "clave": "acuerdo-1",
            "clase": "acuerdo",
            "texto": "El [testado 1] de [testado 2]",
            "filas": [["[testado 1]"]],
        }
    ]
    assert {k: v for k, v in hecho.items() if k != "bloques"} == {
        k: v for k, v in contenido.items() if k != "bloques"
    }


@given(st.lists(FRASE, max_size=4), st.lists(DATO, min_size=1, max_size=4, unique=True))
def test_nada_de_lo_marcado_queda_y_repetirlo_no_cambia_nada(frases: list[str], datos: list[str]) -> None:
    contenido = {"texto": frases, "dentro": {"otro": frases[:1]}}
    hecho, veces = sin_datos(contenido, datos)
    assert sin_datos(hecho, datos) == (hecho, [0] * len(datos))
    for dato in datos:
        assert sin_datos(hecho, [dato])[1] == [0]
    if not any(veces):
        assert hecho == contenido
    assert list(hecho) == list(contenido)
    json.dumps(hecho)


@given(FRASE, st.lists(DATO, min_size=1, max_size=4, unique_by=lambda t: leer(t).letras.strip()))
def test_el_orden_solo_cambia_los_numeros(frase: str, datos: list[str]) -> None:
    uno, de_frente = Tachador(tuple(datos)).contando(frase)
    otro, al_reves = Tachador(tuple(reversed(datos))).contando(frase)
    assert MARCA.sub("█", uno) == MARCA.sub("█", otro)
    assert de_frente == al_reves[::-1]


@given(FRASE, DATO)
def test_lo_que_no_se_marco_queda_letra_por_letra(frase: str, dato: str) -> None:
    hecho, veces = Tachador((dato,)).contando(frase)
    restos = [parte for parte in MARCA.split(hecho)[::2] if parte]
    visto = 0
    for resto in restos:  # cada pedazo que quedó está en el original y en el mismo orden, marcas aparte
        limpio = resto.strip("*")
        lugar = frase.find(limpio, visto)
        assert lugar >= 0
        visto = lugar + len(limpio)
    assert bool(veces[0]) == (hecho != frase)


def test_se_pinta_solo_en_el_texto() -> None:
    html = '<p title="[testado 1]">Llama al [testado 12]&amp;</p>'
    assert pintar(html) == (
        '<p title="[testado 1]">Llama al <span class="testado">testado 12</span>&amp;</p>'
    )
    assert list(textos_de({"a": ["x", {"clave": "y", "b": 1}]})) == ["x"]
