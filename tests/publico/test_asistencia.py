"""La asistencia de una sesión concluida, como la lee cualquiera."""

import pytest
from django.test import Client
from django.urls import reverse

from sesiones import models as m
from sesiones.estados import Calidad, EstadoAsistencia, TipoSuplencia
from tests import fabricas
from tests.ejes.lectura import visible
from tests.personas import Reparto


@pytest.fixture
def sesion(reparto: Reparto) -> m.Sesion:
    """Concluida, con el lugar de la cámara vacante; presidió quien tiene oficio solo para ella."""
    sesion = fabricas.crear_sesion(reparto)
    fabricas.pasar_lista(reparto, sesion)
    m.Asistencia.pasar_lista(sesion, reparto.asientos["vacante"], EstadoAsistencia.AUSENTE)
    m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=fabricas.HORA)
    suplencia = fabricas.crear_suplencia(reparto, tipo=TipoSuplencia.POR_SESION, sesion=sesion)
    sesion.asistencias.filter(asiento=reparto.asientos["poder"]).update(
        suplencia=suplencia, calidad=Calidad.SUPLENTE, oficio="PRU-001/2025", cargo="Suplente de prueba"
    )
    sesion.asistencias.filter(asiento=reparto.asientos["civil"]).update(cargo="Titular")
    m.Asistencia.objects.create(
        sesion=sesion, nombre="Invitada", calidad=Calidad.INVITADA, ocupa_asiento=False
    )
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="concluida")
    return sesion


def leer(client: Client, sesion: m.Sesion) -> str:
    """El texto de su página."""
    return visible(client.get(reverse("sesiones:detalle", args=("prueba", sesion.clave))))


def test_un_asiento_sin_titular_esta_vacante_y_no_ausente(client: Client, sesion: m.Sesion) -> None:
    pagina = leer(client, sesion)
    assert "5 presentes, 1 asiento vacante. También estuvo 1 persona sin asiento" in pagina
    assert "Cámara de Prueba prueba — Vacante" in pagina
    assert "Ausente" not in pagina


def test_si_los_hechos_vienen_de_un_acta_no_se_dice_que_estuviera_vacante(
    client: Client, sesion: m.Sesion
) -> None:
    sesion.historia.update(por=None)
    assert "Cámara de Prueba prueba — Ausente" in leer(client, sesion)


def test_quien_suple_solo_esa_vez_se_dice_y_un_titular_no_se_dice_dos_veces(
    client: Client, sesion: m.Sesion
) -> None:
    pagina = leer(client, sesion)
    assert "Suplente solo en esta sesión, oficio PRU-001/2025, Suplente de prueba" in pagina
    assert "C. Darío Vega Cruz Titular Presente" in pagina
