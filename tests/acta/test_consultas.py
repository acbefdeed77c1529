"""El acta cuesta lo mismo a la base con un renglón que con muchos."""

import pytest
from pytest_django import DjangoAssertNumQueries

from sesiones.acta import edicion, imprenta
from sesiones.models import Sesion
from tests.acta.sesion import cerrar, crear_sesion_llena
from tests.personas import Reparto

CONSULTAS = 24


@pytest.mark.parametrize("renglones", [1, 6])
def test_las_mismas_consultas_con_uno_y_con_muchos_renglones(
    reparto: Reparto, renglones: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    llena = crear_sesion_llena(reparto, renglones)
    cerrar(reparto, llena)
    edicion.editar(llena, "cierre", texto="A mano.", base="Antes.", version=0, por=reparto.cuentas["colega"])
    sesion = Sesion.objects.select_related("organo").get(pk=llena.pk)
    with django_assert_num_queries(CONSULTAS):
        borrador = edicion.borrador(sesion)
        original = imprenta.acta(borrador)
    assert len(borrador.hechos.acuerdos) == renglones
    assert original.html.count('class="acuerdo"') == renglones
