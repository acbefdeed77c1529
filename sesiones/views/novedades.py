"""Las actas publicadas, para seguirlas con un lector de noticias (Atom)."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.syndication.views import Feed
from django.db.models import OuterRef, Subquery
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from sesiones import novedades, publica
from sesiones.models import Publicacion, Sesion
from stl_portal.avisos.envio import dominio
from stl_portal.espanol import con_articulo, fecha_larga

CUANTAS = 30


class Novedades(Feed):  # type: ignore[type-arg]  # en ejecución no es genérica
    """Lo último publicado, con su órgano, su fecha y su código."""

    feed_type = Atom1Feed
    title = "Actas publicadas"
    subtitle = "Las actas de las sesiones y sus fes de erratas, en cuanto se publican."
    link = reverse_lazy("sesiones:lista")
    language = "es-mx"
    item_guid_is_permalink = False

    def items(self) -> Iterable[Publicacion]:
        """Las más recientes primero."""
        ultima = publica.vigentes().filter(sello=OuterRef("sello")).values("elaborada_el")
        filas = list(novedades.publicaciones().annotate(renovada=Subquery(ultima))[:CUANTAS])
        por_sesion = publica.tachadores(_sesion(fila).pk for fila in filas)
        for fila in filas:
            publica.tachar(fila.sello.acta, por_sesion.get(_sesion(fila).pk, publica.SIN_NADA))
        return filas

    def item_title(self, item: Publicacion) -> str:
        """Qué acta es; dice si su órgano es ficticio."""
        return f"{item.sello.acta}{' (órgano ficticio)' if _sesion(item).organo.ficticio else ''}"

    def item_description(self, item: Publicacion) -> str:
        """De qué órgano, de qué día y con qué código se comprueba."""
        sesion, acta = _sesion(item), item.sello.acta
        organo = con_articulo(sesion.organo.denominacion(sesion.fecha).nombre, "de")
        corrige = f" Corrige la versión anterior: {acta.motivo}" if acta.motivo else ""
        # El canal dice que esto es HTML: lo que escribió una persona se escapa.
        cual = f"Sesión {organo} del {fecha_larga(sesion.fecha)}. Código {item.sello.codigo}."
        return escape(f"{cual}{corrige}")

    def item_link(self, item: Publicacion) -> str:
        """La página de esa versión: la dirección dice siempre lo mismo."""
        return f"{novedades.url_del_acta(_sesion(item))}?version={item.sello.acta.version}"

    def item_guid(self, item: Publicacion) -> str:
        """Identificador que no depende de la dirección (RFC 4151)."""
        return f"tag:{dominio()},{item.publicada_el:%Y-%m-%d}:acta:{item.sello.codigo}"

    def item_pubdate(self, item: Publicacion) -> dt.datetime:
        """Cuándo se publicó."""
        return item.publicada_el

    def item_updateddate(self, item: Publicacion) -> dt.datetime:
        """Lo publicado no cambia, salvo que después se haya testado otro dato."""
        renovada: dt.datetime | None = item.renovada  # type: ignore[attr-defined]  # la anota `items`
        return renovada or item.publicada_el

    def item_author_name(self, item: Publicacion) -> str:
        """El órgano."""
        sesion = _sesion(item)
        return sesion.organo.denominacion(sesion.fecha).nombre


def _sesion(item: Publicacion) -> Sesion:
    return item.sello.acta.sesion
