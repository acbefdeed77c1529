"""Fallar muchas veces cierra esa cuenta desde esa dirección, y se dice por cuánto; a nadie más."""

import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from stl_portal.limites import dicha
from tests.cuentas.test_de_tu import leer
from tests.personas import CLAVE, Reparto

ENTRAR = reverse("account_login")


def _intentar(quien: str, clave: str, desde: str = "10.0.0.1") -> object:
    datos = {"login": f"{quien}.prueba@prueba.example", "password": clave}
    return Client().post(ENTRAR, datos, REMOTE_ADDR=desde)


def _entra(quien: str, desde: str = "10.0.0.1") -> bool:
    return getattr(_intentar(quien, CLAVE, desde), "status_code", 0) == 302


def test_cierra_la_cuenta_en_esa_direccion_y_dice_cuanto(reparto: Reparto) -> None:
    for _ in range(5):
        _intentar("integrante", "no es esta")
    frenada = leer(_intentar("integrante", CLAVE))
    assert "hubo demasiados intentos. espera 5 minutos y vuelve a intentarlo" in frenada.lower()
    assert not _entra("integrante")
    assert _entra("facilitadora"), "otra cuenta de la misma oficina"
    assert _entra("integrante", "10.0.0.2"), "la dueña, desde otra parte"


def test_insistir_desde_una_direccion_no_agota_la_cuenta_en_total(
    reparto: Reparto, settings: Settings
) -> None:
    """Lo ya frenado no cuenta en total: si contara, cualquiera cerraría la cuenta de otra persona."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_de_todas": "7/h/key"}
    for _ in range(12):
        _intentar("integrante", "no es esta")
    assert _entra("integrante", "10.0.0.2")
    for otra in ("10.0.0.3", "10.0.0.4"):
        _intentar("integrante", "no es esta", otra)
    frenada = leer(_intentar("integrante", CLAVE, "10.0.0.5"))
    assert "Desde varios lugares se ha intentado entrar a esta cuenta. Espera 60 minutos" in frenada
    assert _entra("facilitadora", "10.0.0.5")


def test_muchos_desde_una_direccion_dicen_cuanto_esperar(reparto: Reparto, settings: Settings) -> None:
    """Un intento bueno no cuenta; el 429 dice los minutos en la página y los segundos en su cabecera."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "3/4m/ip"}
    for _ in range(3):
        assert _entra("integrante")
    respuesta = Client().post(ENTRAR, {"login": "x@y.mx", "password": "z"}, REMOTE_ADDR="10.0.0.1")
    assert (respuesta.status_code, respuesta["Retry-After"]) == (429, "240")
    assert "hay que esperar 4 minutos antes de intentarlo otra vez" in leer(respuesta)
    assert _entra("integrante", "10.0.0.9")


@pytest.mark.parametrize(("segundos", "dicho"), [(60, "1 minuto"), (600, "10 minutos")])
def test_se_dice_en_minutos(segundos: int, dicho: str) -> None:
    assert dicha(segundos) == dicho


def test_lo_que_falta_baja_con_el_reloj(reparto: Reparto, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    for _ in range(5):
        _intentar("integrante", "no es esta")
    ahora = time.time()
    monkeypatch.setattr("time.time", lambda: ahora + 185)
    assert "Espera 2 minutos" in leer(_intentar("integrante", CLAVE))
