"""Un órgano consta instalado cuando cualquiera puede leer el acta de su instalación; antes, no."""

import datetime as dt

import pytest
from django.test import Client

from sesiones import models as m
from sesiones.hechos import instalados
from stl_portal.publico.registro import HECHOS, Hecho
from tests.fabricas import crear_sesion
from tests.personas import DIA, Reparto, crear_reparto


def _instalacion(reparto: Reparto, estado: str = "publicada") -> m.Sesion:
    sesion = crear_sesion(reparto, tipo="instalacion")
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="concluida")
    m.Acta.objects.create(sesion=sesion, estado=estado)
    return sesion


def test_la_instalacion_consta_con_su_fecha_y_su_acta(client: Client, reparto: Reparto) -> None:
    sesion = _instalacion(reparto)
    dicho = f"Se publicó el acta de su {sesion.designacion}, del 18 de marzo de 2026."
    url = f"/sesiones/prueba/{sesion.clave}/acta/"
    assert list(instalados([reparto.organo.pk], DIA)) == [
        Hecho(reparto.organo.pk, "instalacion", DIA, dicho, url)
    ]
    assert instalados in HECHOS


@pytest.mark.parametrize("estado", ["borrador", "aprobada", "por_firmar", "firmada"])
def test_sin_acta_publicada_no_consta(reparto: Reparto, estado: str) -> None:
    _instalacion(reparto, estado)
    assert list(instalados([reparto.organo.pk], DIA)) == []


def test_ni_antes_de_su_fecha_ni_de_otro_organo_ni_por_otra_sesion(reparto: Reparto) -> None:
    _instalacion(reparto)
    otro = crear_reparto("otro")
    ordinaria = crear_sesion(otro)
    m.Acta.objects.create(sesion=ordinaria, estado="publicada")
    assert list(instalados([reparto.organo.pk], DIA - dt.timedelta(days=1))) == []
    assert list(instalados([otro.organo.pk], DIA)) == []
