"""El segundo paso: se activa, se pide al entrar, no se repite, se pierde y se recupera."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from stl_portal.avisos.models import Aviso
from stl_portal.cuentas.models import Usuario
from stl_portal.cuentas.segundo_factor import DosPasos
from tests.cuentas.codigos import codigo, dar_telefono, de_recuperacion, secreto_guardado
from tests.cuentas.test_de_tu import leer
from tests.personas import CLAVE, Reparto

ENTRAR = {"login": "integrante.prueba@prueba.example", "password": CLAVE}
FIRMA = "/mesa/prueba/una/acta/firma/"


@pytest.fixture(autouse=True)
def _sin_intentos_previos() -> None:
    """Los límites de intentos viven en la caché, que las pruebas comparten."""
    cache.clear()


@pytest.fixture
def cuenta(reparto: Reparto) -> Usuario:
    return reparto.cuentas["integrante"]


def entro(client: Client) -> bool:
    return client.get(reverse("mi")).status_code == 200


def con_contrasena(client: Client) -> None:
    respuesta = client.post(reverse("account_login"), ENTRAR)
    assert respuesta["Location"] == reverse("mfa_authenticate")
    assert not entro(client)


def confirmada(client: Client, destino: str) -> Client:
    """Entra y confirma su contraseña, como pide la página de la cuenta."""
    client.post(reverse("account_login"), ENTRAR)
    confirmar = client.get(destino)["Location"]
    leer(client.get(confirmar))
    assert client.post(confirmar, {"password": CLAVE})["Location"] == destino
    return client


def test_se_activa_y_se_vuelve_a_donde_se_estaba(client: Client, cuenta: Usuario) -> None:
    destino = f"{reverse('mfa_activate_totp')}?next={FIRMA}"
    confirmada(client, destino)
    pagina = client.get(destino)
    leer(pagina)
    secreto = pagina.context["form"].secret
    html = pagina.content.decode()
    assert html.count("<svg") >= 1
    assert "Código QR de tu cuenta" in html
    assert re.search(r'\sstyle="', html) is None
    mal = client.post(destino, {"code": "000000"})
    assert mal.status_code == 422
    assert "Ese código no es" in leer(mal)
    assert not Authenticator.objects.exists()
    listo = client.post(destino, {"code": codigo(secreto)}, follow=True)
    assert "Guárdalos ahora" in leer(listo)
    assert listo.context["volver"] == FIRMA
    assert secreto_guardado(cuenta) != secreto


def test_no_se_vuelve_a_otro_sitio(client: Client, cuenta: Usuario) -> None:
    destino = f"{reverse('mfa_activate_totp')}?next=https://otro.example/"
    confirmada(client, destino)
    secreto = client.get(destino).context["form"].secret
    assert client.post(destino, {"code": codigo(secreto)}, follow=True).context["volver"] is None


def test_los_codigos_de_recuperacion_se_muestran_una_vez(client: Client, cuenta: Usuario) -> None:
    dar_telefono(cuenta)
    secreto = secreto_guardado(cuenta)
    client.force_login(cuenta)
    url = reverse("mfa_view_recovery_codes")
    client.post(client.get(url)["Location"], {"code": codigo(DosPasos().decrypt(secreto))})
    uno = de_recuperacion(cuenta)
    primera = client.get(url)
    assert "quedan 10 de 10" in leer(primera)
    assert f"data:text/plain;charset=utf-8,{uno}%0A" in primera.content.decode()
    segunda = leer(client.get(url))
    assert uno not in segunda
    assert "se mostraron una sola vez; te quedan 10 de 10" in segunda
    nuevos = client.post(reverse("mfa_generate_recovery_codes"), follow=True)
    assert de_recuperacion(cuenta) in nuevos.content.decode()
    assert uno not in nuevos.content.decode()


def test_al_entrar_se_pide_y_un_codigo_malo_no_entra(client: Client, cuenta: Usuario) -> None:
    secreto = dar_telefono(cuenta)
    con_contrasena(client)
    url = reverse("mfa_authenticate")
    leer(client.get(url))
    mal = client.post(url, {"code": "000000"})
    assert (mal.status_code, entro(client)) == (422, False)
    assert "Ese código no es" in leer(mal)
    client.post(url, {"code": codigo(secreto)})
    assert entro(client)


@pytest.mark.parametrize("vaciar", [False, True], ids=["con caché", "sin caché"])
def test_el_mismo_codigo_no_vale_dos_veces(client: Client, cuenta: Usuario, vaciar: bool) -> None:
    secreto, otra = dar_telefono(cuenta), Client()
    visto = codigo(secreto)
    for navegador in (client, otra):
        con_contrasena(navegador)
        if vaciar:
            cache.clear()
        navegador.post(reverse("mfa_authenticate"), {"code": visto})
    assert (entro(client), entro(otra)) == (True, False)


def test_uno_anterior_al_ya_usado_tampoco_vale(client: Client, cuenta: Usuario) -> None:
    secreto, otra = dar_telefono(cuenta), Client()
    for navegador, pasos in ((client, 1), (otra, 0)):
        con_contrasena(navegador)
        navegador.post(reverse("mfa_authenticate"), {"code": codigo(secreto, pasos)})
    assert (entro(client), entro(otra)) == (True, False)


def test_se_tolera_medio_minuto_de_reloj_y_no_mas(client: Client, cuenta: Usuario) -> None:
    secreto = dar_telefono(cuenta)
    con_contrasena(client)
    for pasos in (-3, 3):
        client.post(reverse("mfa_authenticate"), {"code": codigo(secreto, pasos)})
        assert not entro(client)
    client.post(reverse("mfa_authenticate"), {"code": codigo(secreto, 1)})
    assert entro(client)


def test_uno_de_recuperacion_entra_una_vez(client: Client, cuenta: Usuario) -> None:
    dar_telefono(cuenta)
    uno, otra = de_recuperacion(cuenta), Client()
    for navegador in (client, otra):
        con_contrasena(navegador)
        navegador.post(reverse("mfa_authenticate"), {"code": uno})
    assert (entro(client), entro(otra)) == (True, False)


def test_demasiados_intentos_se_frenan_aunque_el_ultimo_sea_bueno(client: Client, cuenta: Usuario) -> None:
    secreto = dar_telefono(cuenta)
    con_contrasena(client)
    url = reverse("mfa_authenticate")
    for _ in range(5):
        client.post(url, {"code": "000000"})
    freno = client.post(url, {"code": codigo(secreto)})
    assert "demasiados intentos" in leer(freno)
    assert not entro(client)


def test_se_desactiva_confirmando_quien_es(client: Client, cuenta: Usuario) -> None:
    secreto = dar_telefono(cuenta)
    client.force_login(cuenta)
    assert "Activa" in leer(client.get(reverse("mfa_index")))
    url = reverse("mfa_deactivate_totp")
    confirmar = client.get(url)["Location"]
    assert client.get(reverse("account_reauthenticate"))["Location"].startswith(reverse("mfa_reauthenticate"))
    client.post(confirmar, {"code": codigo(secreto)})
    leer(client.get(url))
    assert "Sin activar" in leer(client.post(url, follow=True))
    assert not Authenticator.objects.exists()


def test_quien_lo_pierde_todo_lo_pide_a_la_administracion(
    client: Client, cuenta: Usuario, caplog: pytest.LogCaptureFixture
) -> None:
    dar_telefono(cuenta)
    with pytest.raises(CommandError, match="--por"):
        call_command("quitar_segundo_paso", cuenta.email)
    call_command("quitar_segundo_paso", cuenta.email.upper(), por="Eva, de soporte")
    assert caplog.messages == [
        f"Se quitó el segundo factor de la cuenta {cuenta.pk}; lo hizo Eva, de soporte."
    ]
    aviso = Aviso.objects.get(para=cuenta.email)
    assert "La administración del portal quitó la verificación en dos pasos" in aviso.cuerpo
    client.post(reverse("account_login"), ENTRAR)
    assert entro(client)
    for correo, dice in ((cuenta.email, "no tiene activa"), ("nadie@prueba.example", "No hay una cuenta")):
        with pytest.raises(CommandError, match=dice):
            call_command("quitar_segundo_paso", correo, por="Eva")
