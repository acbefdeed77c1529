"""Cada cambio en cómo se entra a una cuenta le llega a su dueña por correo, en español y sin secretos."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import codigo, dar_telefono, de_recuperacion
from tests.cuentas.test_de_tu import DE_USTED
from tests.personas import CLAVE, Reparto

NUEVA = dict.fromkeys(("password1", "password2"), "una frase bien larga")


@pytest.fixture(autouse=True)
def _sin_intentos_previos() -> None:
    cache.clear()


@pytest.fixture
def cuenta(reparto: Reparto) -> Usuario:
    return reparto.cuentas["integrante"]


def confirmar(client: Client, cuenta: Usuario, direccion: str) -> None:
    """Se confirma con lo que la cuenta tenga, como pide la página."""
    con_codigo = Authenticator.objects.filter(user=cuenta).exists()
    datos = {"code": de_recuperacion(cuenta)} if con_codigo else {"password": CLAVE}
    client.post(client.get(direccion)["Location"], datos)


def activar(client: Client, cuenta: Usuario) -> None:
    url = reverse("mfa_activate_totp")
    confirmar(client, cuenta, url)
    client.post(url, {"code": codigo(client.get(url).context["form"].secret)})


def desactivar(client: Client, cuenta: Usuario) -> None:
    dar_telefono(cuenta)
    confirmar(client, cuenta, reverse("mfa_deactivate_totp"))
    client.post(reverse("mfa_deactivate_totp"))


def generar(client: Client, cuenta: Usuario) -> None:
    dar_telefono(cuenta)
    confirmar(client, cuenta, reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_generate_recovery_codes"))


def usar_uno(client: Client, cuenta: Usuario) -> None:
    dar_telefono(cuenta)
    client.post(reverse("mfa_reauthenticate"), {"code": de_recuperacion(cuenta)})


def cambiar_contrasena(client: Client, cuenta: Usuario) -> None:
    client.post(reverse("account_change_password"), {"oldpassword": CLAVE} | NUEVA)


USADO = "Se usó un código de recuperación"
CASOS: dict[str, tuple[Callable[[Client, Usuario], None], list[str]]] = {
    "activar": (activar, ["Activaste la verificación en dos pasos"]),
    "desactivar": (desactivar, [USADO, "Se quitó el código de tu teléfono"]),
    "generar": (generar, [USADO, "Tienes códigos de recuperación nuevos"]),
    "usar uno": (usar_uno, [USADO]),
    "contraseña": (cambiar_contrasena, ["Cambió tu contraseña"]),
}


@pytest.mark.parametrize("caso", CASOS)
def test_se_avisa(
    client: Client,
    cuenta: Usuario,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    caso: str,
) -> None:
    hacer, asuntos = CASOS[caso]
    client.force_login(cuenta)
    with django_capture_on_commit_callbacks(execute=True):
        hacer(client, cuenta)
    assert [correo.subject.partition(" · ")[0] for correo in mail.outbox] == asuntos
    for correo in mail.outbox:
        texto = f"{correo.subject} {correo.body}"
        assert correo.to == [cuenta.email]
        assert "Si no fuiste tú, cambia tu contraseña ahora" in texto
        assert "desde la dirección 127.0.0.1" in texto
        assert DE_USTED.search(texto) is None
    if "usar uno" in caso:
        assert "Quedan 9." in str(mail.outbox[0].body)
