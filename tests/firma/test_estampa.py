"""Las estampas de tiempo ayudan si están y no estorban si faltan, tardan o mienten."""

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from django.core.cache import cache
from pytest_django import Settings

from stl_portal.firma import estampa, pades, sello_institucional, validacion
from stl_portal.firma.certificados import Confianza
from stl_portal.firma.estampa import Estampada
from stl_portal.firma.sello_institucional import Sello
from stl_portal.firma.validacion import ResultadoFirma
from tests.firma.autoridad_de_estampas import Contestar, alterando, con_openssl, servicio
from tests.firma.documento import acta
from tests.firma.pki import AHORA, UN_DIA, Autoridad

CERCA = dt.timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _sin_pausas() -> Iterator[None]:
    """Lo que una prueba dejó dicho de una autoridad no vale para la siguiente."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def sello(autoridad: Autoridad) -> Sello:
    propio = autoridad.organo("Secretariado Técnico de Ejemplo")
    return Sello(propio.llave, (autoridad.raiz.cer, autoridad.intermedia.cer, propio.cer))


@pytest.fixture
def buena(autoridad: Autoridad, tmp_path: Path) -> Contestar:
    """Una autoridad en regla."""
    return con_openssl(autoridad.de_estampas(), tmp_path)


def sellar(sello: Sello, autoridad: Autoridad) -> tuple[str, ResultadoFirma]:
    """Sella con la autoridad configurada; cómo le fue con la estampa y qué ve quien lee el PDF."""
    servicio = estampa.estampador()
    assert servicio is not None
    pdf = sello_institucional.sellar(
        acta(), sello, ahora=AHORA, razon="Publicación del acta", estampador=servicio
    )
    (resultado,) = validacion.validar(pdf, autoridad.raices)
    assert resultado.en_regla is True
    return servicio.dicho, resultado


def test_la_estampa_dice_la_hora_de_un_tercero(
    settings: Settings, autoridad: Autoridad, sello: Sello, buena: Contestar
) -> None:
    with servicio(buena) as settings.TSA_URL:
        dicho, resultado = sellar(sello, autoridad)
    assert (dicho, resultado.declarada) == (Estampada.PUESTA, AHORA)
    assert resultado.estampada is not None
    assert abs(resultado.estampada - dt.datetime.now(dt.UTC)) < CERCA


def test_la_estampa_de_una_autoridad_desconocida_no_prueba_la_hora(
    settings: Settings, autoridad: Autoridad, ajena: Autoridad, sello: Sello, tmp_path: Path
) -> None:
    with servicio(con_openssl(ajena.de_estampas(), tmp_path)) as settings.TSA_URL:
        dicho, resultado = sellar(sello, autoridad)
    assert (dicho, resultado.estampada) == (Estampada.PUESTA, None)


def _otro_numero(pedido: tsp.TimeStampReq) -> None:
    pedido["nonce"] = pedido["nonce"].native + 1


def _otro_documento(pedido: tsp.TimeStampReq) -> None:
    pedido["message_imprint"]["hashed_message"] = b"\0" * 32


def _algo_que_no_hace(pedido: tsp.TimeStampReq) -> None:
    """La autoridad solo admite SHA-256: se niega."""
    pedido["message_imprint"] = {"hash_algorithm": {"algorithm": "sha512"}, "hashed_message": b"\0" * 64}


@pytest.mark.parametrize("cambio", [_otro_numero, _otro_documento, _algo_que_no_hace])
def test_la_respuesta_a_otra_pregunta_no_se_pone(
    settings: Settings, autoridad: Autoridad, sello: Sello, buena: Contestar, cambio: object
) -> None:
    with servicio(alterando(buena, cambio)) as settings.TSA_URL:  # type: ignore[arg-type]
        dicho, resultado = sellar(sello, autoridad)
    assert (dicho, resultado.estampada) == (Estampada.NO_VALE, None)


def test_con_certificado_vencido_no_se_pone(
    settings: Settings, autoridad: Autoridad, sello: Sello, tmp_path: Path
) -> None:
    vencida = autoridad.de_estampas(desde=AHORA - 30 * UN_DIA, hasta=AHORA - UN_DIA)
    with servicio(con_openssl(vencida, tmp_path)) as settings.TSA_URL:
        dicho, resultado = sellar(sello, autoridad)
    assert (dicho, resultado.estampada) == (Estampada.NO_VALE, None)


def test_una_estampa_alterada_no_se_pone(
    settings: Settings, autoridad: Autoridad, sello: Sello, buena: Contestar
) -> None:
    def alterada(pedido: bytes) -> bytes:
        return buena(pedido)[:-1] + b"\0"  # el final es la firma de la autoridad

    with servicio(alterada) as settings.TSA_URL:
        assert sellar(sello, autoridad)[0] == Estampada.NO_VALE


def test_una_que_contesta_mal_no_impide_sellar(
    settings: Settings, autoridad: Autoridad, sello: Sello
) -> None:
    for respuesta in (b"", b"hola", b"\x30\x03\x02\x01\x00", b"\x30" * 40_000):
        with servicio(lambda _, respuesta=respuesta: respuesta) as settings.TSA_URL:  # type: ignore[misc]
            dicho, resultado = sellar(sello, autoridad)
        assert (dicho, resultado.estampada) == (Estampada.NO_VALE, None)


def test_una_caida_no_impide_sellar_y_no_se_le_insiste(
    settings: Settings, autoridad: Autoridad, sello: Sello, buena: Contestar
) -> None:
    pedidos: list[bytes] = []

    def contando(pedido: bytes) -> bytes:
        pedidos.append(pedido)
        return buena(pedido)

    with servicio(contando, estado=503) as settings.TSA_URL:
        dichos = [sellar(sello, autoridad)[0] for _ in range(3)]
    assert (dichos, len(pedidos)) == ([Estampada.SIN_RESPUESTA] * 3, 1)
    settings.TSA_URL = "http://127.0.0.1:9/"  # la pausa es de cada dirección
    assert sellar(sello, autoridad)[0] == Estampada.SIN_RESPUESTA
    cache.clear()
    with servicio(contando) as settings.TSA_URL:
        assert sellar(sello, autoridad)[0] == Estampada.PUESTA


@pytest.mark.parametrize("gotear", [0, 0.2])
def test_una_lenta_se_espera_solo_lo_acordado(
    settings: Settings, autoridad: Autoridad, sello: Sello, buena: Contestar, gotear: float
) -> None:
    """Tanto la que calla como la que contesta a cuentagotas (tardaría minutos)."""
    settings.TSA_ESPERA = 0.5

    def callada(pedido: bytes) -> bytes:
        time.sleep(0 if gotear else 30)
        return buena(pedido)

    with servicio(callada, gotear=gotear) as settings.TSA_URL:
        dicho, resultado = sellar(sello, autoridad)
        inicio = time.monotonic()
        sellar(sello, autoridad)  # en pausa: ya ni se le pide
        assert time.monotonic() - inicio < 20
    assert (dicho, resultado.estampada) == (Estampada.SIN_RESPUESTA, None)


def test_si_no_cabe_se_firma_sin_ella(
    settings: Settings, autoridad: Autoridad, sello: Sello, tmp_path: Path
) -> None:
    """El servicio se configuró después de reservar el espacio de la firma, y manda muchos certificados."""
    otras = [autoridad.organo(f"Otra {n}") for n in range(6)]
    confianza = Confianza(sello.certificado, sello.cadena)
    preparacion = pades.preparar(acta(), "sello", confianza, ahora=AHORA, razon="Publicación")
    firma = sello.llave.sign(preparacion.atributos, padding.PKCS1v15(), hashes.SHA256())
    with servicio(con_openssl(autoridad.de_estampas(), tmp_path, *otras)) as settings.TSA_URL:
        autoridad_ = estampa.estampador()
        assert autoridad_ is not None
        pdf = pades.terminar(acta(), preparacion, firma, estampador=autoridad_)
    (resultado,) = validacion.validar(pdf, autoridad.raices)
    assert (autoridad_.dicho, resultado.en_regla, resultado.estampada) == (Estampada.NO_CUPO, True, None)


def test_sin_servicio_no_se_busca_ninguno(settings: Settings) -> None:
    settings.TSA_URL = ""
    assert estampa.estampador() is None
