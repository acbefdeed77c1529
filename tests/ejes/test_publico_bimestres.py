"""La página de un bimestre: quién reportó y quién no, con los plazos y quién concedió sus prórrogas."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ejes.ciudadania import enlaces
from ejes.models import Bimestre, Reporte
from sesiones import models as m
from sesiones.cierre import cerrar
from sesiones.testar import Tachador
from tests import fabricas
from tests.ejes.entregas import contestar, enviar
from tests.ejes.fabricas import crear_bimestre, crear_plan, crear_reporte
from tests.ejes.lectura import visible
from tests.personas import Reparto


def pagina(client: Client, bimestre: Bimestre) -> str:
    return visible(client.get(bimestre.get_absolute_url()))


def vencido(reparto: Reparto, **cambios: Any) -> Bimestre:
    plan = crear_plan(reparto.organo)
    plan.ejes.update(responsable=reparto.asientos["civil"])
    return crear_bimestre(plan, timezone.localdate() - dt.timedelta(days=40), **cambios)


def test_vencido_el_plazo_se_dice_quien_no_reporto(client: Client, reparto: Reparto) -> None:
    bimestre = vencido(reparto)
    Reporte.objects.create(bimestre=bimestre, eje=bimestre.plan.ejes.get(), asiento=reparto.asientos["civil"])
    assert "Asociación de Prueba prueba No reportó" in pagina(client, bimestre)
    assert "No reportó" in visible(client.get(f"/plan/{bimestre.plan.clave}/eje/1/"))


def test_si_no_se_recibian_aqui_no_se_acusa_a_nadie(client: Client, reparto: Reparto) -> None:
    texto = pagina(client, vencido(reparto, en_portal=False))
    assert "No reportó" not in texto
    assert "Asociación de Prueba prueba No consta en este portal" in texto
    assert "Se recibió" not in texto


def test_mientras_corre_el_plazo_va_a_tiempo(client: Client, reparto: Reparto) -> None:
    reporte = crear_reporte(reparto)
    assert "Aún a tiempo" in pagina(client, reporte.bimestre)


def test_lo_recibido_despues_del_limite_se_marca(client: Client, reparto: Reparto) -> None:
    bimestre = vencido(reparto)
    reporte = Reporte.objects.create(
        bimestre=bimestre, eje=bimestre.plan.ejes.get(), asiento=reparto.asientos["civil"]
    )
    enviar(contestar(reporte))
    assert "Recibido Tarde" in pagina(client, bimestre)
    despues = timezone.localdate() + dt.timedelta(days=30)
    sesion = fabricas.crear_en_curso(reparto)
    bimestre.prorrogas.create(entrega=despues, punto=sesion.puntos.get())
    assert "Recibido Tarde" in pagina(client, bimestre)  # rige el límite que había al enviarlo


def test_la_prorroga_conserva_la_fecha_original_y_dice_quien_la_dio(client: Client, reparto: Reparto) -> None:
    bimestre = vencido(reparto, entrega=dt.date(2026, 7, 21), carga=dt.date(2026, 7, 22), abre=None)
    sesion = fabricas.crear_en_curso(reparto)
    acuerdo = m.Acuerdo.agregar(sesion.puntos.get(), texto="Ampliar el plazo")
    bimestre.prorrogas.create(entrega=dt.date(2026, 8, 14), carga=dt.date(2026, 8, 21), acuerdo=acuerdo)
    antes = client.get(bimestre.get_absolute_url()).content.decode()
    assert acuerdo.get_absolute_url() not in antes  # su sesión no ha concluido
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    pagina = client.get(bimestre.get_absolute_url())
    assert "21 de julio de 2026 cambió a 14 de agosto de 2026" in visible(pagina)
    assert acuerdo.get_absolute_url() in pagina.content.decode()
    bimestre.prorrogas.create(entrega=dt.date(2026, 8, 20), punto=sesion.puntos.get())
    titulo = f"{sesion}, punto: {sesion.puntos.get().titulo}"
    assert f"La concedió: {titulo} ." in visible(client.get(bimestre.get_absolute_url()))
    de_la_sesion = client.get(sesion.get_absolute_url()).content.decode()
    assert bimestre.get_absolute_url() in de_la_sesion


def test_lo_testado_en_el_acta_no_se_lee_en_quien_concedio(
    client: Client, reparto: Reparto, monkeypatch: pytest.MonkeyPatch
) -> None:
    bimestre, sesion = vencido(reparto), fabricas.crear_en_curso(reparto)
    punto = sesion.puntos.get()
    bimestre.prorrogas.create(entrega=dt.date(2026, 8, 20), punto=punto)
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    assert punto.titulo in pagina(client, bimestre)
    tachador = Tachador((punto.titulo,))
    monkeypatch.setattr(enlaces.publica, "tachadores", lambda sesiones: dict.fromkeys(sesiones, tachador))
    texto = pagina(client, bimestre)
    assert f"La concedió: {sesion}, punto:" in texto
    assert punto.titulo not in texto
