"""Los dos pasos de la e.firma en el portal: cada rechazo dice su frase en JSON y nada cambia."""

import datetime as dt
from base64 import b64decode, b64encode
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from sesiones import models as m
from tests.firma.pki import AHORA, AMALIA, EFRAIN, UN_DIA, Autoridad, Emitido
from tests.personas import Reparto
from tests.vida.hoja import entrar, nada_cambio, suyo, url
from tests.vida.momentos import sellada


@pytest.fixture(scope="module")
def autoridad() -> Autoridad:
    return Autoridad("Autoridad de Prueba")


@pytest.fixture
def sello(client: Client, reparto: Reparto, autoridad: Autoridad) -> m.Sello:
    """Por firmar; el integrante es Amalia y el órgano reconoce a su autoridad."""
    m.Persona.objects.filter(pk=reparto.personas["civil"].pk).update(rfc=AMALIA.rfc, curp=AMALIA.curp)
    for n, emitido in enumerate((autoridad.raiz, autoridad.intermedia)):
        reparto.organo.raices.create(
            nombre="De prueba", certificado=emitido.cer, huella=f"{n:064d}", intermedia=bool(n)
        )
    entrar(client, reparto)
    return sellada(reparto)


def _preparar(client: Client, sello: m.Sello, reparto: Reparto, cer: bytes) -> Any:
    archivo = SimpleUploadedFile("persona.cer", cer)
    return client.post(url(sello, "preparar_firma", suyo(sello, reparto).pk), {"cer": archivo})


def _terminar(client: Client, sello: m.Sello, reparto: Reparto, ficha: str, firma: bytes) -> Any:
    datos = {"ficha": ficha, "firma": b64encode(firma).decode()}
    return client.post(url(sello, "terminar_firma", suyo(sello, reparto).pk), datos)


def test_cada_certificado_que_no_sirve_se_dice(
    client: Client, reparto: Reparto, sello: m.Sello, autoridad: Autoridad
) -> None:
    malos = {
        "es de otra persona": autoridad.persona(EFRAIN),
        "venció": autoridad.persona(AMALIA, hasta=AHORA - UN_DIA),
        "sello digital (CSD)": autoridad.sello_digital(AMALIA),
        "demasiado débil": autoridad.persona(AMALIA, bits=1024),
        "no está entre las autoridades": Autoridad("Ajena").persona(AMALIA),
    }
    for dice, emitido in malos.items():
        respuesta = _preparar(client, sello, reparto, emitido.cer)
        assert (respuesta.status_code, dice in respuesta.json()["mensaje"]) == (422, True), dice
        assert AMALIA.rfc not in respuesta.json()["mensaje"]
    assert nada_cambio(sello)
    assert not m.Preparacion.objects.exists()


def test_una_preparacion_vale_una_vez_y_dos_minutos(
    client: Client, reparto: Reparto, sello: m.Sello, autoridad: Autoridad
) -> None:
    quien: Emitido = autoridad.persona(AMALIA)
    primera = _preparar(client, sello, reparto, quien.cer).json()
    mala = _terminar(client, sello, reparto, primera["ficha"], b"0" * 256)
    assert (mala.status_code, nada_cambio(sello)) == (422, True)
    m.Preparacion.objects.update(vence=timezone.now() - dt.timedelta(seconds=1))
    firma = quien.firmar(b64decode(primera["atributos"]))
    tarde = _terminar(client, sello, reparto, primera["ficha"], firma)
    assert (tarde.status_code, tarde.json()["repetir"], nada_cambio(sello)) == (409, True, True)
    otra = _preparar(client, sello, reparto, quien.cer).json()
    firma = quien.firmar(b64decode(otra["atributos"]))
    assert _terminar(client, sello, reparto, otra["ficha"], firma).json() == {"destino": url(sello)}
    assert suyo(sello, reparto).firmado
    repetida = _terminar(client, sello, reparto, otra["ficha"], firma)
    assert (repetida.status_code, m.Firma.objects.count()) == (409, 1)
    de_nuevo = _preparar(client, sello, reparto, quien.cer)
    assert (de_nuevo.status_code, "ya está firmado" in de_nuevo.json()["mensaje"]) == (409, True)
