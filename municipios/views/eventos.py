"""Las capacitaciones y eventos publicados: la lista con sus totales y el CSV."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from municipios.eventos.abiertos_eventos import eventos_csv
from municipios.forms.filtros import FiltroEventos
from municipios.models import Evento, Material
from sesiones.cantidades import Cantidad, distintos, sumar
from sesiones.forms.filtros import Filtro
from sesiones.views.publico import ConFiltro


def publicados() -> QuerySet[Evento]:
    """Los que cualquiera lee, con lo que su renglón necesita, del más reciente al más antiguo."""
    filas = Evento.objects.publicados().select_related("organo")
    materiales = Prefetch("materiales", Material.objects.select_related("archivo"))
    return filas.prefetch_related("municipios", "organo__denominaciones", materiales).order_by(
        "-hasta", "-pk"
    )


class Lista(ConFiltro):
    """Capacitaciones, eventos y reuniones, con sus totales."""

    template_name = "municipios/capacitaciones.html"
    context_object_name = "eventos"

    def hacer_filtro(self) -> Filtro:
        """Por municipio y año."""
        return FiltroEventos(self.request.GET)

    @property
    def queryset(self) -> QuerySet[Evento]:  # type: ignore[override]
        """Se arma en cada petición: lo publicado cambia."""
        return publicados()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Cada renglón con sus cantidades dichas, y los totales de las páginas; los ficticios, aparte."""
        contexto = super().get_context_data(**kwargs)
        contexto["renglones"] = [_renglon(evento) for evento in contexto["eventos"]]
        todos: Any = self.object_list
        filas = list(todos.prefetch_related(None).prefetch_related("municipios"))
        contexto["totales"] = totales([e for e in filas if not e.organo.ficticio])
        contexto["totales_ficticios"] = totales([e for e in filas if e.organo.ficticio])
        return contexto


def _renglon(evento: Evento) -> dict[str, Any]:
    claves = list(evento.municipios.all())
    return {
        "evento": evento,
        "nombres": [m.nombre for m in claves],
        "municipios": Cantidad(len(claves) or evento.municipios_cuantos).dicha("municipio", "municipios"),
        "personas": Cantidad(evento.personas, evento.personas_literal).dicha("persona", "personas"),
        "alcance": Cantidad(evento.alcance, evento.alcance_literal).dicha("persona", "personas"),
        "temas": evento.temas.splitlines(),
    }


def totales(eventos: Sequence[Evento]) -> list[tuple[str, str]]:
    """Cuántas, cuántos municipios distintos y cuántas personas, «más de» o «al menos» donde no hay certeza.

    Sin ninguno no hay totales: un cero diría que se sabe.
    """
    if not eventos:
        return []
    grupos = [({m.clave for m in e.municipios.all()}, e.municipios_cuantos) for e in eventos]
    cuantos = sum(evento.cuantos for evento in eventos)
    return [
        ("Capacitaciones y eventos", f"{cuantos:,}"),
        ("Municipios que participaron", distintos(grupos).dicha("municipio", "municipios")),
        (
            "Asistencias",
            sumar(Cantidad(e.personas, e.personas_literal) for e in eventos).dicha("persona", "personas"),
        ),
    ]


@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    """Todo lo publicado, como datos abiertos."""
    respuesta = HttpResponse(eventos_csv(publicados()), content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = content_disposition_header(True, "capacitaciones.csv") or ""
    return respuesta
