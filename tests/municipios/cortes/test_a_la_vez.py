"""Dos personas ante el mismo corte: se publica una vez, y lo sellado es lo que regía al sellarlo."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from municipios.captura.anotar import Cambio, varias
from municipios.captura.deshacer import YA_PUBLICADA, deshacer
from municipios.cortes import preparar, publicar
from municipios.documento import leer
from municipios.models import Anotacion, CorteMunicipal, CorteMunicipalPublicado, Etapa, Municipio
from stl_portal.sello.models import Eslabon
from stl_portal.sello.verificacion import verificar
from tests.cuentas.codigos import identificarse
from tests.hilos import a_la_vez, uno_tras_otro
from tests.municipios.cortes.formas import RAIZ
from tests.municipios.cortes.test_paginas import vista
from tests.municipios.fabricas import LEON, anotar, crear_etapas
from tests.personas import DIA, Reparto, crear_reparto

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gente() -> Reparto:
    return crear_reparto()


@pytest.fixture
def etapa(gente: Reparto) -> Etapa:
    """La convocatoria, que en León va en proceso desde antes."""
    etapa = crear_etapas(gente.organo, "convocatoria")[0]
    anotar(etapa, LEON, "en_proceso")
    return etapa


@pytest.fixture
def corte(gente: Reparto, etapa: Etapa) -> CorteMunicipal:
    return preparar.abrir(gente.organo, nombre="Corte de marzo", fecha=DIA, fuente="Lo anotado")


def _anotada() -> Anotacion:
    """La última."""
    return Anotacion.objects.select_related("etapa__organo").latest("pk")


def _en_el_corte() -> str:
    """Cómo dice el corte publicado que va León."""
    leido = leer(bytes(CorteMunicipalPublicado.objects.get().documento))
    situacion = leido.situacion_de(LEON, leido.etapas[0])
    return situacion.clave if situacion else ""


def test_de_dos_que_publican_el_mismo_corte_una_lo_publica_y_a_la_otra_se_le_dice(
    gente: Reparto, corte: CorteMunicipal
) -> None:
    mesas = [identificarse(Client(), gente.cuentas[quien]) for quien in ("facilitadora", "administradora")]
    huella = vista(mesas[0])

    def publica(mesa: Client, ficha: str) -> Callable[[], int]:
        datos = {"vista": huella, "envio": ficha}
        return lambda: mesa.post(f"{RAIZ}{corte.numero}/publicar/", datos).status_code

    estados = a_la_vez([publica(mesa, f"ficha-{n}") for n, mesa in enumerate(mesas)])
    assert sorted(estados) == [302, 409]
    ganadora = ("facilitadora", "administradora")[estados.index(302)]
    assert CorteMunicipalPublicado.objects.get().publicado_por == gente.cuentas[ganadora]
    assert list(Eslabon.objects.values_list("tipo", flat=True)) == [publicar.TIPO]
    assert [str(falla) for falla in verificar()[0]] == []


def test_lo_que_se_publica_mientras_alguien_deshace_ya_no_se_deshace(
    gente: Reparto, corte: CorteMunicipal
) -> None:
    anotada = _anotada()

    def deshace() -> str:
        with pytest.raises(ValidationError) as rechazo:
            deshacer(gente.cuentas["facilitadora"], anotada)
        return str(rechazo.value.messages[0])

    assert uno_tras_otro(lambda: publicar.publicar(corte, None), deshace) == YA_PUBLICADA
    assert _anotada().anulada_el is None
    assert _en_el_corte() == "en_proceso"


def test_lo_que_se_deshace_mientras_alguien_publica_no_sale_en_el_corte(
    gente: Reparto, corte: CorteMunicipal
) -> None:
    anotada = _anotada()
    uno_tras_otro(
        lambda: deshacer(gente.cuentas["facilitadora"], anotada), lambda: publicar.publicar(corte, None)
    )
    assert _anotada().anulada_el is not None
    assert _en_el_corte() == "sin_informacion"


def test_lo_que_se_anota_mientras_alguien_publica_no_sale_en_el_corte_y_se_puede_deshacer(
    gente: Reparto, corte: CorteMunicipal, etapa: Etapa
) -> None:
    cambio = Cambio(
        Municipio.objects.get(pk=LEON), etapa, etapa.situaciones.get(clave="cumplido"), DIA, sobre=None
    )
    nueva = uno_tras_otro(
        lambda: publicar.publicar(corte, None),
        lambda: varias(gente.cuentas["facilitadora"], gente.organo, [cambio])[0],
    )
    assert _en_el_corte() == "en_proceso"
    assert nueva.cuando > CorteMunicipalPublicado.objects.get().publicado_el
    deshacer(gente.cuentas["facilitadora"], _anotada())
    assert _anotada().anulada_el is not None


def test_lo_que_se_anota_antes_de_que_la_otra_publique_sale_en_el_corte(
    gente: Reparto, corte: CorteMunicipal, etapa: Etapa
) -> None:
    cambio = Cambio(Municipio.objects.get(pk=LEON), etapa, etapa.situaciones.get(clave="cumplido"), DIA)
    uno_tras_otro(
        lambda: varias(gente.cuentas["facilitadora"], gente.organo, [cambio]),
        lambda: publicar.publicar(corte, None),
    )
    assert _en_el_corte() == "cumplido"


def test_dos_que_abren_un_corte_tienen_cada_una_su_numero(gente: Reparto, corte: CorteMunicipal) -> None:
    def abre(nombre: str) -> Callable[[], int]:
        return lambda: preparar.abrir(gente.organo, nombre=nombre, fecha=DIA).numero

    assert sorted(a_la_vez([abre("Uno"), abre("Otro")])) == [2, 3]


def test_de_dos_que_corrigen_el_mismo_corte_queda_una_correccion(
    gente: Reparto, corte: CorteMunicipal
) -> None:
    publicado = publicar.publicar(corte, None).corte

    def corrige() -> str:
        try:
            return preparar.corregir(publicado, "Faltaba la nota.").nombre
        except ValidationError as error:
            return str(error.messages[0])

    dichos = sorted(a_la_vez([corrige, corrige]))
    assert dichos == ["Corte de marzo (corrección)", "Ya hay una corrección de este corte."]
    assert CorteMunicipal.objects.get(corrige=publicado).numero == 2
