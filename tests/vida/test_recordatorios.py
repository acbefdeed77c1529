"""Un recordatorio al día cuando mucho, y ninguno de lo que ya se hizo."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from sesiones import firmar, recordatorios, revision
from sesiones import models as m
from sesiones.estados import EstadoActa
from sesiones.plazos import es_habil
from sesiones.recordatorios import CADA, toca_firma, toca_revision
from stl_portal.avisos.models import Aviso
from tests.personas import Reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import METODO, sellada

FECHAS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def _para(al: dt.date) -> set[str]:
    return set(Aviso.objects.filter(motivo=f"recordatorio:{al}").values_list("para", flat=True))


@given(FECHAS)
def test_la_revision_se_recuerda_dos_dias_habiles(vence: dt.date) -> None:
    """Antes de vencer hay dos avisos: dos hábiles antes y el último; nunca después."""
    if not es_habil(vence):
        return
    dias = [vence + dt.timedelta(days=n) for n in range(-20, 20)]
    tocan = [dia for dia in dias if es_habil(dia) and toca_revision(vence, dia)]
    assert len(tocan) == 2
    assert tocan[-1] == vence


@given(FECHAS, st.integers(1, 40))
def test_la_firma_se_recuerda_cada_tantos_dias_habiles(desde: dt.date, cuantos: int) -> None:
    habiles = [d for n in range(1, 90) if es_habil(d := desde + dt.timedelta(days=n))]
    assert toca_firma(desde, habiles[cuantos - 1]) == (cuantos % CADA == 0)
    assert not toca_firma(desde, desde)


def test_solo_a_quien_falta_y_una_vez(reparto: Reparto, acta: m.Acta) -> None:
    ronda = revision.circular(acta, reparto.cuentas["facilitadora"], JUEVES)
    revision.conformar(ronda.revisores.get(persona=reparto.personas["poder"]), JUEVES)
    assert ronda.vence is not None
    assert recordatorios.enviar(ronda.vence) == 3
    assert recordatorios.enviar(ronda.vence) == 0
    assert _para(ronda.vence) == {
        f"{quien}.prueba@prueba.example" for quien in ("presidencia", "academia", "civil")
    }


def test_la_firma_se_deja_de_recordar_al_firmar_y_al_terminar(reparto: Reparto) -> None:
    sello = sellada(reparto)
    martes = dt.date(2026, 3, 24)  # tercer día hábil desde el jueves 19
    lugar = sello.lugares.select_related("persona", "sello").get(persona=reparto.personas["civil"])
    firmar.simple(lugar, reparto.cuentas["integrante"], JUEVES, metodo=METODO)
    assert recordatorios.enviar(martes) == 4
    assert "civil.prueba@prueba.example" not in _para(martes)
    m.Acta.objects.update(estado=EstadoActa.PUBLICADA)
    assert recordatorios.enviar(dt.date(2026, 3, 27)) == 0


def test_un_solo_correo_con_todo_lo_pendiente(reparto: Reparto, acta: m.Acta) -> None:
    sellada(reparto, fecha=dt.date(2026, 3, 11))
    ronda = revision.circular(acta, reparto.cuentas["facilitadora"], JUEVES)
    m.Ronda.objects.filter(pk=ronda.pk).update(vence=dt.date(2026, 3, 24))
    recordatorios.enviar(dt.date(2026, 3, 24))
    aviso = Aviso.objects.get(motivo="recordatorio:2026-03-24", para="civil.prueba@prueba.example")
    assert aviso.asunto == "Tienes 2 pendientes con las actas · Secretariado"
    assert "Revisar el acta" in aviso.cuerpo
    assert "Firmar el acta" in aviso.cuerpo


@pytest.mark.parametrize("inhabil", [dt.date(2026, 3, 21), dt.date(2026, 5, 1)])
def test_en_dia_inhabil_no_se_molesta_a_nadie(reparto: Reparto, acta: m.Acta, inhabil: dt.date) -> None:
    ronda = revision.circular(acta, reparto.cuentas["facilitadora"], JUEVES)
    m.Ronda.objects.filter(pk=ronda.pk).update(vence=inhabil)
    assert recordatorios.enviar(inhabil) == 0


def test_la_orden_diaria_cierra_lo_vencido(reparto: Reparto, acta: m.Acta) -> None:
    revision.circular(acta, reparto.cuentas["facilitadora"], JUEVES)
    dicho = StringIO()
    call_command("atender_plazos", stdout=dicho)
    acta.refresh_from_db()
    assert dicho.getvalue().startswith("Revisiones cerradas: 1.")
    assert acta.estado == EstadoActa.REVISADA
