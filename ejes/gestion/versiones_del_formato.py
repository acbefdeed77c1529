"""Una versión nueva del formato nace con los renglones de otra: del mismo plan o de uno anterior."""

from django.db import transaction
from django.db.models import Max

from ejes.models import Formato, Plan
from sesiones.models import Organo


def siguiente_version(plan: Plan) -> int:
    """El número de la versión por hacer."""
    return (plan.formatos.aggregate(n=Max("version"))["n"] or 0) + 1


def nueva_version(original: Formato) -> Formato:
    """La que sigue en el mismo plan, con los mismos renglones y preguntas."""
    with transaction.atomic():
        Organo.objects.select_for_update().get(pk=original.plan.organo_id)
        copia = Formato.objects.create(
            plan=original.plan,
            version=siguiente_version(original.plan),
            nombre=original.nombre,
            fuente=original.fuente,
        )
        copiar_renglones(original, copia)
    return copia


def copiar_renglones(original: Formato, copia: Formato) -> None:
    """Los renglones; también las preguntas de cada eje, si ambos son del mismo plan."""
    for renglon in original.renglones.prefetch_related("preguntas"):
        preguntas = list(renglon.preguntas.all()) if original.plan_id == copia.plan_id else []
        renglon.pk, renglon._state.adding, renglon.formato = None, True, copia
        renglon.save()
        for pregunta in preguntas:
            pregunta.pk, pregunta._state.adding, pregunta.renglon = None, True, renglon
            pregunta.save()
