"""Un plan con dos ejes, para quien lo administra."""

import datetime as dt

from ejes.models import Bimestre, Eje, Plan
from tests.ejes.fabricas import crear_bimestre, crear_plan
from tests.personas import Reparto

HOY = dt.date(2026, 3, 18)


def plan_de_dos_ejes(reparto: Reparto) -> Plan:
    """El eje 1 lo reporta la asociación civil y el 2 la academia; está publicado."""
    plan = crear_plan(reparto.organo)
    plan.ejes.update(responsable=reparto.asientos["civil"])
    Eje.objects.create(plan=plan, numero=2, nombre="Participación", responsable=reparto.asientos["academia"])
    return plan


def bimestre_abierto(reparto: Reparto, al: dt.date = HOY) -> Bimestre:
    """Abierto hace diez días; se entrega en diez."""
    return crear_bimestre(plan_de_dos_ejes(reparto), al)
