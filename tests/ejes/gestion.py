"""Un plan con dos ejes por administrar, y las páginas donde se administra el de la demostración."""

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


def paginas_de_gestion() -> list[str]:
    """Las del plan ficticio: su árbol, un bimestre, su formato y una forma de cada clase."""
    plan = Plan.objects.get(organo__clave="demo")
    registros, gestion = "/mesa/demo/registros", f"/gestion/plan/{plan.clave}"
    bimestre, eje = plan.bimestres.latest("numero"), plan.ejes.earliest("numero")
    return [
        "/gestion/plan/",
        "/gestion/cortes/",
        f"{gestion}/",
        f"{gestion}/bimestre/{bimestre.numero}/",
        *(f"{gestion}/formato/{f.version}/" for f in plan.formatos.all()),
        f"{registros}/planes/{plan.pk}/",
        f"{registros}/ejes/{eje.pk}/",
        f"{registros}/compromisos/nuevo/?eje={eje.pk}",
        f"{registros}/hitos/nuevo/",
        f"{registros}/bimestres/{bimestre.pk}/",
        f"{registros}/prorrogas/nuevo/?bimestre={bimestre.pk}",
    ]
