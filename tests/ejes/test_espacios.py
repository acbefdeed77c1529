"""«Reportes bimestrales» solo se ofrece donde hay un plan que reportar."""

from django.utils import timezone

from ejes.estados import EstadoPlan
from ejes.models import Plan
from ejes.reportes import pendientes
from tests.ejes.fabricas import crear_plan
from tests.personas import Reparto


def test_sin_un_plan_publicado_no_hay_reportes(reparto: Reparto) -> None:
    cuenta, hoy = reparto.cuentas["integrante"], timezone.localdate()
    assert list(pendientes.espacios(cuenta, hoy)) == []
    plan = crear_plan(reparto.organo)
    Plan.objects.filter(pk=plan.pk).update(estado=EstadoPlan.BORRADOR)
    assert list(pendientes.espacios(cuenta, hoy)) == []
    Plan.objects.filter(pk=plan.pk).update(estado=EstadoPlan.PUBLICADO)
    assert [e.nombre for e in pendientes.espacios(cuenta, hoy)] == ["Reportes bimestrales"]
