"""La página para elegir qué seguir, con todo lo que el portal ofrece de verdad: no crece en consultas."""

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from tests.ejes.fabricas import crear_plan
from tests.municipios.fabricas import crear_etapas
from tests.personas import Reparto, crear_reparto


def test_ofrece_organos_planes_ejes_y_municipios_y_cuesta_lo_mismo(
    client: Client, reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    crear_etapas(reparto.organo)
    plan = crear_plan(reparto.organo)
    secreto = crear_plan(m.Organo.objects.get(), "secreto")
    type(secreto).objects.filter(pk=secreto.pk).update(estado="borrador", nombre="Plan secreto")
    for claves, casillas in (((), 50), (("b", "c", "d"), 68)):
        for n, clave in enumerate(claves, start=2):
            otro = crear_plan(crear_reparto(clave).organo, f"plan-{clave}")
            plan.ejes.create(numero=n, nombre=f"Eje de más {n}")
            otro.ejes.create(numero=2, nombre="Otro")
        with django_assert_num_queries(7):
            pagina = client.get("/seguir/").content.decode()
        assert pagina.count('name="temas"') == casillas
        assert "secreto" not in pagina
