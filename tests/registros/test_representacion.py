"""La representación dura lo que dicen las reglas: se ve cuándo vence y avisa a quien conduce."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sesiones import models as m
from sesiones.integracion import por_vencer
from stl_portal.espanol import fecha_larga
from tests import fabricas
from tests.personas import DESDE, Reparto


@pytest.fixture
def titular(reparto: Reparto) -> m.Nombramiento:
    """Con reglas de veinticuatro meses desde el primero de enero de 2025."""
    m.Regla.objects.update(representacion_meses=24)
    fila: m.Nombramiento = reparto.asientos["poder"].nombramientos.get()
    return fila


def test_vence_a_los_meses_de_la_regla_de_su_fecha(titular: m.Nombramiento) -> None:
    assert titular.vence() == dt.date(2026, 12, 31)


def test_el_refrendo_vuelve_a_contar(reparto: Reparto, titular: m.Nombramiento) -> None:
    oficio = m.Oficio.objects.create(organo=reparto.organo, folio="R/1", asunto="Refrendo", remitente="X")
    titular.refrendos.create(oficio=oficio, fecha=dt.date(2026, 3, 31))
    assert titular.vence() == dt.date(2028, 3, 30)


def test_el_fin_escrito_manda_y_sin_regla_no_se_inventa(titular: m.Nombramiento) -> None:
    m.Regla.objects.update(vigente_desde=DESDE + dt.timedelta(days=1))
    assert titular.vence() is None
    titular.vigente_hasta = dt.date(2026, 5, 1)
    assert titular.vence() == dt.date(2026, 5, 1)


def test_se_ve_en_el_registro_en_la_ficha_y_en_la_mesa(
    client: Client, reparto: Reparto, titular: m.Nombramiento
) -> None:
    hoy = timezone.localdate()
    m.Regla.objects.update(vigente_desde=None)
    m.Nombramiento.objects.filter(pk=titular.pk).update(vigente_desde=hoy.replace(year=hoy.year - 2, day=5))
    titular.refresh_from_db()
    fin = titular.vence()
    assert fin is not None
    dicho = f"{'venció' if fin < hoy else 'vence'} el {fecha_larga(fin)}"
    client.force_login(reparto.cuentas["facilitadora"])
    for url in (
        reverse("registros:lista", args=("prueba", "nombramientos")),
        reverse("registros:asiento", args=("prueba", titular.asiento_id)),
    ):
        assert dicho in client.get(url).content.decode()
    assert fecha_larga(fin) in client.get(reverse("registros:organo", args=("prueba",))).content.decode()
    assert f"la representación de {titular.persona.nombre}" in client.get(reverse("mi")).content.decode()


def test_solo_lo_que_termina_pronto_y_en_orden(reparto: Reparto, titular: m.Nombramiento) -> None:
    al = dt.date(2026, 12, 20)
    otra = reparto.asientos["civil"].nombramientos.get()
    m.Nombramiento.objects.filter(pk=otra.pk).update(vigente_hasta=dt.date(2026, 12, 24))
    m.Nombramiento.objects.exclude(pk__in=[otra.pk, titular.pk]).update(vigente_desde=dt.date(2026, 6, 1))
    fabricas.crear_suplencia(reparto)
    fines = por_vencer([reparto.organo], al, al + dt.timedelta(days=30))
    assert fines == [(otra, dt.date(2026, 12, 24)), (titular, dt.date(2026, 12, 31))]
