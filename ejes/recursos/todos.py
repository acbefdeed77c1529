"""Los recursos del plan de acción, como se apuntan; el orden de importación sale de sus dependencias."""

from stl_portal.traspaso.registro import AL_TERMINAR, NO_VIAJAN, SIN_RECURSO, apuntar

from . import calendario, coherencia, cortes, evidencias, plan, reportes

PORQUES = {"Encargos de preparar reportes": "dan permisos a una cuenta: se dan en cada portal, uno por uno."}


def registrar() -> None:
    """Los apunta; se llama al arrancar."""
    for modulo in (plan, calendario, reportes, evidencias, cortes):
        apuntar(*modulo.RECURSOS)
    if coherencia.al_terminar not in AL_TERMINAR:
        AL_TERMINAR.append(coherencia.al_terminar)
    SIN_RECURSO["ejes.Encargo"] = "Da permisos a una cuenta."
    NO_VIAJAN.update(PORQUES)
