"""Los recursos del plan de acción, como se apuntan; el orden de importación sale de sus dependencias."""

from stl_portal.traspaso import registro

from . import calendario, cortes, evidencias, plan, reportes


def registrar() -> None:
    """Las apunta en el portal; se llama desde `ready()`."""
    for modulo in (plan, calendario, reportes, evidencias, cortes):
        registro.apuntar(*modulo.RECURSOS)
    registro.NO_VIAJAN.update(NO_VIAJAN)


NO_VIAJAN = {
    "Encargos de preparar reportes": "Son permisos de una cuenta, y las cuentas no viajan: se dan otra vez.",
}
