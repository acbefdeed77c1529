"""Con qué se compara una e.firma: RFC y CURP de la persona, y las autoridades que el órgano acepta."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from tests.cuentas.codigos import identificarse
from tests.firma.pki import AHORA, AMALIA, UN_DIA, Autoridad
from tests.personas import Reparto, crear_reparto

RFC, CURP = "VECD800101AA1", "VECD800101HGTGRR09"
RENGLONES = {"renglon-TOTAL_FORMS": "0", "renglon-INITIAL_FORMS": "0"}


@pytest.fixture(scope="module")
def autoridad() -> Autoridad:
    return Autoridad("Autoridad de Prueba")


def _guardar_persona(client: Client, persona: m.Persona, **datos: str) -> Any:
    url = reverse("registros:editar", args=("prueba", "personas", persona.pk))
    leida = client.get(url).context["huella"]
    return client.post(url, RENGLONES | {"nombre": persona.nombre, "sexo": "x", "huella": leida} | datos)


def _registrar(client: Client, contenido: bytes, nombre: str = "") -> Any:
    archivo = SimpleUploadedFile("autoridad.cer", contenido)
    url = reverse("registros:nuevo", args=("prueba", "autoridades"))
    return client.post(url, {"archivo": archivo, "nombre": nombre}, follow=True)


# --- RFC y CURP ---


def test_se_guardan_limpios(client: Client, reparto: Reparto) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    persona = reparto.personas["civil"]
    assert _guardar_persona(client, persona, rfc="vecd-800101 aa1", curp=CURP.lower()).status_code == 302
    persona.refresh_from_db()
    assert (persona.rfc, persona.curp) == (RFC, CURP)


@pytest.mark.parametrize(
    ("campo", "valor", "dice"),
    [
        ("rfc", "VEC800101AA1", "RFC lleva 13 letras y números"),
        ("rfc", "no es", "RFC lleva 13 letras y números"),
        ("curp", RFC, "CURP lleva 18 letras y números"),
    ],
)
def test_lo_que_no_tiene_la_forma_se_dice(
    client: Client, reparto: Reparto, campo: str, valor: str, dice: str
) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    mal = _guardar_persona(client, reparto.personas["civil"], **{campo: valor})
    assert mal.status_code == 422
    assert dice in mal.content.decode()
    assert not m.Persona.objects.exclude(rfc="", curp="").exists()


@pytest.mark.parametrize(
    ("papel", "lo_ve"), [("facilitadora", True), ("auditora", False), ("integrante", False)]
)
def test_solo_lo_ve_quien_conduce(client: Client, reparto: Reparto, papel: str, lo_ve: bool) -> None:
    persona = reparto.personas["poder"]
    m.Persona.objects.filter(pk=persona.pk).update(rfc=RFC, curp=CURP)
    client.force_login(reparto.cuentas[papel])
    pagina = client.get(reverse("registros:ver", args=("prueba", "personas", persona.pk))).content.decode()
    assert (RFC in pagina, CURP in pagina) == (lo_ve, lo_ve)
    lista = client.get(reverse("registros:lista", args=("prueba", "personas")), {"q": RFC}).content.decode()
    assert lista.count(RFC) == lista.count(f'value="{RFC}"')  # solo lo que se buscó
    assert persona.nombre not in lista


def test_desde_otro_organo_ni_se_ve_ni_se_cambia(client: Client, reparto: Reparto) -> None:
    otro, persona = crear_reparto("otro"), reparto.personas["poder"]
    otro.asientos["vacante"].nombramientos.create(persona=persona, cargo="También aquí")
    m.Persona.objects.filter(pk=persona.pk).update(rfc=RFC, curp=CURP)
    client.force_login(otro.cuentas["facilitadora"])
    pagina = client.get(reverse("registros:ver", args=("otro", "personas", persona.pk))).content.decode()
    assert persona.nombre in pagina
    assert (RFC in pagina, CURP in pagina) == (False, False)
    assert client.get(reverse("registros:editar", args=("otro", "personas", persona.pk))).status_code == 403


def test_no_llegan_a_ninguna_pagina_publica(client: Client, reparto: Reparto) -> None:
    m.Persona.objects.update(rfc=RFC, curp=CURP)
    for nombre in ("sesiones:integrantes", "sesiones:lista", "inicio"):
        pagina = client.get(reverse(nombre)).content.decode()
        assert (RFC in pagina, CURP in pagina) == (False, False)


# --- Autoridades certificadoras ---


@pytest.mark.parametrize("escrito", [Encoding.DER, Encoding.PEM], ids=["DER", "PEM"])
def test_se_registran_raiz_e_intermedia(
    client: Client, reparto: Reparto, autoridad: Autoridad, escrito: Encoding
) -> None:
    identificarse(client, reparto.cuentas["administradora"])
    _registrar(client, autoridad.raiz.certificado.public_bytes(escrito))
    pagina = _registrar(client, autoridad.intermedia.certificado.public_bytes(escrito))
    filas = {fila.nombre: fila for fila in m.RaizDeConfianza.objects.all()}
    assert {n: f.intermedia for n, f in filas.items()} == {
        "Raíz de Autoridad de Prueba": False,
        "Intermedia de Autoridad de Prueba": True,
    }
    assert bytes(filas["Raíz de Autoridad de Prueba"].certificado) == autoridad.raiz.cer
    dicho = pagina.content.decode()
    assert "emitida por Raíz de Autoridad de Prueba" in dicho
    assert "Hasta el" in dicho
    huella = filas["Raíz de Autoridad de Prueba"].huella
    assert f"{huella[:4]} {huella[4:8]}" in dicho


def test_lo_que_no_es_de_una_autoridad_se_rechaza(
    client: Client, reparto: Reparto, autoridad: Autoridad
) -> None:
    sujeto, usos = autoridad.raiz.certificado.subject, ("key_cert_sign",)
    vencida = autoridad.emitir(sujeto, None, usos=usos, propositos=(), hasta=AHORA - UN_DIA)
    falsa = autoridad.emitir(sujeto, autoridad.raiz, usos=usos, propositos=())
    malas = {
        "no es de una autoridad certificadora": autoridad.persona(AMALIA).cer,
        "Ese archivo no es un certificado": b"hola",
        "elige el .cer, .crt o .pem": b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "Ese certificado venció": vencida.cer,
        "su firma no corresponde": falsa.cer,
    }
    identificarse(client, reparto.cuentas["administradora"])
    for dice, contenido in malas.items():
        mal = _registrar(client, contenido)
        assert (mal.status_code, dice in mal.content.decode()) == (422, True), dice
    for contenido in (b"", b"0" * 30_000):
        assert _registrar(client, contenido).status_code == 422
    assert not m.RaizDeConfianza.objects.exists()


def test_la_misma_no_se_registra_dos_veces(client: Client, reparto: Reparto, autoridad: Autoridad) -> None:
    identificarse(client, reparto.cuentas["administradora"])
    _registrar(client, autoridad.raiz.cer, "Una")
    mal = _registrar(client, autoridad.raiz.cer, "Otra vez")
    assert (mal.status_code, "Ese certificado ya está registrado." in mal.content.decode()) == (422, True)
    fila = m.RaizDeConfianza.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        m.RaizDeConfianza.objects.create(
            organo=fila.organo, nombre="Otra", certificado=b"", huella=fila.huella
        )


def test_se_corrige_el_nombre_y_se_quita(client: Client, reparto: Reparto, autoridad: Autoridad) -> None:
    identificarse(client, reparto.cuentas["administradora"])
    _registrar(client, autoridad.raiz.cer)
    fila = m.RaizDeConfianza.objects.get()
    url = reverse("registros:editar", args=("prueba", "autoridades", fila.pk))
    leida = client.get(url)
    assert list(leida.context["forma"].fields) == ["nombre"]
    client.post(url, {"nombre": "Autoridad de siempre", "huella": leida.context["huella"]})
    fila.refresh_from_db()
    assert (fila.nombre, bytes(fila.certificado)) == ("Autoridad de siempre", autoridad.raiz.cer)
    client.post(reverse("registros:quitar", args=("prueba", "autoridades", fila.pk)))
    assert not m.RaizDeConfianza.objects.exists()


@pytest.mark.parametrize(("papel", "estado"), [("facilitadora", 403), ("auditora", 403), ("extrana", 404)])
def test_solo_la_administracion_decide_de_quien_se_acepta(
    client: Client, reparto: Reparto, autoridad: Autoridad, papel: str, estado: int
) -> None:
    client.force_login(reparto.cuentas[papel])
    assert _registrar(client, autoridad.raiz.cer).status_code == estado
    assert not m.RaizDeConfianza.objects.exists()


@pytest.mark.parametrize("cuantas", [1, 12])
def test_la_lista_no_pregunta_de_mas(
    client: Client,
    reparto: Reparto,
    autoridad: Autoridad,
    cuantas: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(cuantas):
        m.RaizDeConfianza.objects.create(
            organo=reparto.organo, nombre=f"Una {n}", certificado=autoridad.intermedia.cer, huella=f"{n:064d}"
        )
    identificarse(client, reparto.cuentas["administradora"])
    url = reverse("registros:lista", args=("prueba", "autoridades"))
    client.get(url)
    with django_assert_num_queries(9):
        client.get(url)
