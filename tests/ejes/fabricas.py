"""Un plan pequeño, publicado, con su primer corte."""

import datetime as dt

from django.utils import timezone

from ejes.models import Corte, Plan
from ejes.publicar import publicar
from sesiones.models import Organo


def crear_plan(organo: Organo, clave: str = "prueba") -> Plan:
    """Un eje con un compromiso y una acción al 30 %; el corte 1 está publicado."""
    plan = Plan.objects.create(organo=organo, clave=clave, nombre="Plan de prueba", inicio=2026, fin=2027)
    eje = plan.ejes.create(numero=1, nombre="Datos")
    accion = eje.compromisos.create(numero=1, nombre="Abrir datos").acciones.create(numero=1, texto="Abrir")
    corte = Corte.objects.create(
        plan=plan, numero=1, nombre="Primer Informe", desde=dt.date(2026, 1, 1), hasta=dt.date(2026, 3, 31)
    )
    corte.figuras.create(accion=accion, declarado=30)
    plan.cambiar("publicar", None)
    publicar(corte, None, timezone.now())
    return plan
