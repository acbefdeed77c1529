"""Los pesos se dicen donde la fórmula pondera, y solo ahí: sin ellos la cuenta no se puede repetir."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from ejes.avance import Formula
from ejes.cortes.publicar import publicar
from ejes.models import Plan
from stl_portal.archivo import almacen
from tests.ejes.cortes import abrir, cuadro
from tests.ejes.lectura import visible
from tests.hechos import texto_de_pdf


@pytest.fixture
def pesado(plan: Plan) -> Plan:
    """Dos acciones: la primera pesa el triple que la segunda."""
    compromiso = plan.ejes.get().compromisos.get()
    compromiso.acciones.update(peso=3)
    compromiso.acciones.create(numero=2, texto="Otra")
    return plan


@pytest.mark.parametrize("formula", [Formula.PONDERADA, Formula.MEDIA])
def test_la_pagina_y_el_pdf_dicen_los_pesos_si_cuentan(pesado: Plan, formula: Formula) -> None:
    Plan.objects.filter(pk=pesado.pk).update(formula=formula)
    pesado.refresh_from_db()
    corte = abrir(pesado)
    corte.figuras.filter(accion__numero=1).update(declarado=40)
    corte.figuras.filter(accion__numero=2).update(declarado=80)
    compromiso = cuadro(corte).compromisos[0]
    esperado = {
        Formula.PONDERADA: (Decimal(50), "La media ponderada por peso de 40 (peso 3) y 80 (peso 1) es 50."),
        Formula.MEDIA: (Decimal(60), "La media simple de 40 y 80 es 60."),
    }
    assert (compromiso.calculado, compromiso.como_se_calcula) == esperado[formula]
    publicado = publicar(corte, None, timezone.now())
    pondera = formula == Formula.PONDERADA
    pagina = visible(Client().get("/plan/prueba/informe/2/"))
    pdf = " ".join(texto_de_pdf(almacen.leer(publicado.pdf)).split())
    for texto in (pagina, pdf):
        assert ("(peso 3)" in texto) is pondera
        assert ("Abrir datos (peso 1)" in texto) is pondera
