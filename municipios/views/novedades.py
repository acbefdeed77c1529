"""Los cortes municipales publicados, para seguirlos con un lector de noticias (Atom)."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from municipios.models import CorteMunicipalPublicado
from stl_portal.avisos.envio import dominio

CUANTOS = 30


class Novedades(Feed):  # type: ignore[type-arg]  # en ejecución no es genérica
    """Los últimos cortes y sus correcciones, con quién los publica y su huella."""

    feed_type = Atom1Feed
    title = "Avance de los municipios"
    subtitle = "Los cortes municipales y sus correcciones, en cuanto se publican."
    link = reverse_lazy("municipios:lista")
    language = "es-mx"
    item_guid_is_permalink = False

    def items(self) -> Iterable[CorteMunicipalPublicado]:
        """Los más recientes primero, sin sus datos, que aquí no se leen."""
        filas = CorteMunicipalPublicado.objects.select_related("corte__organo").defer("documento")
        con_nombre = filas.prefetch_related("corte__organo__denominaciones")
        return con_nombre.order_by("-publicado_el", "-pk")[:CUANTOS]

    def item_title(self, item: CorteMunicipalPublicado) -> str:
        """Cuál es; dice si su órgano es ficticio."""
        return f"{item.corte.nombre}{' (órgano ficticio)' if item.corte.organo.ficticio else ''}"

    def item_description(self, item: CorteMunicipalPublicado) -> str:
        """De quién es y, si corrige a otro, qué."""
        corte = item.corte
        corrige = f" Corrige: {corte.que_corrige}" if corte.que_corrige else ""
        return escape(f"Avance de los municipios, {self.item_author_name(item)}.{corrige}")

    def item_link(self, item: CorteMunicipalPublicado) -> str:
        """Una página que dice siempre lo mismo."""
        return item.corte.get_absolute_url()

    def item_guid(self, item: CorteMunicipalPublicado) -> str:
        """Identificador que no depende de la dirección (RFC 4151)."""
        return f"tag:{dominio()},{item.publicado_el:%Y-%m-%d}:corte-municipal:{item.huella}"

    def item_pubdate(self, item: CorteMunicipalPublicado) -> dt.datetime:
        """Cuándo se publicó."""
        return item.publicado_el

    def item_updateddate(self, item: CorteMunicipalPublicado) -> dt.datetime:
        """Lo publicado no cambia."""
        return item.publicado_el

    def item_author_name(self, item: CorteMunicipalPublicado) -> str:
        """El órgano, como se llamaba a la fecha del corte."""
        return item.corte.organo.denominacion(item.corte.fecha).nombre
