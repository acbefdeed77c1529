"""Lo que las páginas de los municipios dicen de sí con schema.org, tomado de su contexto."""

from collections.abc import Iterator
from typing import Any

from stl_portal.avisos.envio import liga
from stl_portal.datos.licencia import LICENCIA
from stl_portal.publico.enlazada import HECHOS_DE, IDIOMA, Hechos

ESTADO = {"@type": "State", "name": "Guanajuato"}


def de_municipio(contexto: Any) -> Iterator[Hechos]:
    """Un municipio, con la clave con que lo conoce el INEGI y dónde está su cabecera."""
    municipio = contexto["municipio"]
    yield {
        "@type": "AdministrativeArea",
        "name": municipio.nombre,
        "url": liga(municipio.get_absolute_url()),
        "identifier": {"@type": "PropertyValue", "propertyID": "clave INEGI", "value": municipio.clave},
        "containedInPlace": ESTADO,
    }


def de_corte(contexto: Any) -> Iterator[Hechos]:
    """Un corte municipal publicado."""
    publicado, leido = contexto["publicado"], contexto["corte"]
    yield {
        "@type": "Report",
        "name": leido.nombre,
        "url": liga(publicado.corte.get_absolute_url()),
        "datePublished": publicado.publicado_el.isoformat(),
        "spatialCoverage": ESTADO,
        "inLanguage": IDIOMA,
        "license": LICENCIA,
    }


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    HECHOS_DE.update({"municipios:detalle": de_municipio, "municipios:corte": de_corte})
