"""Cada punto de control llega a quienes hoy integran un órgano y tienen correo, una vez."""

import datetime as dt
from pathlib import Path

from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries, Settings

from sesiones import models as m
from sesiones.testigos import integrantes
from stl_portal.avisos.models import Aviso
from stl_portal.sello.bitacora import anotar
from tests.personas import Reparto

AYER = dt.date.today() - dt.timedelta(days=1)
CUANTOS = 1


def test_solo_quien_esta_en_funciones_y_tiene_correo(
    reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(CUANTOS):
        todos = {d.correo for d in integrantes()}
    assert {reparto.personas["poder"].correo, reparto.personas["civil"].correo} <= todos
    m.Persona.objects.filter(pk=reparto.personas["poder"].pk).update(correo="", usuario=None)
    m.Nombramiento.objects.filter(persona=reparto.personas["civil"]).update(vigente_hasta=AYER)
    quedan = todos - {reparto.personas["poder"].correo, reparto.personas["civil"].correo}
    assert {d.correo for d in integrantes()} == quedan


def test_la_orden_les_avisa_una_sola_vez(reparto: Reparto, settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    anotar("prueba", {})
    for _ in range(2):
        call_command("punto_de_control", verbosity=0)
    avisos = Aviso.objects.filter(motivo__startswith="registro:")
    assert {a.para for a in avisos} == {d.correo for d in integrantes()}
    assert avisos.count() == len({d.correo for d in integrantes()}) > 1
