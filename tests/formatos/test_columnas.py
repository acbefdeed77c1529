"""Cómo se escribe un formato y qué saca de cada fila."""

import contextlib
import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from stl_portal.datos.registro import CONJUNTOS
from stl_portal.formatos import columnas, llenar
from stl_portal.formatos.columnas import Periodo

SESIONES = CONJUNTOS["sesiones"]
PERIODO = Periodo(dt.date(2026, 1, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 2))


def fila(**valores: object) -> tuple[object, ...]:
    """Una del conjunto, con lo demás vacío."""
    return tuple(valores.get(nombre) for nombre in SESIONES.nombres)


def llenada(escrito: str, **valores: object) -> tuple[object, ...]:
    """Las celdas de esa fila en el formato."""
    renglones = columnas.leer(escrito, SESIONES)
    [celdas] = columnas.filas(SESIONES, renglones, PERIODO, iter([fila(**valores)]), "{:%d/%m/%Y}".format)  # type: ignore[list-item]
    return celdas


def test_cada_renglon_saca_lo_suyo_en_palabras() -> None:
    escrito = """
    Ejercicio = @ejercicio
    Desde = @desde
    Tipo = tipo
    Fecha = fecha
    Acuerdos = acuerdos
    ¿Ficticia? = ficticio
    Acta = acta
    Área = "Secretariado, A = B"
    Nota = ""
    """
    celdas = llenada(escrito, tipo="ordinaria", fecha=dt.date(2026, 3, 18), acuerdos=9, ficticio=False)
    assert celdas == (
        *("2026", "01/01/2026", "Ordinaria", "18/03/2026", "9", "No", ""),
        *("Secretariado, A = B", ""),
    )


@pytest.mark.parametrize(
    ("escrito", "frases"),
    [
        ("", ["Escribe al menos una columna."]),
        ("Fecha", ["Renglón 1: se escribe «Encabezado = columna»."]),
        ("= fecha", ["Renglón 1: se escribe «Encabezado = columna»."]),
        ("A = fecha\nA = hora", ["Renglón 2: el encabezado «A» ya está."]),
        ("x" * 201 + " = fecha", ["Renglón 1: el encabezado tiene 201 caracteres y caben 200."]),
        ("\n".join(f"C{n} = fecha" for n in range(81)), ["Son 81 columnas y caben 80."]),
    ],
)
def test_lo_que_no_se_entiende_se_dice_con_su_renglon(escrito: str, frases: list[str]) -> None:
    with pytest.raises(ValidationError) as error:
        columnas.leer(escrito, SESIONES)
    assert error.value.messages == frases


def test_una_columna_que_no_existe_dice_cuales_hay() -> None:
    with pytest.raises(ValidationError, match=r"no tiene una columna «correo»\. Tiene: id, organo"):
        columnas.leer("Correo = correo", SESIONES)


@given(st.text(max_size=300))
def test_cualquier_texto_se_lee_o_se_explica(escrito: str) -> None:
    with contextlib.suppress(ValidationError):
        assert columnas.leer(escrito, SESIONES)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)))
def test_el_trimestre_anterior_es_completo_y_ya_paso(al: dt.date) -> None:
    desde, hasta = llenar.trimestre_anterior(al)
    assert (desde.day, desde.month % 3) == (1, 1)
    siguiente = hasta + dt.timedelta(days=1)
    assert (siguiente.day, siguiente.month % 3, siguiente <= al) == (1, 1, True)
    assert (siguiente.year * 12 + siguiente.month) - (desde.year * 12 + desde.month) == 3
    assert al < dt.date(siguiente.year + (siguiente.month > 9), (siguiente.month + 2) % 12 + 1, 1)
