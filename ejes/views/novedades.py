"""Los reportes publicados, para seguirlos con un lector de noticias (Atom)."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from ejes.lectura import Leido, leidos, publicados
from stl_portal.avisos.envio import dominio

CUANTOS = 30


class Novedades(Feed):  # type: ignore[type-arg]  # en ejecución no es genérica
    """Lo último publicado de los planes, con su institución y su huella."""

    feed_type = Atom1Feed
    title = "Reportes del plan de acción"
    subtitle = "Los reportes bimestrales y sus correcciones, en cuanto se publican."
    link = reverse_lazy("ejes:planes")
    language = "es-mx"
    item_guid_is_permalink = False

    def items(self) -> Iterable[Leido]:
        """Los más recientes primero."""
        return leidos(publicados().order_by("-publicado_el", "-pk")[:CUANTOS])

    def item_title(self, item: Leido) -> str:
        """De qué eje y de qué bimestre; dice si su órgano es ficticio."""
        eje = item.documento["eje"]
        ficticio = " (órgano ficticio)" if item.documento["ficticio"] else ""
        return f"Eje {eje['numero']}. {eje['nombre']}, {item.bimestre}{ficticio}"

    def item_description(self, item: Leido) -> str:
        """De qué institución y plan, y si corrige a otro."""
        corrige = " Corrige lo que se había publicado." if item.documento["publicacion"]["sustituye"] else ""
        return escape(f"Reporte de {item.institucion} en el {item.documento['plan']['nombre']}.{corrige}")

    def item_link(self, item: Leido) -> str:
        """La página de esa versión: la dirección dice siempre lo mismo."""
        return f"{item.direccion}?version={item.fila.entrega.numero}"

    def item_guid(self, item: Leido) -> str:
        """Identificador que no depende de la dirección (RFC 4151)."""
        return f"tag:{dominio()},{item.fila.publicado_el:%Y-%m-%d}:reporte:{item.fila.huella}"

    def item_pubdate(self, item: Leido) -> dt.datetime:
        """Cuándo se publicó."""
        return item.fila.publicado_el

    def item_updateddate(self, item: Leido) -> dt.datetime:
        """Lo publicado no cambia."""
        return item.fila.publicado_el

    def item_author_name(self, item: Leido) -> str:
        """La institución."""
        return item.institucion
