"""Género, número, puntuación y nombres."""

import pytest

from sesiones.acta import palabras
from sesiones.acta.piezas import Referencia, Seguimiento
from sesiones.acta.redaccion import agrupadas, seguimientos
from tests.acta.piezas import asistente, hechos, punto


@pytest.mark.parametrize(
    ("sexo", "tratamiento", "queda"),
    [
        ("m", "Mtra.", "la Mtra. Ruiz"),
        ("h", "Mtro.", "el Mtra. Ruiz"),
        ("x", "Mtra.", "Mtra. Ruiz"),
        ("", "Mtra.", "Mtra. Ruiz"),
        ("m", "", "Mtra. Ruiz"),
    ],
)
def test_el_articulo_concuerda_y_solo_va_con_tratamiento(sexo: str, tratamiento: str, queda: str) -> None:
    persona = asistente(apelativo="Mtra. Ruiz", sexo=sexo, tratamiento=tratamiento)
    assert palabras.nombrada(persona) == queda


@pytest.mark.parametrize(("sexo", "queda"), [("m", "invitada"), ("h", "invitado"), ("x", "persona invitada")])
def test_la_calidad_concuerda(sexo: str, queda: str) -> None:
    assert palabras.calidad(asistente(calidad="invitada", asiento=None, ocupa=False, sexo=sexo)) == queda


def test_el_cargo_se_une_a_su_institucion_sin_repetirla() -> None:
    assert (
        palabras.presentar("Lic. Sol Mar", "Titular", "Poder Judicial")
        == "Lic. Sol Mar, Titular del Poder Judicial"
    )
    assert (
        palabras.presentar("C. Luz", "Vocal", "Universidad de Prueba")
        == "C. Luz, Vocal de la Universidad de Prueba"
    )
    assert palabras.presentar("C. Luz", "", "Colores, A.C.") == "C. Luz, por Colores, A.C."
    assert palabras.presentar("C. Luz", "Jefa del Poder Judicial", "Poder Judicial").count("Judicial") == 1


@pytest.mark.parametrize(
    ("texto", "queda"),
    [
        ("Colores, A.C.", "Colores, A.C."),
        ("¿Hay quórum?", "¿Hay quórum?"),
        ("se aprueba;", "Se aprueba."),
        ("", ""),
    ],
)
def test_la_frase_termina_en_un_solo_punto(texto: str, queda: str) -> None:
    assert palabras.frase(texto) == queda


def test_el_titulo_pierde_su_punto_pero_no_la_abreviatura() -> None:
    assert palabras.sin_punto("Informe anual.") == "Informe anual"
    assert palabras.sin_punto("Oficio de Colores, A.C.") == "Oficio de Colores, A.C."


def test_las_comillas_de_dentro_cambian() -> None:
    assert palabras.citar("Taller «Futuro».") == "«Taller “Futuro”»"


def test_se_nombra_el_punto_con_su_inciso_o_por_su_titulo() -> None:
    assert palabras.nombrar(punto(1, "a)", ruta=("IV", "a)"))) == "el punto IV, inciso a)"
    assert palabras.nombrar(punto(1, "•", titulo="Informes")) == "el punto «Informes»"


@pytest.mark.parametrize(
    ("cita", "queda"),
    [
        ("artículo 13 de la Ley", "con fundamento en el artículo 13 de la Ley"),
        ("artículos 1 y 2", "con fundamento en los artículos 1 y 2"),
        ("", ""),
    ],
)
def test_el_fundamento_lleva_su_articulo(cita: str, queda: str) -> None:
    assert palabras.con_fundamento(cita) == queda


def test_quienes_comparten_cargo_se_nombran_juntos() -> None:
    comun = {"cargo": "Integrante", "institucion": "Comité de Prueba"}
    personas = [
        asistente(n, formal=nombre, **comun) for n, nombre in enumerate(("C. Ana", "C. Irma"), start=1)
    ]
    assert agrupadas(personas) == ["C. Ana y C. Irma, como Integrante del Comité de Prueba"]


def test_el_seguimiento_dice_de_que_acuerdo_y_como_queda() -> None:
    fila = Seguimiento(3, Referencia(4, "XVII Sesión Ordinaria"), "En proceso", "Se envió el formato.")
    (bloque,) = seguimientos(hechos(seguimientos=(fila,)))
    assert bloque.clave == "seguimiento-3"
    assert "cuarto" in bloque.texto
    assert "XVII Sesión Ordinaria" in bloque.texto
    assert bloque.texto.endswith("Queda como en proceso.")
