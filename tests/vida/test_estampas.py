"""La estampa de tiempo en el portal: la firma dice si la lleva, y nadie se queda sin firmar por ella."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from sesiones import constancia_publica, firmar
from sesiones import models as m
from sesiones.acta.vida import como
from stl_portal.archivo import almacen
from stl_portal.firma import pades, validacion
from stl_portal.firma.preparacion import Preparacion
from tests.firma.autoridad_de_estampas import con_openssl, servicio
from tests.firma.pki import AHORA, AMALIA, Autoridad
from tests.personas import Reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import METODO, sellada


@pytest.fixture(autouse=True)
def _sin_pausas() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def autoridad() -> Autoridad:
    return Autoridad("Autoridad de Prueba")


@pytest.fixture
def lugar(reparto: Reparto, autoridad: Autoridad) -> m.LugarDeFirma:
    """El de Amalia, en un acta por firmar; el órgano reconoce a su autoridad."""
    m.Persona.objects.filter(pk=reparto.personas["civil"].pk).update(rfc=AMALIA.rfc, curp=AMALIA.curp)
    for n, emitido in enumerate((autoridad.raiz, autoridad.intermedia)):
        reparto.organo.raices.create(
            nombre="De prueba", certificado=emitido.cer, huella=f"{n:064d}", intermedia=bool(n)
        )
    lugares = sellada(reparto).lugares.select_related("persona", "sello__acta__sesion__organo")
    return lugares.get(persona=reparto.personas["civil"])


def _con_efirma(lugar: m.LugarDeFirma, reparto: Reparto, autoridad: Autoridad) -> m.Firma:
    """Los dos pasos de la e.firma, como los hacen el navegador y el portal."""
    amalia, quien = autoridad.persona(AMALIA), reparto.cuentas["integrante"]
    turno = firmar.tomar_turno(lugar, quien, AHORA, amalia.cer)
    atributos = Preparacion.de_datos(json.loads(bytes(turno.datos))).atributos
    return firmar.avanzada(turno.clave, quien, AHORA, amalia.firmar(atributos))


def test_con_efirma_la_hora_la_da_un_tercero(
    settings: Settings, reparto: Reparto, lugar: m.LugarDeFirma, autoridad: Autoridad, tmp_path: Path
) -> None:
    with servicio(con_openssl(autoridad.de_estampas(), tmp_path)) as settings.TSA_URL:
        firma = _con_efirma(lugar, reparto, autoridad)
    (resultado,) = validacion.validar(almacen.leer(firma.pdf), autoridad.raices)
    assert (resultado.en_regla, resultado.estampada is not None) == (True, True)
    assert firma.detalle["estampa"] == "con estampa de tiempo"
    assert como(firma).endswith("; con estampa de tiempo")
    assert list(constancia_publica.fallas()) == []


def test_la_firma_simple_tambien_la_lleva(
    settings: Settings, reparto: Reparto, lugar: m.LugarDeFirma, autoridad: Autoridad, tmp_path: Path
) -> None:
    with servicio(con_openssl(autoridad.de_estampas(), tmp_path)) as settings.TSA_URL:
        firma = firmar.simple(lugar, reparto.cuentas["integrante"], JUEVES, metodo=METODO)
    (resultado,) = validacion.validar(almacen.leer(firma.pdf), autoridad.raices)
    assert (resultado.integra, resultado.estampada is not None) == (True, True)
    assert como(firma) == f"Firma electrónica simple, con {METODO}; con estampa de tiempo"


def test_si_la_autoridad_no_responde_se_firma_y_queda_dicho(
    settings: Settings, reparto: Reparto, lugar: m.LugarDeFirma, autoridad: Autoridad
) -> None:
    settings.TSA_URL = "http://127.0.0.1:9/"
    firma = _con_efirma(lugar, reparto, autoridad)
    assert firma.detalle["estampa"] == "sin estampa de tiempo: la autoridad no respondió"
    assert "la autoridad no respondió" in como(firma)
    assert pades.campos(almacen.leer(firma.pdf))[lugar.campo] is True
    assert list(constancia_publica.fallas()) == []


def test_negarse_no_pide_estampa_ni_habla_de_ella(
    settings: Settings, reparto: Reparto, lugar: m.LugarDeFirma
) -> None:
    settings.TSA_URL = "http://127.0.0.1:9/"
    firma = firmar.negarse(lugar, reparto.cuentas["integrante"], JUEVES, motivo="No coincide.")
    assert (list(firma.detalle), como(firma)) == (["sal"], "Motivo: No coincide.")
