"""Nada de lo que se pegue, se suba o se altere en la vista previa tira la página."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sesiones import models as m
from tests.municipios.pegado import HOY, los_46, ocultos, pegar, url

pytestmark = pytest.mark.django_db
CELDA = st.sampled_from(
    [
        "clave_inegi",
        "municipio",
        "convocatoria",
        "fecha",
        "nota",
        "León",
        "11020",
        "Silao",
        "Cumplido",
        "",
        "=1",
    ]
) | st.text(max_size=12)
PEGADO = st.lists(st.lists(CELDA, max_size=6).map("\t".join), max_size=8).map("\n".join) | st.text()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(PEGADO)
def test_ningun_texto_pegado_tira_la_pagina(captura: Client, seguimiento: m.Organo, pegado: str) -> None:
    respuesta = captura.post(url(seguimiento), {"celdas": pegado, "fecha": HOY.isoformat()})
    assert respuesta.status_code in (200, 422)
    if "revision" in (respuesta.context or {}):
        sigue = captura.post(url(seguimiento), ocultos(respuesta))
        assert sigue.status_code in (200, 422)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.xlsx", "a.ods"]))
def test_ningun_archivo_tira_la_pagina(
    captura: Client, seguimiento: m.Organo, contenido: bytes, nombre: str
) -> None:
    archivo = SimpleUploadedFile(nombre, contenido, "application/octet-stream")
    respuesta = captura.post(url(seguimiento), {"archivo": archivo, "fecha": HOY.isoformat()})
    assert respuesta.status_code == 422


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    st.recursive(st.none() | st.integers() | st.floats() | st.text(max_size=5), st.lists, max_leaves=5),
    st.data(),
)
def test_ninguna_vista_previa_alterada_tira_la_pagina(
    captura: Client, seguimiento: m.Organo, valor: Any, data: st.DataObject
) -> None:
    hoja = json.loads(ocultos(pegar(captura, seguimiento, *los_46("Cumplido")[:3]))["hoja"])
    hoja[data.draw(st.sampled_from(sorted(hoja)))] = valor
    hoja["renglones"] = hoja["renglones"] or valor
    enviado = {"hoja": json.dumps(hoja), "fecha": HOY.isoformat()}
    assert captura.post(url(seguimiento), enviado).status_code in (200, 409, 422)
