"""Los recursos de los municipios, como se apuntan; el orden de importación sale de sus dependencias."""

from stl_portal.traspaso.registro import AL_TERMINAR, apuntar

from . import coherencia, cortes, etapas, eventos, informes, metricas


def registrar() -> None:
    """Los apunta; se llama al arrancar."""
    for modulo in (etapas, cortes, eventos, informes, metricas):
        apuntar(*modulo.RECURSOS)
    if coherencia.al_terminar not in AL_TERMINAR:
        AL_TERMINAR.append(coherencia.al_terminar)
