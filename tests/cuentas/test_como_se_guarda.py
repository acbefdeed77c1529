"""La contraseña se comprueba tal cual y se guarda derivada; fichas y códigos no se adivinan."""

import re

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import reverse

from stl_portal import settings as de_verdad
from tests.cuentas.codigos import dar_telefono, de_recuperacion
from tests.personas import Reparto

pytestmark = pytest.mark.apariencia
ENTRAR = reverse("account_login")


def test_se_comprueba_tal_cual_y_la_sesion_no_se_adivina(reparto: Reparto) -> None:
    """Con espacios en las orillas y mayúsculas: ni se recorta ni se cambia. La ficha, de 165 bits."""
    cuenta, clave = reparto.cuentas["integrante"], "  Una Frase con Orillas  "
    cuenta.set_password(clave)
    cuenta.save()
    for casi in (clave.strip(), clave.lower()):
        assert Client().post(ENTRAR, {"login": cuenta.email, "password": casi}).status_code == 200
    client = Client()
    assert client.post(ENTRAR, {"login": cuenta.email, "password": clave})["Location"] == reverse("mi")
    assert re.fullmatch(r"[a-z0-9]{32}", str(client.session.session_key))


def test_el_campo_la_oculta_y_deja_pegarla(client: Client, db: None) -> None:
    campos = re.findall(r"<input[^>]*type=\"password\"[^>]*>", client.get(ENTRAR).content.decode())
    assert len(campos) == 1
    assert 'autocomplete="current-password"' in campos[0]
    assert "onpaste" not in campos[0]


def test_los_codigos_de_recuperacion_tienen_mas_de_veinte_bits(reparto: Reparto) -> None:
    cuenta = reparto.cuentas["integrante"]
    dar_telefono(cuenta)
    assert re.fullmatch(r"\d{8}", de_recuperacion(cuenta))


def test_se_derivan_despacio() -> None:
    """Las pruebas usan otra derivación para no tardar; la configuración no cambia la de Django."""
    assert not hasattr(de_verdad, "PASSWORD_HASHERS")
    assert global_settings.PASSWORD_HASHERS[0].endswith(f".{PBKDF2PasswordHasher.__name__}")
    assert (PBKDF2PasswordHasher.digest().name, PBKDF2PasswordHasher.iterations >= 600_000) == (
        "sha256",
        True,
    )
