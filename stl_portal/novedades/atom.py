"""Los canales para lectores de noticias (Atom, RFC 4287)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from stl_portal.avisos.envio import dominio, liga
from stl_portal.publico.registro import OrganoPublico, organos

from .recoger import recoger
from .registro import NOVEDADES, Novedad, Pedido

CUANTAS = 30


class Canal(Feed):  # type: ignore[type-arg]  # en ejecución no es genérica
    """Las últimas novedades de `clases`; sin ellas, de todas."""

    feed_type = Atom1Feed
    language = "es-mx"
    item_guid_is_permalink = False
    clases: tuple[str, ...] = ()

    def items(self, obj: Any) -> Iterable[Novedad]:
        """Las más recientes primero."""
        return recoger(Pedido(organo=obj.clave if obj else "", tope=CUANTAS), self.clases)

    def item_title(self, item: Novedad) -> str:
        """Qué es; dice si su órgano es ficticio."""
        return item.titulo_completo

    def item_description(self, item: Novedad) -> str:
        """Los hechos. El canal dice que esto es HTML: lo que escribió una persona se escapa."""
        return escape(item.dicho)

    def item_link(self, item: Novedad) -> str:
        """Una página que dice siempre lo mismo."""
        return item.url

    def item_guid(self, item: Novedad) -> str:
        """Identificador que no depende de la dirección."""
        return item.identificador

    def item_pubdate(self, item: Novedad) -> dt.datetime:
        """Cuándo se publicó."""
        return item.cuando

    def item_updateddate(self, item: Novedad) -> dt.datetime:
        """Cuándo cambió por última vez lo que se lee."""
        return item.actualizada

    def item_author_name(self, item: Novedad) -> str:
        """Quién lo publica."""
        return item.autor

    def item_categories(self, item: Novedad) -> tuple[str, ...]:
        """De qué clase es."""
        return (NOVEDADES[item.clase].nombre,)


class DeTodo(Canal):
    """Todo lo que se publica y se convoca."""

    title = "Novedades de gobierno abierto"
    subtitle = "Convocatorias, actas, informes, reportes y avance de los municipios, en cuanto son públicos."
    link = reverse_lazy("novedades:inicio")

    def feed_guid(self) -> str:
        """El canal empezó siendo solo de actas: su identificador se conserva para quien ya lo sigue."""
        return liga(reverse("sesiones:lista"))


class DeUnOrgano(Canal):
    """Lo que se publica y se convoca de un órgano."""

    def get_object(self, request: HttpRequest, organo: str) -> OrganoPublico:
        """El órgano de la dirección. `Http404` si no hay tal."""
        cual = organos(timezone.localdate()).get(organo)
        if cual is None:
            raise Http404("No hay un órgano con esa clave.")
        return cual

    def title(self, obj: OrganoPublico) -> str:
        """De quién es."""
        return f"Novedades: {obj}"

    def subtitle(self, obj: OrganoPublico) -> str:
        """De qué trata."""
        return f"Lo que se publica y se convoca, {obj.nombre}."

    def link(self, obj: OrganoPublico) -> str:
        """La página que dice lo mismo."""
        return f"{reverse('novedades:inicio')}?organo={obj.clave}"

    def feed_guid(self, obj: OrganoPublico) -> str:
        """Permanente, como los de sus entradas."""
        return f"tag:{dominio()},2026:novedades:{obj.clave}"
