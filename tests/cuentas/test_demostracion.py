"""La demostración enseña el código de sus cuentas ficticias; nadie más lo enseña, ni de nadie más."""

import os
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from stl_portal.cuentas import demostracion, segundo_factor
from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import dar_telefono
from tests.cuentas.test_de_tu import leer
from tests.personas import CLAVE
from tests.portal.test_arquitectura import RAIZ

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _de_demostracion(settings: Settings) -> None:
    cache.clear()
    settings.DEMO = True


@pytest.fixture
def ficticia() -> Usuario:
    cuenta = Usuario.objects.create_user("alguien@demo.example", CLAVE, nombre="Alguien Ficticio")
    demostracion.dar_segundo_factor(cuenta)
    return cuenta


def entrar(client: Client, cuenta: Usuario) -> str:
    """Da su contraseña y devuelve el código que la página enseña, o vacío."""
    datos = {"login": cuenta.email, "password": CLAVE}
    pagina = client.post(reverse("account_login"), datos, follow=True).content.decode()
    return pagina.partition('<code class="codigo-demo">')[2].partition("<")[0]


def test_con_el_codigo_que_ensena_se_entra_y_se_confirma(client: Client, ficticia: Usuario) -> None:
    primero = entrar(client, ficticia)
    client.post(reverse("mfa_authenticate"), {"code": primero})
    assert client.get(reverse("mi")).status_code == 200
    url = reverse("mfa_reauthenticate")
    segundo = client.get(url).context["form"].de_demostracion
    assert segundo != primero
    assert client.post(url, {"code": segundo}).status_code == 302


def test_si_ya_se_uso_dice_que_se_espere(
    client: Client, ficticia: Usuario, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahora = time.time()
    monkeypatch.setattr(segundo_factor, "time", SimpleNamespace(time=lambda: ahora))
    medio = Authenticator.objects.get(user=ficticia)
    while vale := demostracion.codigo(ficticia):
        assert segundo_factor.gastar(medio, vale)
    assert demostracion.codigo(ficticia) == ""
    assert entrar(client, ficticia) == ""
    assert "El siguiente sale en menos de medio minuto" in leer(client.get(reverse("mfa_authenticate")))


@pytest.mark.parametrize("apagado", ["DEMO", "PRODUCCION"])
def test_fuera_de_la_demostracion_no_se_ensena(
    client: Client, ficticia: Usuario, settings: Settings, apagado: str
) -> None:
    setattr(settings, apagado, apagado == "PRODUCCION")
    assert demostracion.codigo(ficticia) is None
    assert entrar(client, ficticia) == ""
    with pytest.raises(ValueError, match="ficticias"):
        demostracion.dar_segundo_factor(ficticia)


def test_ni_la_de_una_cuenta_de_verdad(client: Client) -> None:
    cuenta = Usuario.objects.create_user("alguien@prueba.example", CLAVE, nombre="Alguien")
    dar_telefono(cuenta)
    assert entrar(client, cuenta) == ""
    assert "Solo en la demostración" not in client.get(reverse("mfa_authenticate")).content.decode()
    with pytest.raises(ValueError, match="ficticias"):
        demostracion.dar_segundo_factor(cuenta)


def test_en_produccion_no_hay_demostracion_aunque_se_pida() -> None:
    entorno = os.environ | {"PRODUCCION": "1", "DEMO": "1", "SECRET_KEY": "x" * 60}
    entorno |= {"BITACORA_CLAVE": "A" * 43 + "=", "DATABASE_URL": "sqlite://:memory:"}
    dice = "from django.conf import settings; print(settings.DEMO)"
    entorno["DJANGO_SETTINGS_MODULE"] = "stl_portal.settings"
    salida = subprocess.run(
        [sys.executable, "-c", dice], env=entorno, cwd=RAIZ, capture_output=True, text=True, check=True
    )
    assert salida.stdout.strip() == "False"
