"""La entrada se acaba por tope y por inactividad, y lo que el navegador pide solo no la alarga."""

import time
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from sesiones import models as m
from sesiones.estados import TipoRol
from stl_portal.cuentas import limites_de_sesion
from stl_portal.cuentas.models import SesionAbierta
from tests.cuentas.codigos import dar_telefono, de_recuperacion
from tests.fabricas import crear_sesion
from tests.personas import CLAVE, DESDE, Reparto

HORA = 3600


def envejecer(client: Client, *, entro: float = 0, visto: float = 0) -> None:
    """Corre hacia atrás las marcas de la sesión, en segundos."""
    sesion = client.session
    marcas = sesion[limites_de_sesion.CLAVE]
    sesion[limites_de_sesion.CLAVE] = {
        **marcas,
        "entro": marcas["entro"] - entro,
        "visto": marcas["visto"] - visto,
    }
    sesion.save()


def marcas(client: Client) -> Any:
    return client.session[limites_de_sesion.CLAVE]


@pytest.mark.parametrize(
    ("papel", "entro", "visto", "sigue"),
    [
        ("facilitadora", 0, 29 * 60, True),
        ("facilitadora", 0, 30 * 60, False),
        ("integrante", 0, 5 * HORA, True),
        ("integrante", 11.9 * HORA, 0, True),
        ("integrante", 12 * HORA, 0, False),
        ("facilitadora", 12 * HORA, 0, False),
    ],
)
def test_cuanto_dura(
    client: Client, reparto: Reparto, papel: str, entro: float, visto: float, sigue: bool
) -> None:
    client.force_login(reparto.cuentas[papel])
    envejecer(client, entro=entro, visto=visto)
    respuesta = client.get(reverse("mi"))
    assert (respuesta.status_code == 200) is sigue
    assert Session.objects.count() == int(sigue)
    if not sigue:
        motivo = "cumplió 12 horas" if entro else "30 minutos sin actividad"
        assert motivo in client.get(respuesta["Location"]).content.decode()


def test_los_limites_se_configuran(client: Client, reparto: Reparto, settings: Any) -> None:
    settings.SESION_INACTIVIDAD_MINUTOS, settings.SESION_TOPE_HORAS = 5, 1
    client.force_login(reparto.cuentas["facilitadora"])
    envejecer(client, visto=5 * 60)
    assert client.get(reverse("mi")).status_code == 302
    client.force_login(reparto.cuentas["integrante"])
    envejecer(client, entro=HORA)
    assert client.get(reverse("mi")).status_code == 302


def test_la_actividad_aplaza_la_inactividad_y_no_el_tope(client: Client, reparto: Reparto) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    envejecer(client, entro=11 * HORA, visto=20 * 60)
    antes = marcas(client)
    client.get(reverse("mi"))
    assert marcas(client)["entro"] == antes["entro"]
    assert time.time() - marcas(client)["visto"] < 60


def test_sin_consultas_de_mas_en_el_minuto(
    client: Client, reparto: Reparto, django_assert_num_queries: Any
) -> None:
    """La sesión y la cuenta: lo mismo que antes de que hubiera límites."""
    client.force_login(reparto.cuentas["facilitadora"])
    with django_assert_num_queries(2):
        client.get(reverse("account_email"))


def test_el_rol_dado_durante_la_sesion_la_hace_corta(client: Client, reparto: Reparto) -> None:
    cuenta = reparto.cuentas["extrana"]
    client.force_login(cuenta)
    assert marcas(client)["corta"] is False
    m.Rol.objects.create(usuario=cuenta, organo=reparto.organo, tipo=TipoRol.TECNICA, vigente_desde=DESDE)
    envejecer(client, visto=61)
    client.get(reverse("mi"))
    assert marcas(client)["corta"] is True


def test_el_latido_no_cuenta_ni_pasa_del_tope(client: Client, reparto: Reparto) -> None:
    sesion = crear_sesion(reparto)
    punto = sesion.puntos.create(titulo="Punto", orden=99)
    client.force_login(reparto.cuentas["facilitadora"])
    envejecer(client, entro=HORA, visto=10 * 60)
    antes = marcas(client)
    url = reverse("mesa:presencia", args=(reparto.organo.clave, sesion.clave, punto.pk))
    assert client.post(url, headers={"X-Autoguardado": "1"}).status_code == 200
    assert marcas(client) == antes
    client.get(reverse("mi"))
    assert marcas(client)["visto"] > antes["visto"]
    envejecer(client, entro=11 * HORA)
    rechazada = client.post(url, headers={"X-Autoguardado": "1"})
    assert (rechazada.status_code, rechazada.json()["error"]) == (401, "entrar")


def test_lo_escrito_en_una_forma_se_repone_al_caducar(client: Client, reparto: Reparto) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    envejecer(client, visto=31 * 60)
    url = reverse("registros:nuevo", args=("prueba", "frases"))
    respuesta = client.post(url, {"texto": "Lo que escribí con cuidado"})
    assert respuesta.status_code == 401
    assert "Lo que escribí con cuidado" in respuesta.content.decode()


def test_la_llave_rota_al_entrar(client: Client, reparto: Reparto) -> None:
    cuenta = reparto.cuentas["extrana"]
    client.get(reverse("account_login"))
    sesion = client.session
    sesion["puesta"] = "por otra persona"
    sesion.save()
    client.cookies["sessionid"] = fija = str(sesion.session_key)
    client.post(reverse("account_login"), {"login": cuenta.email, "password": CLAVE})
    assert client.session.session_key != fija
    assert not Session.objects.filter(session_key=fija).exists()
    assert list(SesionAbierta.objects.values_list("llave", flat=True)) == [client.session.session_key]


@pytest.mark.parametrize("con", ["contraseña", "código"])
def test_la_llave_rota_al_confirmar_quien_es(client: Client, reparto: Reparto, con: str) -> None:
    """Quien hubiera copiado la galleta ya no tiene nada; la sesión y su aparato siguen siendo los mismos."""
    cuenta = reparto.cuentas["integrante"]
    client.force_login(cuenta)
    copiada, aparato = str(client.session.session_key), SesionAbierta.objects.get().pk
    if con == "código":
        dar_telefono(cuenta)
        client.post(reverse("mfa_reauthenticate"), {"code": de_recuperacion(cuenta)})
    else:
        client.post(reverse("account_reauthenticate"), {"password": "no es esta"})
        assert client.session.session_key == copiada
        client.post(reverse("account_reauthenticate"), {"password": CLAVE})
    assert not Session.objects.filter(session_key=copiada).exists()
    llave = str(client.session.session_key)
    assert list(SesionAbierta.objects.values_list("pk", "llave")) == [(aparato, llave)]
    assert client.get(reverse("mi")).status_code == 200


@pytest.mark.parametrize(
    "afuera", ["https://malo.example/", "//malo.example/", "/\\malo.example", "javascript:alert(1)"]
)
def test_al_entrar_no_se_sale_del_portal(client: Client, reparto: Reparto, afuera: str) -> None:
    datos = {"login": reparto.cuentas["extrana"].email, "password": CLAVE, "next": afuera}
    respuesta = client.post(f"{reverse('account_login')}", datos)
    assert respuesta["Location"] == reverse("mi")
