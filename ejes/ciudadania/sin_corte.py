"""Un plan que todavía no tiene corte: lo último que los reportes publicados dicen de cada acción."""

from collections.abc import Iterable, Mapping

from ejes.ciudadania import historia, lectura
from ejes.ciudadania.historia import Momento
from ejes.cortes.corte import con_todo
from ejes.models import Accion, Eje, Plan

Filas = list[tuple[Accion, Momento | None]]


def por_eje(plan: Plan) -> list[tuple[Eje, Filas]]:
    """Cada eje, con sus compromisos ya traídos, y lo que se ha reportado de sus acciones."""
    dicho = reportado(plan)
    return [
        (eje, filas((a for c in eje.compromisos.all() for a in c.acciones.all()), dicho))
        for eje in con_todo(plan)
    ]


def reportado(plan: Plan) -> Mapping[str, Momento]:
    """Lo último que los reportes publicados dicen de cada acción, por su código; en una consulta."""
    filas = lectura.vigentes().filter(reporte__bimestre__plan=plan)
    return historia.de_reportes(lectura.leidos(filas))


def filas(acciones: Iterable[Accion], dicho: Mapping[str, Momento]) -> Filas:
    """Cada acción con lo suyo; ninguna, si de ninguna se ha reportado nada."""
    todas = [(accion, dicho.get(accion.codigo)) for accion in acciones]
    return todas if any(momento for _, momento in todas) else []
