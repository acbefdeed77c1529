"""Los registros de los municipios, sumados a los del órgano."""

from sesiones.views.registros.catalogo import sumar

from . import etapas


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    sumar("Municipios", (etapas.ETAPAS, etapas.SITUACIONES))
