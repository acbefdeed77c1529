"""El calendario de un órgano, como lo lee cualquiera: con qué acuerdo se aprobó y con cuál se modificó."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sesiones import models as m
from tests import fabricas
from tests.ejes.lectura import visible
from tests.personas import Reparto


def acordar(reparto: Reparto, fecha: dt.date) -> m.Acuerdo:
    """Un acuerdo de una sesión ya concluida."""
    sesion = fabricas.crear_en_curso(reparto, fecha=fecha)
    acuerdo = m.Acuerdo.agregar(sesion.puntos.get(), texto="El calendario")
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="concluida")
    return m.Acuerdo.objects.select_related("sesion").get(pk=acuerdo.pk)


@pytest.fixture
def calendario(reparto: Reparto) -> m.Calendario:
    """Aprobado en la primera sesión."""
    anio = timezone.localdate().year + 1
    calendario = m.Calendario.objects.create(organo=reparto.organo, anio=anio)
    calendario.fechas.create(fecha=dt.date(anio, 2, 4))
    calendario.aprobar(None, acuerdo=acordar(reparto, dt.date(2026, 3, 18)))
    return calendario


def leer(client: Client) -> str:
    """El texto de la página del órgano, con el punto junto a la liga que cierra."""
    return visible(client.get(reverse("sesiones:organo", args=("prueba",)))).replace(" .", ".")


def test_dice_que_acuerdo_lo_aprobo(client: Client, calendario: m.Calendario) -> None:
    pagina = leer(client)
    assert "Lo aprobó el acuerdo primero de la I Sesión Ordinaria." in pagina
    m.Sesion.objects.update(estado="en_curso")
    assert "Lo aprobó" not in leer(client)


def test_enmendado_dice_los_dos(client: Client, reparto: Reparto, calendario: m.Calendario) -> None:
    nuevo = calendario.enmendar(None)
    nuevo.aprobar(None, acuerdo=acordar(reparto, dt.date(2026, 4, 15)))
    assert (
        "Lo modificó el acuerdo primero de la II Sesión Ordinaria. "
        "El anterior lo aprobó el acuerdo primero de la I Sesión Ordinaria."
    ) in leer(client)
