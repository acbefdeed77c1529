"""Un plan pequeño, publicado, con su primer corte; su formato, un bimestre abierto y un reporte."""

import datetime as dt
from typing import Any

from django.utils import timezone

from ejes.cortes.publicar import publicar
from ejes.models import Bimestre, Corte, Formato, Plan, Reporte
from sesiones.models import Organo
from tests.personas import Reparto

CATEGORIAS = (2, 1, 1, 1, 2, 1)  # renglones por categoría, como el formato de 2019-20


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


def crear_formato(plan: Plan) -> Formato:
    """Seis categorías y ocho renglones; el segundo y el cuarto piden además un número."""
    formato = plan.formatos.create(version=1, nombre="Formato de prueba")
    orden = 0
    for numero, cuantos in enumerate(CATEGORIAS, start=1):
        for _ in range(cuantos):
            orden += 1
            renglon = formato.renglones.create(
                orden=orden,
                categoria=f"Categoría {numero}",
                indicador=f"Indicador {orden}",
                unidad="personas" if orden in (2, 4) else "",
            )
            for eje in plan.ejes.all():
                renglon.preguntas.create(eje=eje, texto=f"¿Pregunta {orden} del eje {eje.numero}?")
    return formato


def crear_bimestre(plan: Plan, al: dt.date, numero: int = 1, **cambios: Any) -> Bimestre:
    """Abierto desde hace diez días y por diez más; responde el asiento que diga `plan.ejes`."""
    formato = plan.formatos.last() or crear_formato(plan)
    campos = {
        "nombre": f"Bimestre {numero}",
        "desde": al - dt.timedelta(days=70),
        "hasta": al - dt.timedelta(days=11),
        "abre": al - dt.timedelta(days=10),
        "entrega": al + dt.timedelta(days=10),
        "carga": al + dt.timedelta(days=20),
        "formato": formato,
    }
    return plan.bimestres.create(numero=numero, **{**campos, **cambios})


def crear_reporte(reparto: Reparto, al: dt.date | None = None, plan: Plan | None = None) -> Reporte:
    """En borrador y vacío, de la asociación civil: su titular es la cuenta `integrante`."""
    plan = plan or crear_plan(reparto.organo)
    eje = plan.ejes.get(numero=1)
    eje.responsable = reparto.asientos["civil"]
    eje.save()
    bimestre = plan.bimestres.last() or crear_bimestre(plan, al or timezone.localdate())
    return Reporte.objects.create(bimestre=bimestre, eje=eje, asiento=reparto.asientos["civil"])
