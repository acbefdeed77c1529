"""Un reporte en revisión por segunda vez, para las direcciones de quien lo revisa."""

from django.utils import timezone

from ejes.revision import dictaminar
from ejes.revision.partes import DE_TODO
from tests.ejes.entregas import crear_entrega, enviar
from tests.ejes.fabricas import crear_plan, crear_reporte
from tests.personas import Reparto

_UNO = {"pk": "por_revisar", "numero": "envio", "evidencia": "evidencia_enviada"}
DE_QUE = {
    f"revision:{nombre}": _UNO
    for nombre in (
        "reporte",
        "cambios",
        "dictaminar",
        "evidencia",
        "resto",
        "devolver",
        "validar",
        "publicar",
        "corregir",
    )
}


def revisado(reparto: Reparto) -> dict[str, str | int]:
    """Se devolvió y se envió otra vez: hay dos envíos que comparar."""
    primera = crear_entrega(reparto, crear_reporte(reparto, plan=crear_plan(reparto.organo, "revisado")))
    ahora = timezone.now()
    dictaminar.dictaminar(primera, DE_TODO, "observado", nota="Falta.", por=None, cuando=ahora)
    dictaminar.devolver(primera, None, ahora)
    segunda = enviar(primera.reporte)
    return {
        "por_revisar": segunda.reporte_id,
        "envio": segunda.numero,
        "evidencia_enviada": segunda.evidencias.earliest("pk").pk,
        "parte": "renglon-1",
    }
