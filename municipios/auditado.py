"""Lo que de los municipios consta en la auditoría."""

from typing import Any

from municipios.models import Anotacion, CambioCorteMunicipal, CambioInforme
from stl_portal.auditoria.registro import FUENTES, Fuente, Hecho, de_clave, de_historia


def _anotada(fila: Any) -> Hecho:
    deshecha = " (después se deshizo)" if fila.anulada_el else ""
    return Hecho("anotar la etapa", str(fila.municipio), a=str(fila.situacion), detalle=f"{fila}{deshecha}")


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`."""
    organo = de_clave("objeto__organo__clave")
    FUENTES["corte-municipal"] = de_historia("Cortes municipales", CambioCorteMunicipal, organo)
    FUENTES["informe-trimestral"] = de_historia("Informes trimestrales", CambioInforme, organo)
    FUENTES["etapa"] = Fuente(
        "Etapas de los municipios",
        Anotacion,
        de_clave("etapa__organo__clave"),
        _anotada,
        con=("municipio", "etapa", "situacion"),
    )
