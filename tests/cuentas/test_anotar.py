"""De cada intento de entrar queda un renglón que permite reconstruirlo, sin decir de quién es."""

import logging
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stl_portal.auditoria.models import Acto
from stl_portal.cuentas import anotar
from tests.cuentas.codigos import codigo, dar_telefono
from tests.personas import CLAVE, Reparto

pytestmark = pytest.mark.apariencia


def test_quien_entra_quien_no_y_con_que(reparto: Reparto, caplog: pytest.LogCaptureFixture) -> None:
    cuenta = reparto.cuentas["facilitadora"]
    secreto = dar_telefono(cuenta)
    entrar, client = reverse("account_login"), Client()
    with caplog.at_level(logging.INFO, "stl_portal.seguridad"):
        client.post(entrar, {"login": "Nadie@prueba.example", "password": "no es esta"})
        client.post(entrar, {"login": cuenta.email, "password": CLAVE}, follow=True)
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
        client.post(reverse("mfa_authenticate"), {"code": codigo(secreto)})
        client.post(reverse("account_logout"))
    dichos: list[tuple[str, dict[str, Any]]] = [
        (r.getMessage(), r.datos)  # type: ignore[attr-defined]
        for r in caplog.records
        if r.name == "stl_portal.seguridad"
    ]
    assert dichos == [
        ("no entró", {"huella": anotar.huella("nadie@prueba.example")}),
        ("código rechazado", {"cuenta": cuenta.pk}),
        (
            "entró",
            {"cuenta": cuenta.pk, "huella": anotar.huella(cuenta.email), "medios": ["password", "mfa"]},
        ),
        ("salió", {"cuenta": cuenta.pk}),
    ]
    constan = Acto.objects.order_by("pk").values_list("que", "detalle")
    assert list(constan) == [
        ("escribir un código que no era", ""),
        ("entrar", "Con contraseña y segundo paso"),
        ("salir", ""),
    ]
    assert cuenta.email not in str(dichos)
