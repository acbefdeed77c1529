"""Llaves de acceso en Chromium, con un autenticador virtual: agregarla, confirmarse, entrar y quitarla."""

import json
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from stl_portal.avisos.models import Aviso
from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import codigo, dar_telefono, identificarse, olvidar
from tests.personas import CLAVE, Reparto, crear_reparto
from tests.vida.momentos import aprobada

HOSTILES = ["", "no es json", "{}", "[]", "null", "7", '"x"', '{"id": 1}', '{"response": {}}']
HOSTILES += ['{"response": []}', '{"response": {"userHandle": "MQ"}}', '{"response": {"userHandle": 7}}']
VALORES: tuple[object, ...] = ("MQ", "!!", 7, None, {}, "ñ")
HOSTILES += [
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {campo: valor}})
    for campo in ("userHandle", "clientDataJSON", "attestationObject", "authenticatorData")
    for valor in VALORES
]


@pytest.fixture
def pagina(live_server: LiveServer, navegador: Browser) -> Iterator[Page]:
    """Un navegador con llave de acceso: el portal por su nombre, que una llave no se guarda para números."""
    cache.clear()
    raiz = live_server.url.replace("127.0.0.1", "localhost")
    contexto = navegador.new_context(locale="es-MX", base_url=raiz)
    hoja = contexto.new_page()
    cdp = contexto.new_cdp_session(hoja)
    cdp.send("WebAuthn.enable")
    equipo = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    equipo |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": equipo})
    quejas: list[str] = []
    hoja.on("console", lambda m: quejas.append(m.text) if "Content Security Policy" in m.text else None)
    yield hoja
    assert quejas == []
    contexto.close()


def con_contrasena(pagina: Page, cuenta: Usuario, destino: str = "/mi/") -> None:
    pagina.goto(f"{reverse('account_login')}?next={destino}")
    pagina.get_by_label("Correo electrónico").fill(cuenta.email)
    pagina.get_by_label("Contraseña", exact=True).fill(CLAVE)
    pagina.locator("main").get_by_role("button", name="Entrar", exact=True).click()


@pytest.mark.django_db(transaction=True)
def test_de_no_tener_segundo_factor_a_sellar_con_una_llave(pagina: Page) -> None:
    reparto = crear_reparto()
    cuenta, acta = reparto.cuentas["facilitadora"], aprobada(reparto)
    sellar = reverse("actas:sellar", args=("prueba", acta.sesion.clave))
    con_contrasena(pagina, cuenta, sellar)
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("Antes hace falta")
    pagina.get_by_role("link", name="Usar una llave de acceso").click()
    pagina.get_by_label("Contraseña").fill(CLAVE)
    pagina.get_by_role("button", name="Confirmar").click()
    pagina.get_by_label("Cómo la vas a reconocer").fill("Mi computadora")
    pagina.get_by_role("button", name="Agregarla").click()
    pagina.get_by_text("Guárdalos ahora").wait_for()
    pagina.get_by_role("link", name="Ya los guardé").click()
    expect(pagina.get_by_role("button", name="Sellar para siempre")).to_be_visible()
    assert list(Aviso.objects.filter(para=cuenta.email).values_list("asunto", flat=True)) == [
        "Agregaste una llave de acceso · Portal del Secretariado Técnico Local"
    ]


@pytest.mark.django_db(transaction=True)
def test_entrar_confirmarse_y_quitarla(pagina: Page) -> None:
    reparto = crear_reparto()
    cuenta, acta = reparto.cuentas["facilitadora"], aprobada(reparto)
    sellar = reverse("actas:sellar", args=("prueba", acta.sesion.clave))
    secreto = dar_telefono(cuenta)
    con_contrasena(pagina, cuenta)
    pagina.get_by_label("Código").fill(codigo(secreto, -1))
    pagina.get_by_role("button", name="Entrar", exact=True).click()
    pagina.wait_for_url("**/mi/")
    pagina.goto(reverse("mfa_add_webauthn"))
    pagina.get_by_label("Código").fill(codigo(secreto))
    pagina.get_by_role("button", name="Confirmar").click()
    pagina.get_by_role("button", name="Agregarla").click()
    pagina.get_by_role("link", name="Quitar Llave 1").wait_for()
    # Entrar solo con la llave cuenta como recién identificada.
    pagina.context.clear_cookies()
    pagina.goto(f"{reverse('account_login')}?next={sellar}")
    pagina.get_by_role("button", name="Usar una llave de acceso").click()
    expect(pagina.get_by_role("button", name="Sellar para siempre")).to_be_visible()
    # Con contraseña, la llave es el segundo paso.
    pagina.context.clear_cookies()
    con_contrasena(pagina, cuenta, sellar)
    pagina.get_by_role("button", name="Usar mi llave de acceso").click()
    expect(pagina.get_by_role("button", name="Sellar para siempre")).to_be_visible()
    _vencer(pagina)
    pagina.goto(sellar)
    pagina.get_by_role("link", name="Usar tu llave de acceso").click()
    pagina.get_by_role("button", name="Usar mi llave de acceso").click()
    expect(pagina.get_by_role("button", name="Sellar para siempre")).to_be_visible()
    pagina.goto(reverse("mfa_index"))
    pagina.get_by_role("link", name="Quitar Llave 1").click()
    pagina.get_by_role("button", name="Sí, quitarla").click()
    pagina.get_by_text("La llave de acceso ya no está en tu cuenta.").wait_for()
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()


def _vencer(pagina: Page) -> None:
    """Que lo último que probó esa entrada ya no sea reciente."""
    cliente = Client()
    (galleta,) = (g for g in pagina.context.cookies() if g["name"] == "sessionid")
    cliente.cookies["sessionid"] = galleta["value"]
    olvidar(cliente)


@pytest.mark.django_db(transaction=True)
def test_si_la_persona_cancela_se_dice(pagina: Page) -> None:
    reparto = crear_reparto()
    con_contrasena(pagina, reparto.cuentas["facilitadora"], reverse("mfa_add_webauthn"))
    pagina.get_by_label("Contraseña").fill(CLAVE)
    pagina.get_by_role("button", name="Confirmar").click()
    pagina.get_by_role("button", name="Agregarla").wait_for()
    pagina.evaluate(
        "() => { navigator.credentials.create = async () => {"
        " throw new DOMException('', 'NotAllowedError') } }"
    )
    pagina.get_by_role("button", name="Agregarla").click()
    expect(pagina.get_by_role("alert")).to_have_text("Se canceló o se acabó el tiempo. Inténtalo otra vez.")
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credencial", HOSTILES)
def test_una_llave_inventada_no_entra_ni_rompe(client: Client, reparto: Reparto, credencial: str) -> None:
    cache.clear()
    cuenta = reparto.cuentas["facilitadora"]
    entrar = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert "request_options" in entrar.json()
    assert client.post(reverse("mfa_login_webauthn"), {"credential": credencial}).status_code == 302
    assert client.get(reverse("mi")).status_code == 302
    identificarse(client, cuenta)
    confirmar = reverse("mfa_reauthenticate_webauthn")
    agregar = reverse("mfa_add_webauthn")
    for direccion in (confirmar, agregar):
        client.get(direccion)
        assert client.post(direccion, {"credential": credencial, "name": "x"}).status_code in (302, 422)
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()
