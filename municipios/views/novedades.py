"""Los cortes municipales publicados, para seguirlos con un lector de noticias (Atom)."""

from django.urls import reverse_lazy

from stl_portal.novedades.atom import Canal


class Novedades(Canal):
    """Los últimos cortes y sus correcciones, con quién los publica y su huella."""

    title = "Avance de los municipios"
    subtitle = "Los cortes municipales y sus correcciones, en cuanto se publican."
    link = reverse_lazy("municipios:lista")
    clases = ("municipios",)
