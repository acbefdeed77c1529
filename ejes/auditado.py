"""Lo que del plan de acción consta en la auditoría."""

from ejes.models import CambioCorte, CambioPlan, CambioReporte
from stl_portal.auditoria.registro import FUENTES, de_clave, de_historia


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`."""
    del_plan = de_clave("objeto__plan__organo__clave")
    FUENTES["plan"] = de_historia("Planes", CambioPlan, de_clave("objeto__organo__clave"))
    FUENTES["corte"] = de_historia("Informes del plan", CambioCorte, del_plan, "plan")
    FUENTES["reporte"] = de_historia(
        "Reportes", CambioReporte, de_clave("objeto__bimestre__plan__organo__clave"), "bimestre", "eje"
    )
