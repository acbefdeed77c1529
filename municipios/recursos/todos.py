"""Los recursos de los municipios, como se apuntan; el orden de importación sale de sus dependencias."""

from stl_portal.traspaso import registro

from . import cortes, etapas, eventos, informes, metricas


def registrar() -> None:
    """Las apunta en el portal; se llama desde `ready()`."""
    for modulo in (etapas, cortes, eventos, informes, metricas):
        registro.apuntar(*modulo.RECURSOS)
