"""Descartar una fe de erratas: mientras nadie más la haya visto, y sin tocar lo publicado."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sesiones import models as m
from sesiones.estados import EstadoActa, EstadoSesion
from tests.cuentas.codigos import identificarse
from tests.fabricas import crear_sesion
from tests.personas import Reparto
from tests.vida.archivadas import archivada

QUE = {"motivo": "Dice 2025 y es 2026."}
PORQUE = {"motivo": "Sí decía 2026."}


def url(acta: m.Acta, nombre: str) -> str:
    return reverse(f"actas:{nombre}", args=(acta.sesion.organo.clave, acta.sesion.clave))


@pytest.fixture
def mesa(reparto: Reparto) -> Client:
    return identificarse(Client(), reparto.cuentas["facilitadora"])


@pytest.fixture
def acta(reparto: Reparto) -> m.Acta:
    return archivada(reparto).acta


@pytest.fixture
def siguiente(reparto: Reparto, acta: m.Acta) -> m.Sesion:
    """Programada después de hoy: ahí se aprobaría."""
    return crear_sesion(reparto, fecha=timezone.localdate() + dt.timedelta(days=30))


def test_se_descarta_y_sale_de_la_sesion_que_la_iba_a_aprobar(
    mesa: Client, acta: m.Acta, siguiente: m.Sesion
) -> None:
    assert mesa.post(url(acta, "corregir"), QUE).status_code == 302
    assert siguiente.puntos.filter(acta_de=acta.sesion).exists()
    assert "Descartar la fe de erratas" in mesa.get(url(acta, "acta")).content.decode()
    assert mesa.post(url(acta, "descartar"), {"motivo": " "}).status_code == 422
    assert m.Acta.objects.count() == 2
    respuesta = mesa.post(url(acta, "descartar"), PORQUE, follow=True)
    assert "Se descartó la fe de erratas." in respuesta.content.decode()
    assert "Descartar la fe de erratas" not in respuesta.content.decode()
    (queda,) = m.Acta.objects.all()
    assert (queda.pk, queda.estado) == (acta.pk, "publicada")
    assert queda.historia.latest("pk").nota == PORQUE["motivo"]
    assert not siguiente.puntos.filter(acta_de=acta.sesion).exists()


def test_despues_se_puede_abrir_otra(mesa: Client, acta: m.Acta) -> None:
    for _ in range(2):
        assert mesa.post(url(acta, "corregir"), QUE).status_code == 302
        assert mesa.post(url(acta, "descartar"), PORQUE).status_code == 302
    assert [fila.version for fila in m.Acta.objects.all()] == [1]


def test_lo_publicado_no_se_descarta(mesa: Client, acta: m.Acta) -> None:
    assert mesa.post(url(acta, "descartar"), PORQUE).status_code == 422
    assert m.Acta.objects.get().estado == EstadoActa.PUBLICADA


@pytest.mark.parametrize("visto", ["circulada", "convocada"])
def test_lo_que_otros_ya_vieron_no_se_descarta(
    mesa: Client, acta: m.Acta, siguiente: m.Sesion, visto: str
) -> None:
    mesa.post(url(acta, "corregir"), QUE)
    if visto == "circulada":
        m.Acta.objects.filter(version=2).update(estado=EstadoActa.CIRCULADA)
    else:
        m.Sesion.objects.filter(pk=siguiente.pk).update(estado=EstadoSesion.CONVOCADA)
    respuesta = mesa.post(url(acta, "descartar"), PORQUE)
    assert respuesta.status_code == 422
    dicho = {"circulada": "que no se ha circulado", "convocada": "que ya se convocó"}
    assert dicho[visto] in respuesta.content.decode()
    assert m.Acta.objects.count() == 2
    assert siguiente.puntos.filter(acta_de=acta.sesion).exists()
