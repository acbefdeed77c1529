"""Los textos declarados y los datos que llevan; nada de esto toca la base."""

import contextlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from stl_portal.textos import muestra, registro, variables
from stl_portal.textos.models import revisar
from stl_portal.textos.registro import TEXTOS, Editable, Forma, Variable

CITA = Editable(
    clave="prueba.cita",
    nombre="Cita",
    donde="Aquí",
    para="Probar.",
    fabrica="{plaza}, siendo {hora}, se reúne {organo}",
    forma=Forma.FORMULA,
    variables=(
        Variable("plaza", "dónde", "en León"),
        Variable("hora", "cuándo", "las diez", hace_falta=True),
        Variable("organo", "quién", "el Secretariado"),
    ),
    maximo=80,
)


@pytest.mark.parametrize("declarado", TEXTOS.values(), ids=str)
def test_todo_texto_de_fabrica_se_podria_guardar(declarado: Editable) -> None:
    """Se entiende, cabe, lleva sus datos, y se lee igual después de limpiarlo."""
    if declarado.fabrica or not declarado.puede_vaciarse:
        assert revisar(declarado, declarado.fabrica) == declarado.fabrica
    assert all((declarado.nombre, declarado.donde, declarado.para.endswith(".")))
    lleno = muestra.en_html(declarado, declarado.fabrica, declarado.ejemplos)
    assert "{" not in lleno


@pytest.mark.parametrize(
    ("escrito", "frases"),
    [
        ("A las {hora} en {lugar}", ["No hay un dato «{lugar}». Admite: {plaza}, {hora} y {organo}."]),
        ("{hora} y {Hora}", ["No hay un dato «{Hora}». Admite: {plaza}, {hora} y {organo}."]),
        (
            "A las {hora} se abre {plaza",
            ["Hay una llave «{» sin su pareja en «{hora} se abre {plaza». Un dato se escribe {así}."],
        ),
        ("Se abre", ["Falta {hora} (cuándo): sin ese dato el documento no lo diría."]),
        ("", ["Escribe el texto. Para que diga lo de antes, vuelve al de fábrica."]),
        ("{hora}" + "x" * 80, ["Tiene 86 caracteres y caben 80."]),
    ],
)
def test_lo_que_no_procede_se_dice_y_nombra_el_dato(escrito: str, frases: list[str]) -> None:
    with pytest.raises(ValidationError) as error:
        revisar(CITA, escrito)
    assert error.value.messages == frases


@given(st.text(max_size=120))
def test_cualquier_cosa_se_guarda_sin_llaves_sueltas_o_se_explica(escrito: str) -> None:
    with contextlib.suppress(ValidationError):
        limpio = revisar(CITA, escrito + "{hora}")
        assert "{" not in variables.llenar(limpio, CITA.ejemplos)


def test_un_dato_que_falta_se_va_con_su_coma_y_nada_se_toma_como_html() -> None:
    sin_plaza = {"plaza": "", "hora": "las diez", "organo": "<b>el</b> *Comité*"}
    assert variables.llenar_oracion(CITA.fabrica, sin_plaza) == "siendo las diez, se reúne <b>el</b> *Comité*"
    assert variables.llenar_oracion("{a}, {b}, {c}.", {"a": "x", "b": "", "c": ""}) == "x,."
    escapado = muestra.en_html(CITA, "{organo}", {"organo": "Uno <script>x</script>"})
    assert escapado == "<p>Uno &lt;script&gt;x&lt;/script&gt;.</p>\n"


def test_dos_textos_no_comparten_clave(tmp_path: Path) -> None:
    repetido = tmp_path / "otro.toml"
    repetido.write_text(
        '[[grupo]]\nnombre = "Otro"\nexplica = ""\n[[grupo.texto]]\nclave = "portada.titulo"\n'
        'nombre = "x"\ndonde = "x"\npara = "x."\nfabrica = "x"\n'
    )
    with pytest.raises(ValueError, match=r"«portada\.titulo» ya es de otro texto"):
        registro.apuntar(repetido)
