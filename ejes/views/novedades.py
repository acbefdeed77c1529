"""Los reportes y los informes publicados, para seguirlos con un lector de noticias (Atom)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from ejes.ciudadania.lectura import Leido, leidos, publicados
from ejes.models import CortePublicado, Plan
from stl_portal.avisos.envio import dominio

CUANTOS = 30


@dataclass(frozen=True)
class Novedad:
    """Algo que se publicó de un plan; `guid` es lo que va después de la fecha en su identificador."""

    titulo: str
    dicho: str
    url: str
    autor: str
    cuando: dt.datetime
    guid: str


class Novedades(Feed):  # type: ignore[type-arg]  # en ejecución no es genérica
    """Lo último publicado de los planes, con quién lo publica y su huella."""

    feed_type = Atom1Feed
    title = "Reportes e informes del plan de acción"
    subtitle = "Los reportes bimestrales, los informes y sus correcciones, en cuanto se publican."
    link = reverse_lazy("ejes:planes")
    language = "es-mx"
    item_guid_is_permalink = False

    def items(self) -> Iterable[Novedad]:
        """Los más recientes primero."""
        reportes = leidos(publicados().order_by("-publicado_el", "-pk")[:CUANTOS])
        todas = [*map(_de_reporte, reportes), *map(_de_corte, _cortes()[:CUANTOS])]
        return sorted(todas, key=lambda novedad: novedad.cuando, reverse=True)[:CUANTOS]

    def item_title(self, item: Novedad) -> str:
        """Qué es; dice si su órgano es ficticio."""
        return item.titulo

    def item_description(self, item: Novedad) -> str:
        """De quién y de qué plan, y si corrige a otro."""
        return escape(item.dicho)

    def item_link(self, item: Novedad) -> str:
        """Una página que dice siempre lo mismo."""
        return item.url

    def item_guid(self, item: Novedad) -> str:
        """Identificador que no depende de la dirección (RFC 4151)."""
        return f"tag:{dominio()},{item.cuando:%Y-%m-%d}:{item.guid}"

    def item_pubdate(self, item: Novedad) -> dt.datetime:
        """Cuándo se publicó."""
        return item.cuando

    def item_updateddate(self, item: Novedad) -> dt.datetime:
        """Lo publicado no cambia."""
        return item.cuando

    def item_author_name(self, item: Novedad) -> str:
        """La institución o, de un informe, el plan."""
        return item.autor


def _de_reporte(leido: Leido) -> Novedad:
    documento, fila = leido.documento, leido.fila
    eje = documento["eje"]
    corrige = " Corrige lo que se había publicado." if documento["publicacion"]["sustituye"] else ""
    return Novedad(
        f"Eje {eje['numero']}. {eje['nombre']}, {leido.bimestre}{_ficticio(documento['ficticio'])}",
        f"Reporte de {leido.institucion} en el {documento['plan']['nombre']}.{corrige}",
        f"{leido.direccion}?version={fila.entrega.numero}",
        leido.institucion,
        fila.publicado_el,
        f"reporte:{fila.huella}",
    )


def _cortes() -> "QuerySet[CortePublicado]":
    """Sin sus datos, que aquí no se leen."""
    filas = CortePublicado.objects.filter(corte__plan__in=Plan.objects.publicados())
    con_todo = filas.select_related("corte__plan__organo").defer("documento")
    return con_todo.order_by("-publicado_el", "-pk")


def _de_corte(fila: CortePublicado) -> Novedad:
    corte = fila.corte
    corrige = f" Corrige: {corte.que_corrige}" if corte.que_corrige else ""
    return Novedad(
        f"{corte.nombre}, {corte.plan}{_ficticio(corte.plan.organo.ficticio)}",
        f"Informe de avance del {corte.plan}.{corrige}",
        corte.get_absolute_url(),
        corte.plan.nombre,
        fila.publicado_el,
        f"corte:{fila.huella}",
    )


def _ficticio(ficticio: bool) -> str:
    return " (órgano ficticio)" if ficticio else ""
