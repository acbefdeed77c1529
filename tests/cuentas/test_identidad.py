"""Sellar, publicar, corregir y administrar piden segundo factor, y reciente; lo detenido no cambia nada."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from sesiones import models as m
from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import codigo, dar_telefono, de_recuperacion, identificarse, olvidar
from tests.cuentas.test_de_tu import leer
from tests.personas import CLAVE, Reparto
from tests.vida.momentos import aprobada, firmada, publicada

pytestmark = pytest.mark.apariencia

REGISTROS = ("reglas", "roles", "denominaciones", "citas", "autoridades")
ROL = {"tipo": "auditora", "correo": "nueva@prueba.example", "nombre": "Nueva", "vigente_desde": "2026-01-15"}


@pytest.fixture(autouse=True)
def _sin_intentos_previos() -> None:
    """Los límites de intentos viven en la caché, que las pruebas comparten."""
    cache.clear()


@pytest.fixture
def conduce(reparto: Reparto) -> Usuario:
    return reparto.cuentas["facilitadora"]


def url(acta: m.Acta, nombre: str) -> str:
    return reverse(f"actas:{nombre}", args=(acta.sesion.organo.clave, acta.sesion.clave))


def cuantos() -> dict[str, object]:
    """Todo lo que estos actos podrían cambiar."""
    modelos = (m.Sello, m.Publicacion, m.Acta, m.Rol, m.Regla, m.Denominacion, m.CitaLegal, m.RaizDeConfianza)
    filas: dict[str, object] = {modelo.__name__: modelo.objects.count() for modelo in modelos}
    return filas | {"estados": list(m.Acta.objects.order_by("pk").values_list("estado", flat=True))}


@pytest.mark.parametrize("acto", ["sellar", "publicar", "corregir"])
def test_sin_segundo_factor_se_explica_y_nada_cambia(client: Client, reparto: Reparto, acto: str) -> None:
    acta = {
        "sellar": lambda: aprobada(reparto),
        "publicar": lambda: firmada(reparto).acta,
        "corregir": lambda: publicada(reparto).acta,
    }[acto]()
    client.force_login(reparto.cuentas["facilitadora"])
    antes, direccion = cuantos(), url(acta, acto)
    pagina = url(acta, "acta")
    respuesta = client.post(direccion, {"motivo": "Falta un nombre."}, headers={"referer": pagina})
    assert respuesta.status_code == 302
    explica = client.get(respuesta["Location"])
    assert "Antes hace falta la verificación en dos pasos" in leer(explica)
    assert f"{reverse('mfa_activate_totp')}?next={pagina.replace('/', '%2F')}" in explica.content.decode()
    assert cuantos() == antes


def test_consultar_y_capturar_no_lo_piden(client: Client, reparto: Reparto) -> None:
    acta = aprobada(reparto)
    client.force_login(reparto.cuentas["administradora"])
    assert client.get(url(acta, "acta")).status_code == 200
    for registro in REGISTROS:
        assert client.get(reverse("registros:lista", args=("prueba", registro))).status_code == 200
    assert client.get(reverse("registros:nuevo", args=("prueba", "frases"))).status_code == 200


@pytest.mark.parametrize("registro", REGISTROS)
def test_administrar_lo_pide_antes_de_mostrar_la_forma(
    client: Client, reparto: Reparto, registro: str
) -> None:
    client.force_login(reparto.cuentas["administradora"])
    direccion, antes = reverse("registros:nuevo", args=("prueba", registro)), cuantos()
    hace_falta = reverse("mfa_hace_falta")
    assert client.get(direccion)["Location"].startswith(hace_falta)
    assert client.post(direccion, ROL)["Location"].startswith(hace_falta)
    dar_telefono(reparto.cuentas["administradora"])
    confirmar = reverse("mfa_reauthenticate")
    assert client.get(direccion)["Location"] == f"{confirmar}?next={direccion.replace('/', '%2F')}"
    assert client.post(direccion, ROL)["Location"].startswith(confirmar)
    assert cuantos() == antes
    identificarse(client, reparto.cuentas["administradora"])
    assert client.get(direccion).status_code == 200


def test_se_activa_ahora_y_se_vuelve_sin_confirmar_otra_vez(
    client: Client, conduce: Usuario, reparto: Reparto
) -> None:
    destino = url(aprobada(reparto), "sellar")
    client.post(reverse("account_login"), {"login": conduce.email, "password": CLAVE})
    explica = client.get(destino, follow=True)
    activar = f"{reverse('mfa_activate_totp')}?next={explica.context['volver'].replace('/', '%2F')}"
    assert activar in explica.content.decode()
    pide = client.get(activar)["Location"]
    pagina = client.post(pide, {"password": CLAVE}, follow=True)
    listo = client.post(activar, {"code": codigo(pagina.context["form"].secret)}, follow=True)
    assert listo.context["volver"] == destino
    assert "Sellar para siempre" in client.get(destino).content.decode()


def test_quien_acaba_de_entrar_con_codigo_no_lo_repite(
    client: Client, conduce: Usuario, reparto: Reparto
) -> None:
    destino = url(aprobada(reparto), "sellar")
    secreto = dar_telefono(conduce)
    client.post(reverse("account_login"), {"login": conduce.email, "password": CLAVE})
    client.post(reverse("mfa_authenticate"), {"code": codigo(secreto)})
    assert client.get(destino).status_code == 200


@pytest.mark.parametrize("minutos", [1, 15])
def test_vence_a_los_minutos_que_diga_la_instalacion(
    client: Client,
    conduce: Usuario,
    reparto: Reparto,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    minutos: int,
) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = minutos * 60
    destino = url(aprobada(reparto), "sellar")
    identificarse(client, conduce)
    ahora = time.time()
    estados = {}
    for despues in (minutos * 60 - 5, minutos * 60 + 5, -60):
        monkeypatch.setattr("stl_portal.cuentas.identidad.time.time", lambda: ahora + despues)  # noqa: B023
        estados[despues] = client.get(destino).status_code
    # Un reloj que retrocede tampoco la alarga.
    assert list(estados.values()) == [200, 302, 302]


def test_la_contrasena_sola_no_basta(client: Client, conduce: Usuario, reparto: Reparto) -> None:
    destino = url(aprobada(reparto), "sellar")
    dar_telefono(conduce)
    client.force_login(conduce)
    pide = client.get(destino)["Location"]
    con_contrasena = client.get(f"{reverse('account_reauthenticate')}?next={destino}")
    assert con_contrasena["Location"].startswith(reverse("mfa_reauthenticate"))
    assert client.post(reverse("account_reauthenticate"), {"password": CLAVE}).status_code == 302
    assert client.get(destino)["Location"] == pide


def test_la_identidad_es_de_este_navegador_y_de_esta_cuenta(
    client: Client, conduce: Usuario, reparto: Reparto
) -> None:
    destino = url(aprobada(reparto), "sellar")
    identificarse(client, conduce)
    otro = Client()
    otro.force_login(conduce)
    assert otro.get(destino).status_code == 302
    Authenticator.objects.filter(user=conduce).delete()
    assert client.get(destino)["Location"].startswith(reverse("mfa_hace_falta"))


def test_sellar_tarde_no_sella_y_al_confirmarse_se_ve_otra_vez_la_pagina(
    client: Client, conduce: Usuario, reparto: Reparto
) -> None:
    destino = url(aprobada(reparto), "sellar")
    identificarse(client, conduce)
    assert client.get(destino).status_code == 200
    olvidar(client)
    antes, pide = cuantos(), client.post(destino)["Location"]
    leer(client.get(pide))
    assert cuantos() == antes
    regreso = client.post(pide, {"code": de_recuperacion(conduce)})
    assert regreso["Location"] == destino
    assert cuantos() == antes
    assert client.post(destino).status_code == 302
    assert m.Sello.objects.count() == 1


def test_lo_escrito_no_se_pierde_se_guarda_al_confirmarse(client: Client, reparto: Reparto) -> None:
    administra = reparto.cuentas["administradora"]
    direccion = reverse("registros:nuevo", args=("prueba", "roles"))
    identificarse(client, administra)
    huella = client.get(direccion).context["huella"]
    olvidar(client)
    antes = cuantos()
    pide = client.post(direccion, ROL | {"huella": huella})["Location"]
    assert cuantos() == antes
    assert client.post(pide, {"code": "000000"}).status_code == 422
    assert cuantos() == antes
    assert client.post(pide, {"code": de_recuperacion(administra)}).status_code == 302
    assert m.Rol.objects.filter(usuario__email="nueva@prueba.example", tipo="auditora").count() == 1


def test_si_lo_escrito_esta_mal_vuelve_con_sus_errores_y_su_direccion(
    client: Client, reparto: Reparto
) -> None:
    administra = reparto.cuentas["administradora"]
    direccion = reverse("registros:nuevo", args=("prueba", "roles"))
    identificarse(client, administra)
    huella = client.get(direccion).context["huella"]
    olvidar(client)
    pide = client.post(direccion, ROL | {"correo": "esto no es", "huella": huella})["Location"]
    vuelta = client.post(pide, {"code": de_recuperacion(administra)})
    html = vuelta.content.decode()
    assert vuelta.status_code == 422
    assert 'value="esto no es"' in html
    assert f'action="{direccion}"' in html


def test_un_envio_abandonado_no_revive(client: Client, reparto: Reparto) -> None:
    administra = reparto.cuentas["administradora"]
    direccion = reverse("registros:nuevo", args=("prueba", "roles"))
    identificarse(client, administra)
    huella = client.get(direccion).context["huella"]
    olvidar(client)
    client.post(direccion, ROL | {"huella": huella})
    antes = cuantos()
    pide = client.get(direccion)["Location"]
    assert client.post(pide, {"code": de_recuperacion(administra)})["Location"] == direccion
    assert cuantos() == antes


def test_la_fe_de_erratas_tarde_se_abre_al_confirmarse(
    client: Client, conduce: Usuario, reparto: Reparto
) -> None:
    acta = publicada(reparto).acta
    identificarse(client, conduce)
    olvidar(client)
    pide = client.post(url(acta, "corregir"), {"motivo": "Falta un nombre."})["Location"]
    assert m.Acta.objects.count() == 1
    client.post(pide, {"code": de_recuperacion(conduce)})
    assert m.Acta.objects.count() == 2


def test_no_se_vuelve_a_otro_sitio(client: Client, conduce: Usuario) -> None:
    client.force_login(conduce)
    pagina = client.get(reverse("mfa_hace_falta"), {"next": "https://otro.example/"})
    assert pagina.context["volver"] is None
    assert "otro.example" not in pagina.content.decode()


# --- quién la tiene ---


@pytest.mark.parametrize("cuantas", [1, 12])
def test_la_administradora_ve_a_quien_le_falta(
    client: Client, reparto: Reparto, django_assert_num_queries: object, cuantas: int
) -> None:
    for n in range(cuantas):
        cuenta = Usuario.objects.create_user(f"p{n}@prueba.example", nombre=f"Persona {n}")
        m.Rol.objects.create(usuario=cuenta, organo=reparto.organo, tipo="enlace")
    dar_telefono(reparto.cuentas["facilitadora"])
    client.force_login(reparto.cuentas["administradora"])
    lista = reverse("registros:lista", args=("prueba", "roles"))
    with django_assert_num_queries(9):  # type: ignore[operator]
        dicho = leer(client.get(lista))
    assert dicho.count("No la ha activado") == cuantas + 3  # colega, administradora y auditora
    client.force_login(reparto.cuentas["integrante"])
    assert "En dos pasos" not in leer(client.get(lista))
