"""Lo que la página de revisión avisa sin impedir nada, y cómo se quitan varios renglones a la vez."""

import datetime as dt

import pytest
from django.test import Client
from lxml.html import fromstring

from sesiones import models as m
from sesiones.historicas.denominado import se_llama
from sesiones.historicas.models import ActaPorTranscribir
from tests.historicas.capturas import ACTA, enviado, recibida, resuelto
from tests.personas import Reparto, crear_reparto

pytestmark = [pytest.mark.django_db, pytest.mark.apariencia]


@pytest.fixture
def reparto() -> Reparto:
    """El órgano de prueba."""
    return crear_reparto()


def avisos(client: Client, acta: ActaPorTranscribir) -> list[str]:
    """Los títulos de los avisos de la revisión."""
    return fromstring(client.get(acta.get_absolute_url()).content).xpath("//p[@class='aviso__titulo']/text()")


def test_avisa_si_el_acta_nombra_a_otro_organo_y_deja_seguir(client: Client, reparto: Reparto) -> None:
    """El nombre de antes y el abreviado son el suyo; el de otro se avisa y aun así se confirma."""
    organo = reparto.organo
    m.Denominacion.objects.filter(organo=organo).update(
        nombre="Secretariado Técnico de Datos", vigente_desde=dt.date(2025, 6, 1)
    )
    ajena = recibida(client, reparto)
    assert avisos(client, ajena) == ["El acta parece de otro órgano"]

    m.Denominacion.objects.create(
        organo=organo,
        nombre="Secretariado Técnico de Prueba en el Estado Imaginario",
        nombre_corto="Secretariado",
        siglas="ANTES",
        vigente_hasta=dt.date(2025, 5, 31),
    )
    assert avisos(client, ajena) == []
    ajena.organo.refresh_from_db()
    assert [se_llama(ajena.organo, d) for d in ("Secretariado Técnico Local", "Secretariado Técnico")] == [
        False,
        True,
    ]
    m.Denominacion.objects.filter(organo=organo, siglas="ANTES").delete()
    campos = resuelto(reparto, enviado(client.get(ajena.get_absolute_url()).content)) | {"confirmar": "si"}
    assert client.post(ajena.get_absolute_url(), campos).status_code == 302
    assert m.Sesion.objects.filter(organo=organo).count() == 1


def test_de_lo_que_no_es_un_acta_se_dice_y_nada_se_pierde(client: Client, reparto: Reparto) -> None:
    """Un texto en otro idioma se recibe, se conserva y se avisa que no se le reconoció nada."""
    ingles = "The meeting was called to order at ten by the chair. The budget was discussed.\n" * 3
    acta = recibida(client, reparto, ingles)
    assert avisos(client, acta) == ["De este texto no se reconoció nada"]
    assert acta.texto == ingles


def test_se_quita_un_grupo_entero_o_varios_renglones_y_se_puede_deshacer(
    client: Client, reparto: Reparto
) -> None:
    """Sin JavaScript: «Quitar todos» marca lo lleno, «No quitar ninguno» lo deshace; lo demás se guarda."""
    acta = recibida(client, reparto, ACTA)
    url = acta.get_absolute_url()
    campos = enviado(client.get(url).content) | {"lugar": "Sala corregida", "puntos-1-DELETE": "on"}
    campos |= {"firmantes-5-nombre": "Una que faltaba"}
    respuesta = client.post(url, campos | {"quitar": "firmantes"})
    assert respuesta.headers["Location"] == f"{url}#t-firmantes"
    marcados = enviado(client.get(url).content)
    quitados = {c for c, v in marcados.items() if c.endswith("-DELETE") and v == "on"}
    assert quitados == {"puntos-1-DELETE", *(f"firmantes-{n}-DELETE" for n in range(6))}
    assert marcados["lugar"] == "Sala corregida"

    client.post(url, marcados | {"dejar": "firmantes"})
    despues = enviado(client.get(url).content)
    assert {c for c in despues if c.endswith("-DELETE") and despues[c] == "on"} == {"puntos-1-DELETE"}
    assert client.post(url, despues | {"quitar": "nada"}).headers["Location"] == url
