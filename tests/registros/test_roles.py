"""Quien recibe un rol se entera por correo, con la liga directa a su mesa."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from sesiones import models as m
from stl_portal.avisos.models import Aviso
from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import identificarse
from tests.personas import Reparto

from .captura import leido

URL = reverse("registros:nuevo", args=("prueba", "roles"))
ALTA = {
    "correo": "Nueva@prueba.example",
    "nombre": "Nora Nueva",
    "tipo": "tecnica",
    "vigente_desde": "2026-01-15",
}


@pytest.fixture
def entra(client: Client, reparto: Reparto) -> Client:
    identificarse(client, reparto.cuentas["administradora"])
    return client


def test_la_cuenta_nueva_sabe_que_hacer(entra: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert entra.post(URL, ALTA).status_code == 302
    correo = mail.outbox[0]
    assert (correo.to, correo.subject) == (["nueva@prueba.example"], "Tu invitación al portal")
    for frase in (
        "Nora Nueva:",
        "Administradora de Prueba te invita a entrar al portal con el rol de personal técnico en el "
        "Secretariado Técnico de Prueba prueba, desde el 15 de enero de 2026.",
        "Abre tu cuenta con este correo (nueva@prueba.example) y elige tu contraseña: "
        "http://127.0.0.1:8000/invitacion/",
    ):
        assert frase in correo.body


def test_a_quien_ya_entraba_no_se_le_pide_contrasena(entra: Client, reparto: Reparto) -> None:
    cuenta = reparto.cuentas["extrana"]
    entra.post(URL, ALTA | {"correo": cuenta.email, "nombre": "", "vigente_hasta": "2026-12-31"})
    aviso = Aviso.objects.get(para=cuenta.email)
    assert aviso.motivo == f"rol:{m.Rol.objects.get(usuario=cuenta).pk}:tecnica"
    assert "y hasta el 31 de diciembre de 2026 tienes" in aviso.cuerpo
    assert "contraseña" not in aviso.cuerpo


def test_si_el_rol_no_se_da_no_hay_cuenta_ni_aviso(entra: Client, reparto: Reparto) -> None:
    cuenta = reparto.cuentas["facilitadora"]
    repetido = entra.post(URL, ALTA | {"correo": cuenta.email, "tipo": "facilitadora"})
    sin_tipo = entra.post(URL, ALTA | {"tipo": ""})
    assert (repetido.status_code, sin_tipo.status_code) == (422, 422)
    assert not Aviso.objects.exists()
    assert not Usuario.objects.filter(email="nueva@prueba.example").exists()


def test_corregir_las_fechas_no_avisa_otra_vez(entra: Client, reparto: Reparto) -> None:
    rol = m.Rol.objects.get(usuario=reparto.cuentas["colega"])
    url = reverse("registros:editar", args=("prueba", "roles", rol.pk))
    datos = leido(entra, url) | {"tipo": "tecnica", "vigente_desde": "2025-02-01"}
    assert entra.post(url, datos).status_code == 302
    assert not Aviso.objects.exists()


def test_cambiar_de_rol_si_avisa(entra: Client, reparto: Reparto) -> None:
    rol = m.Rol.objects.get(usuario=reparto.cuentas["colega"])
    url = reverse("registros:editar", args=("prueba", "roles", rol.pk))
    entra.post(url, leido(entra, url) | {"tipo": "auditora", "vigente_desde": "2025-01-01"})
    assert "tienes el rol de auditora" in Aviso.objects.get().cuerpo
