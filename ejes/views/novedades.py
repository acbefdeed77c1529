"""Los reportes y los informes publicados, para seguirlos con un lector de noticias (Atom)."""

from django.urls import reverse_lazy

from stl_portal.novedades.atom import Canal


class Novedades(Canal):
    """Lo último publicado de los planes, con quién lo publica y su huella."""

    title = "Reportes e informes del plan de acción"
    subtitle = "Los reportes bimestrales, los informes y sus correcciones, en cuanto se publican."
    link = reverse_lazy("ejes:planes")
    clases = ("reportes", "informes")
