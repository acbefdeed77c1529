"""Los registros de los municipios, sumados a los del órgano."""

from sesiones.views.registros.catalogo import sumar

from . import etapas, eventos, metricas


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    sumar("Municipios", (etapas.ETAPAS, etapas.SITUACIONES))
    sumar("Capacitaciones y métricas", (eventos.EVENTOS, metricas.METRICAS), aparte=(metricas.VALORES,))
