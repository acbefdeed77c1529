"""Quien sella, publica o administra no abre ninguna página de trabajo sin su segundo paso; los demás, sí."""

from collections.abc import Iterable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sesiones import models as m
from sesiones.estados import TipoRol
from stl_portal.cuentas import falta_factor
from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import codigo, dar_telefono, de_recuperacion
from tests.cuentas.test_de_tu import leer
from tests.cuentas.test_limites_de_sesion import envejecer
from tests.fabricas import crear_sesion
from tests.gestion.quien import administra
from tests.permisos.test_matriz import MATRIZ, _de_la_administracion
from tests.personas import CLAVE, Reparto

pytestmark = pytest.mark.apariencia
HACE_FALTA, MI = reverse("mfa_hace_falta"), reverse("mi")
# De las que la matriz da a toda cuenta, las que son para entrar, salir y activarlo; en las demás se trabaja.
DE_SU_CUENTA = {r for r in MATRIZ if r.startswith(("account_", "mfa_")) or r == "aparatos"}
# De estas decide su propia puerta, que sabe si el archivo es público; y las cifras no son de ninguna cuenta.
APARTE = {"archivo:descargar", "archivo:ver", "archivo:miniatura", "metricas"}


def rutas(patrones: Iterable[URLPattern | URLResolver], antes: str = "", espacio: str = "") -> dict[str, str]:
    """Todas las direcciones por su nombre, como las ve la puerta."""
    todas: dict[str, str] = {}
    for patron in patrones:
        aqui = antes + str(patron.pattern)
        if isinstance(patron, URLResolver):
            dentro = f"{patron.namespace}:" if patron.namespace else espacio
            todas |= rutas(patron.url_patterns, aqui, dentro)
        else:
            todas[f"{espacio}{patron.name or patron.pattern}"] = aqui
    return todas


def test_ninguna_pagina_de_trabajo_queda_fuera() -> None:
    """Toda dirección que la matriz no da a cualquiera está detrás de la misma puerta, y ninguna pública."""
    todas = rutas(get_resolver().url_patterns)
    publicas = {r for r, clase in MATRIZ.items() if clase == "publica"} | DE_SU_CUENTA
    reservadas = {r.split("/")[0] for r in MATRIZ.keys() - publicas} | set(
        filter(_de_la_administracion, todas)
    )
    assert len(reservadas) > 5 * 100
    con_puerta = {nombre for nombre, ruta in todas.items() if falta_factor.es_de_trabajo(ruta)}
    assert reservadas - con_puerta == APARTE
    assert con_puerta & publicas == set()


def paginas(reparto: Reparto) -> list[str]:
    """Una de cada lugar de trabajo."""
    sesion = crear_sesion(reparto)
    evidencia = reverse("archivo:subidas")
    lugares = ("tablero", "admin:index", "registros:inicio", "reportes:inicio", "gestion:planes")
    return [MI, sesion.paso_url("desahogo"), evidencia, *map(reverse, lugares)]


def entrar(cuenta: Usuario, destino: str = "") -> tuple[Client, str]:
    """El navegador de quien entró por la puerta, y a dónde se le llevó."""
    client = Client()
    url = f"{reverse('account_login')}?next={destino}" if destino else reverse("account_login")
    return client, client.post(url, {"login": cuenta.email, "password": CLAVE})["Location"]


def con_papel(reparto: Reparto, papel: str) -> Usuario:
    """La cuenta con ese papel; «portal» es la administración técnica."""
    if papel == "portal":
        return administra(reparto.cuentas["extrana"])
    return reparto.cuentas[papel]


@pytest.mark.parametrize("papel", ["facilitadora", "colega", "administradora", "portal"])
def test_con_poder_se_llega_a_activarlo_y_luego_a_donde_se_iba(reparto: Reparto, papel: str) -> None:
    cuenta = con_papel(reparto, papel)
    lugares = paginas(reparto)
    destino = lugares[5] if papel == "portal" else lugares[1]
    client, llevada = entrar(cuenta, destino)
    assert llevada == falta_factor.a_activarlo(destino)
    explica = client.get(llevada)
    assert "antes de abrir tus páginas de trabajo" in leer(explica)
    for lugar in lugares:
        assert client.get(lugar)["Location"] == falta_factor.a_activarlo(lugar)
        escrito = client.post(lugar, {"texto": "Lo que llevaba escrito."})
        assert escrito.status_code == 403
        assert "Lo que llevaba escrito." in escrito.content.decode()
        solo = client.post(lugar, headers={"x-autoguardado": "1"})
        assert (solo.status_code, solo.json()["error"]) == (403, "dos_pasos")
    assert {client.get(publica).status_code for publica in ("/", "/sesiones/", reverse("aparatos"))} == {200}
    activar = f"{reverse('mfa_activate_totp')}?next={explica.context['volver']}"
    pagina = client.post(client.get(activar)["Location"], {"password": CLAVE}, follow=True)
    listo = client.post(activar, {"code": codigo(pagina.context["form"].secret)}, follow=True)
    assert listo.context["volver"] == destino
    assert client.get(destino).status_code == 200
    assert falta_factor.CLAVE not in client.session


@pytest.mark.parametrize("papel", ["auditora", "integrante", "extrana"])
def test_sin_poder_nada_se_pide(reparto: Reparto, papel: str) -> None:
    client, llevada = entrar(reparto.cuentas[papel])
    assert llevada == MI
    assert client.get(MI).status_code == 200


def test_quien_ya_lo_tiene_entra_a_lo_suyo(reparto: Reparto) -> None:
    cuenta = reparto.cuentas["facilitadora"]
    secreto = dar_telefono(cuenta)
    client, llevada = entrar(cuenta, MI)
    paso = client.post(llevada, {"code": codigo(secreto)})
    assert paso["Location"] == MI
    assert client.get(MI).status_code == 200


def test_se_mira_otra_vez_cuando_cambia_el_papel_o_el_segundo_paso(reparto: Reparto) -> None:
    """Quien recibe un papel con poder, y quien se queda sin su segundo paso, dejan de pasar; y al revés."""
    cuenta = reparto.cuentas["auditora"]
    client, _ = entrar(cuenta)
    rol = m.Rol.objects.create(usuario=cuenta, organo=reparto.organo, tipo=TipoRol.TECNICA)
    envejecer(client, visto=120)
    assert [client.get(MI).status_code for _ in range(2)] == [200, 302]
    dar_telefono(cuenta)
    assert client.get(MI).status_code == 200
    assert falta_factor.CLAVE not in client.session
    confirmar = client.get(reverse("mfa_deactivate_totp"))["Location"]
    client.post(confirmar, {"code": de_recuperacion(cuenta)})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=cuenta).exists()
    assert client.get(MI)["Location"] == falta_factor.a_activarlo(MI)
    rol.delete()
    assert client.get(MI).status_code == 200
