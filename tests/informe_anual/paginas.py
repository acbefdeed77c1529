"""Las páginas de los informes anuales que se recorren; los dos de la demostración tienen qué ver."""

from stl_portal.informe_anual.models import InformeAnual

GESTION = "/gestion/informe-anual/"


def publicas() -> list[str]:
    """La lista y el publicado."""
    publicado = InformeAnual.objects.publicados().get()
    return ["/informes/", publicado.get_absolute_url()]


def de_quien_conduce() -> list[str]:
    """La lista, empezar uno, el que se arma, el publicado, y lo que se confirma de cada uno."""
    publicado = InformeAnual.objects.publicados().get()
    borrador = InformeAnual.objects.get(estado="borrador")
    suyas = [f"{GESTION}{uno.clave}/" for uno in (publicado, borrador)]
    return [GESTION, f"{GESTION}demo/empezar/", *suyas, f"{suyas[1]}publicar/", f"{suyas[0]}corregir/"]
