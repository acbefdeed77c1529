"""Dos personas presentan a la vez el mismo informe: queda en una sola sesión y a la otra se le dice."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from municipios.models import InformeTrimestral
from sesiones import models as m
from stl_portal.archivo import almacen
from tests.fabricas import crear_sesion
from tests.hilos import a_la_vez
from tests.municipios.informes.llenar import entregado, municipal

QUIENES = ("facilitadora", "administradora")


def _mesa(cuenta: object) -> Client:
    client = Client()
    client.force_login(cuenta)  # type: ignore[arg-type]
    return client


@pytest.mark.parametrize("sesiones", [1, 2])
def test_de_dos_que_presentan_el_mismo_informe_queda_un_anexo(transactional_db: None, sesiones: int) -> None:
    leon = municipal()
    informe = entregado(leon)
    donde = [crear_sesion(leon, fecha=dt.date(2026, 10, 14) + dt.timedelta(days=n)) for n in range(sesiones)]
    mesas = [_mesa(leon.cuentas[quien]) for quien in QUIENES]
    url = reverse("informes:presentar", args=(informe.organo.clave, informe.numero))

    def presenta(mesa: Client, sesion: m.Sesion) -> Callable[[], int]:
        return lambda: mesa.post(url, {"donde": f"s{sesion.pk}"}).status_code

    estados = a_la_vez([presenta(mesas[0], donde[0]), presenta(mesas[1], donde[-1])])
    assert sorted(estados) == [302, 409]
    n = estados.index(302)
    anexo = m.Anexo.objects.get()
    assert (anexo.sesion, m.Punto.objects.get().sesion) == (donde[n % sesiones], donde[n % sesiones])
    informe = InformeTrimestral.objects.get()
    assert (informe.estado, informe.anexo) == ("presentado", anexo)
    assert informe.historia.filter(verbo="presentar").get().por == leon.cuentas[QUIENES[n]]
    assert not list((almacen.raiz() / almacen.PENDIENTES).glob("*"))
