"""Filtros y etiquetas de la biblioteca «portal»."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.utils import formats, timezone

from sesiones import estados
from stl_portal.publico.iconos import TRAZOS
from stl_portal.templatetags import portal


class Forma(forms.Form):
    """Un campo de cada manera de dibujarse."""

    fecha = forms.DateField(label="Fecha")
    modo = forms.ChoiceField(label="Modo", choices=[("a", "A")], widget=forms.RadioSelect)
    varios = forms.MultipleChoiceField(
        choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, required=False
    )
    acepto = forms.BooleanField(label="Acepto")
    archivo = forms.FileField(required=False)
    oculto = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("uno", "otro", "esperado"),
    [
        (7, "7", "true"),
        ("a", "a", "true"),
        (None, "", "false"),
        ("t1", "t10", "false"),
        (True, "True", "true"),
    ],
)
def test_igual_compara_como_se_escribe(uno: Any, otro: Any, esperado: str) -> None:
    assert portal.igual(uno, otro) == esperado


def test_los_meses_van_en_minuscula_tambien_donde_escribe_django() -> None:
    dia = dt.date(2026, 11, 22)
    assert formats.date_format(dia) == "22 de noviembre de 2026"
    assert (
        formats.date_format(dt.datetime(2026, 3, 1, 9, 5), "DATETIME_FORMAT")
        == "1 de marzo de 2026 a las 09:05"
    )


def test_la_fecha_va_en_palabras() -> None:
    assert portal.fecha(dt.date(2020, 1, 8)) == "8 de enero de 2020"
    assert portal.fecha(None) == ""


def test_el_instante_se_lee_en_la_hora_del_centro() -> None:
    instante = dt.datetime(2020, 1, 9, 3, 5, tzinfo=dt.UTC)
    assert portal.fecha_hora(instante) == "8 de enero de 2020, 21:05 h"
    assert portal.fecha(instante) == "8 de enero de 2020"
    assert portal.fecha_hora(timezone.make_aware(dt.datetime(2020, 8, 20, 10, 5))).endswith("10:05 h")


def test_todo_estado_del_dominio_tiene_tono() -> None:
    for enumeracion in (
        estados.EstadoSesion,
        estados.Resultado,
        estados.EstadoAcuerdo,
        estados.EstadoAsistencia,
    ):
        for valor in enumeracion.values:
            assert valor in portal.TONO_DE, valor


def test_cada_tono_tiene_su_forma() -> None:
    assert set(portal.TONOS) <= set(portal.ICONO_DE)
    assert len(set(portal.ICONO_DE.values())) == len(portal.ICONO_DE)
    assert set(portal.ICONO_DE.values()) <= set(TRAZOS)


def test_un_icono_desconocido_no_pasa_en_silencio() -> None:
    with pytest.raises(KeyError):
        portal.icono("no-existe")


def test_el_icono_escapa_su_clase() -> None:
    assert '"><script' not in portal.icono("palomita", '"><script')


@pytest.mark.parametrize(
    ("campo", "tipo"),
    [
        ("fecha", "linea"),
        ("modo", "opciones"),
        ("varios", "opciones"),
        ("acepto", "casilla"),
        ("archivo", "archivo"),
    ],
)
def test_tipo_de_control(campo: str, tipo: str) -> None:
    assert portal.tipo_control(Forma()[campo]) == tipo


def test_el_resumen_lleva_al_primer_control() -> None:
    assert portal.id_primero(Forma()["modo"]) == "id_modo_0"
    assert portal.id_primero(Forma()["fecha"]) == "id_fecha"


def test_los_errores_genericos_dicen_de_que_campo_son() -> None:
    forma = Forma({"fecha": "30/02/2020", "modo": "a", "acepto": "on", "oculto": "x"})
    assert [e["ancla"] for e in portal.errores_de(forma)] == ["id_fecha"]
    assert portal.errores_de(forma)[0]["texto"].startswith("Fecha: ")


def test_los_errores_propios_van_tal_cual_y_los_generales_primero() -> None:
    forma = Forma({"fecha": "2020-02-03", "modo": "a", "acepto": "on", "oculto": ""})
    forma.add_error("fecha", ValidationError("Ese día no es hábil."))
    forma.add_error(None, "La sesión ya se cerró.")
    assert portal.errores_de(forma) == [
        {"texto": "La sesión ya se cerró.", "ancla": ""},
        {"texto": "Ese día no es hábil.", "ancla": "id_fecha"},
        {"texto": "Oculto: este campo es obligatorio.", "ancla": ""},
    ]


def test_errores_de_textos_pares_listas_y_conjuntos() -> None:
    assert portal.errores_de("") == []
    assert portal.errores_de(["Uno", ("Dos", "#id_dos")]) == [
        {"texto": "Uno", "ancla": ""},
        {"texto": "Dos", "ancla": "id_dos"},
    ]
    conjunto = forms.formset_factory(Forma, extra=1, validate_min=True, min_num=1)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-fecha": ""}
    )
    assert any(e["ancla"] == "id_form-0-fecha" for e in portal.errores_de(conjunto))


def test_columnas_y_filas_deben_casar() -> None:
    assert portal.columnas_de_tabla(["A", "B:"])[1] == {"texto": "B", "numero": True}
    with pytest.raises(ValueError, match="shorter"):
        portal.emparejar(["A", "B"], ["solo una"])


def test_numeros_de_pagina_se_omiten_en_medio() -> None:
    numeros = portal.numeros_de_pagina(Paginator(range(200), 10).page(10))
    assert numeros[0] == 1
    assert numeros[-1] == 20
    assert "…" in numeros


def test_legible_y_largo() -> None:
    assert portal.legible("fecha_limite") == "Fecha limite"
    assert portal.es_largo("uno\ndos")
    assert portal.es_largo("x" * 41)
    assert not portal.es_largo("t12")
