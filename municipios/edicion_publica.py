"""Qué de los municipios no cambia lo que la ciudadanía lee, y qué páginas se guardan ya compuestas."""

from stl_portal.publico import edicion
from stl_portal.publico.paginas_guardadas import apuntar

PRIVADAS = {
    "municipios_anotacion": "El avance se publica con el corte, de sus bytes sellados.",
    "municipios_total": "El avance se publica con el corte, de sus bytes sellados.",
    "municipios_cambiocortemunicipal": "La historia de un corte que se arma es de quien lo arma.",
}
# Lo escrito en un informe solo cambia mientras se escribe; entregarlo y publicarlo cambian el informe.
CAMPOS_PRIVADOS = {"municipios_textodeinforme": frozenset({"texto"})}


def registrar() -> None:
    """Las apunta en el portal."""
    edicion.apuntar_privadas(PRIVADAS, CAMPOS_PRIVADOS)
    apuntar("municipios:lista", "organo", "corte", filtran="etapa situacion orden municipio")
    apuntar("municipios:corte", filtran="etapa situacion orden")
    apuntar("municipios:detalle municipios:ficha", "organo")
    apuntar("municipios:comparar", "organo", "antes", "despues")
    apuntar("municipios:informes", "page", filtran="municipio anio")
    apuntar("municipios:capacitaciones", "page", filtran="municipio anio")
    apuntar("municipios:metrica", "anio", filtran="orden")
    apuntar(
        "municipios:cortes municipios:corte_json municipios:corte_csv municipios:corte_geojson "
        "municipios:totales_csv municipios:informe municipios:capacitaciones_csv municipios:metricas "
        "municipios:metrica_csv municipios:novedades"
    )
