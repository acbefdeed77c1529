"""Los periodos encimados se explican con palabras y, además, la base los impide."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sesiones import models as m
from sesiones.estados import TipoSuplencia
from tests.fabricas import crear_sesion, crear_suplencia
from tests.personas import DESDE, Reparto

MARZO = dt.date(2026, 3, 1)


def test_dos_titulares_el_mismo_dia_se_explican(reparto: Reparto) -> None:
    otro = m.Nombramiento(
        asiento=reparto.asientos["poder"], persona=reparto.personas["civil"], cargo="X", vigente_desde=MARZO
    )
    with pytest.raises(ValidationError) as error:
        otro.full_clean()
    assert "El asiento ya tiene titular en esas fechas" in error.value.message_dict["vigente_desde"][0]
    assert "Beto Sosa Lira" in error.value.message_dict["vigente_desde"][0]


def test_la_base_impide_dos_titulares_aunque_nadie_valide(reparto: Reparto) -> None:
    with pytest.raises(IntegrityError, match="sin_traslape_sesiones_nombramiento"), transaction.atomic():
        m.Nombramiento.objects.create(
            asiento=reparto.asientos["poder"],
            persona=reparto.personas["civil"],
            cargo="X",
            vigente_desde=MARZO,
        )
    assert m.Nombramiento.objects.filter(asiento=reparto.asientos["poder"]).count() == 1


def test_la_base_impide_alargar_un_periodo_sobre_otro(reparto: Reparto) -> None:
    primero = m.Nombramiento.objects.get(asiento=reparto.asientos["poder"])
    primero.vigente_hasta = MARZO
    primero.save()
    m.Nombramiento.objects.create(
        asiento=reparto.asientos["poder"],
        persona=reparto.personas["civil"],
        cargo="X",
        vigente_desde=MARZO + dt.timedelta(days=1),
    )
    primero.vigente_hasta = None
    with pytest.raises(IntegrityError), transaction.atomic():
        primero.save()


def test_la_suplencia_permanente_no_se_encima_y_la_de_una_sesion_si_cabe(reparto: Reparto) -> None:
    primera = crear_suplencia(reparto)
    with pytest.raises(ValidationError, match="El asiento ya tiene suplente en esas fechas"):
        crear_suplencia(reparto, folio="PRU-002/2025", nombre="Gala Ortiz")
    sesion = crear_sesion(reparto)
    de_una = crear_suplencia(
        reparto, folio="PRU-003/2025", nombre="Hugo Paz", tipo=TipoSuplencia.POR_SESION, sesion=sesion
    )
    assert [s.pk for s in reparto.asientos["poder"].suplentes(sesion.fecha, sesion.pk)] == [
        de_una.pk,
        primera.pk,
    ]
    assert [s.pk for s in reparto.asientos["poder"].suplentes(sesion.fecha)] == [primera.pk]


def test_suceder_termina_la_version_anterior_la_vispera(reparto: Reparto) -> None:
    nueva = m.Regla(organo=reparto.organo, vigente_desde=MARZO, quorum_mas_uno=False)
    nueva.suceder()
    reparto.regla.refresh_from_db()
    assert reparto.regla.vigente_hasta == MARZO - dt.timedelta(days=1)
    assert reparto.organo.regla(MARZO) == nueva
    assert reparto.organo.regla(DESDE) == reparto.regla
