"""Texto hostil: siempre una frase clara o una propuesta, y siempre pronto."""

import time

import pytest

from sesiones.historicas.lectura.proponer import proponer
from sesiones.historicas.lectura.renglones import RENGLONES, TextoIlegible


@pytest.mark.parametrize(
    ("malo", "dice"),
    [
        ("", "No hay texto que leer"),
        ("12 34 56 --- ...\n" * 20, "No hay texto que leer"),
        ("x" * 10_000_000, "demasiado largo"),
        ("Acta de sesión " * 2_000, "renglón demasiado largo"),
        ("acta\n" * (RENGLONES + 1), "demasiados renglones"),
        ("\x00\x01\x02%PDF-1.7\ufffd\ufffd" * 50, "archivo binario"),
    ],
)
def test_lo_que_no_es_un_acta_se_rechaza_con_su_frase(malo: str, dice: str) -> None:
    """Vacío, enorme, de un renglón o binario: cada uno con lo que hay que hacer."""
    with pytest.raises(TextoIlegible, match=dice):
        proponer(malo)


HOSTILES = {
    "etiquetas": "Orden del día:\n" + "I. \n" * 3_900,
    "puntos": "Orden del día:\n" + "".join(f"{n}. Asunto número {n} de la sesión\n" for n in range(1, 3_900)),
    "vinetas": "Orden del día\n" + "".join(f"* Tema {n} raro\n" for n in range(3_900)),
    "acuerdos": "Acuerdos\n" + "".join(f"Acuerdo {n}: se aprueba algo distinto\n" for n in range(3_900)),
    "tratamientos": ("Lic. " * 3_500 + "\n") * 5,
    "nombres": ("Lic. Juan Pérez López, y " * 700 + "\n") * 5,
    "numeros": ("mil " * 4_500 + "\n") * 5,
    "espacios": "acta"
    + " " * 19_000
    + "sesión ordinaria del secretariado de la ciudad y sus integrantes\n" * 3,
    "suplentes": "Desahogo\n" + ("suplente de " * 1_500 + "\n") * 5,
    "oficios": "Desahogo\n" + ("oficio A-1/" * 1_500 + "\n") * 5,
    "plazos": "Desahogo\n" + ("plazo de de de los de " * 800 + "\n") * 5,
    "asistencia": "Desahogo\n" + ("asistencia de los cc " * 900 + "\n") * 5,
    "tablas": "Lista de asistencia\n" + ("a | b | Juan Pérez López | " * 600 + "\n") * 5,
}


@pytest.mark.parametrize("cual", HOSTILES)
def test_ningun_texto_tarda(cual: str) -> None:
    """Lo peor que se nos ocurrió para las expresiones y las listas se lee en pocos segundos de procesador."""
    antes = time.process_time()
    proponer(HOSTILES[cual])
    assert time.process_time() - antes < 8
