"""Quién opera el portal: lo que se da en el entorno se lee en las páginas; lo que falta se dice."""

import datetime as dt
from dataclasses import replace

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from stl_portal.publico.identidad import DEL_AVISO, Identidad, del_entorno, revisar

COMPLETA = Identidad(
    nombre="Secretariado de Prueba",
    domicilio="Calle Ficticia 1",
    correo="hola@prueba.example",
    telefono="473 000 0000",
    fundamento="Artículo 1 de la Ley de Prueba",
    unidad="Unidad de Transparencia de Prueba",
    correo_arco="arco@prueba.example",
    aviso_del=dt.date(2026, 1, 15),
    accesible_al=dt.date(2026, 2, 20),
    dias_accesibilidad=7,
)


def test_se_lee_del_entorno(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_NOMBRE", "Secretariado de Prueba")
    monkeypatch.setenv("PRIVACIDAD_ACTUALIZADO", "2026-01-15")
    leida = del_entorno(environ.Env())
    assert (leida.nombre, leida.aviso_del) == ("Secretariado de Prueba", dt.date(2026, 1, 15))
    assert leida.variables_que_faltan == (
        "PORTAL_DOMICILIO",
        "PRIVACIDAD_FUNDAMENTO",
        "PRIVACIDAD_UNIDAD",
        "PRIVACIDAD_CORREO",
    )


def test_una_fecha_mal_escrita_se_nombra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCESIBILIDAD_EVALUADA", "20 de febrero")
    with pytest.raises(ImproperlyConfigured, match="ACCESIBILIDAD_EVALUADA debe ser una fecha AAAA-MM-DD"):
        del_entorno(environ.Env())


def test_sin_configurar_el_aviso_dice_que_le_falta_y_la_revision_tambien(
    client: Client, db: None, settings: Settings
) -> None:
    settings.IDENTIDAD = Identidad()
    texto = client.get("/aviso-de-privacidad/").content.decode()
    assert "Aviso incompleto" in texto
    for dato in DEL_AVISO.values():
        assert f"<li>{dato}</li>" in texto
    (aviso,) = revisar(None)
    assert aviso.id == "portal.W003"
    assert all(variable in str(aviso.hint) for variable in DEL_AVISO)


def test_completo_lo_dice_todo_y_nada_falta(client: Client, db: None, settings: Settings) -> None:
    settings.IDENTIDAD = COMPLETA
    settings.PREGUNTAS_GUARDAR_CORREO = 45
    texto = client.get("/aviso-de-privacidad/").content.decode()
    for dicho in (
        "Secretariado de Prueba es responsable",
        "Calle Ficticia 1",
        "Artículo 1 de la Ley de Prueba",
        "ante Unidad de Transparencia de Prueba",
        "mailto:arco@prueba.example",
        "15 de enero de 2026",
        "se borra 45 días después de responderle",
    ):
        assert dicho in texto
    assert "Aviso incompleto" not in texto
    assert revisar(None) == []


def test_la_declaracion_de_accesibilidad_y_el_pie(client: Client, db: None, settings: Settings) -> None:
    settings.IDENTIDAD = COMPLETA
    texto = client.get("/accesibilidad/").content.decode()
    assert "20 de febrero de 2026" in texto
    assert "Se te responde en 7 días hábiles" in texto
    assert '<a href="tel:473 000 0000">' in texto  # el pie de toda página
    settings.IDENTIDAD = replace(COMPLETA, accesible_al=None, correo="")
    texto = client.get("/accesibilidad/").content.decode()
    assert "aún no declara una evaluación" in texto
    assert "Se te responde" in texto
