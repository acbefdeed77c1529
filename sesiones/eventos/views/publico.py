"""La agenda que ve cualquiera: lo que viene, lo que pasó, cada evento y su cita. Solo de filas publicadas."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from sesiones import permisos
from sesiones.cantidades import Cantidad
from sesiones.eventos import citas, situacion
from sesiones.eventos.del_plan import relacionado
from sesiones.eventos.forms.filtros import FiltroAgenda
from sesiones.eventos.models import Evento, Material
from sesiones.forms.filtros import Filtro
from sesiones.views.publico import ConFiltro
from stl_portal.calendario.views import como_archivo

POR_VENIR = 50  # más no se leen de una vez; los demás se filtran por año


class Lista(ConFiltro):
    """Sin año elegido, lo que viene y después lo pasado; con él, todo lo de ese año."""

    template_name = "sesiones/eventos/lista.html"
    context_object_name = "eventos"

    def hacer_filtro(self) -> Filtro:
        """Por órgano, tipo y año."""
        return FiltroAgenda(self.request.GET)

    @property
    def queryset(self) -> "QuerySet[Evento]":  # type: ignore[override]
        """Se arma en cada petición: el día y lo publicado cambian."""
        publicos = Evento.objects.con_todo()
        if self.filtro.elegido.get("anio"):
            return publicos.publicados().order_by("-dia", "-pk")
        return publicos.pasados(timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Añade lo que viene, en la primera página y si no se pidió un año."""
        contexto = super().get_context_data(**kwargs)
        hoy, pagina = timezone.localdate(), contexto["page_obj"]
        anio = self.filtro.elegido.get("anio")
        vienen: list[Evento] = []
        if pagina.number == 1 and not anio:
            vienen = list(self.filtro.aplicar(Evento.objects.por_venir(hoy).con_todo())[:POR_VENIR])
        contexto["proximos"] = [_renglon(evento, hoy) for evento in vienen]
        contexto["renglones"] = [_renglon(evento, hoy) for evento in contexto["eventos"]]
        return contexto | {"anio": anio}


def _renglon(evento: Evento, hoy: Any) -> dict[str, Any]:
    dicho, clave = situacion.en_que_va(evento, hoy)
    return {
        "evento": evento,
        "dicho": dicho,
        "clave": clave,
        "cuando": situacion.cuando(evento),
        "organiza": situacion.organizadores(evento),
    }


@require_safe
def detalle(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """Un evento. `Http404` si no existe o es un borrador: se contesta lo mismo."""
    evento = _publico_o_404(organo, clave)
    hoy = timezone.localdate()
    dicho, tono = situacion.en_que_va(evento, hoy)
    materiales: Any = Material.objects.filter(evento=evento).select_related("archivo")
    contexto = {
        "evento": evento,
        "organo": evento.organo,
        "denominacion": evento.organo.denominacion(evento.dia),
        "dicho": dicho,
        "tono": tono,
        "por_venir": evento.estado == "publicado" and not evento.paso(hoy),
        "cuando": situacion.cuando(evento),
        "organiza": situacion.organizadores(evento),
        "alcance": situacion.alcance(evento),
        "ponentes": list(evento.ponentes.all()),
        "materiales": [(m, _participantes(m)) for m in materiales],
        "relacionado": relacionado(evento),
        "puede_mesa": permisos.puede_leer_mesa(request.user, evento.organo, hoy),
    }
    return render(request, "sesiones/eventos/detalle.html", contexto)


def _participantes(material: Material) -> str:
    if material.participantes is None:
        return ""
    return Cantidad(material.participantes, material.participantes_literal).dicha("persona", "personas")


def _publico_o_404(organo: str, clave: str) -> Evento:
    filas = Evento.objects.publicados().con_todo().prefetch_related("ponentes", "relaciones")
    return get_object_or_404(filas, organo__clave=organo, clave=clave)


@conditional_page
@require_safe
def cita(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """La misma que lleva la suscripción, para agregarla a una agenda."""
    filas = Evento.objects.publicados().con_todo()
    suya = citas.cita_de(get_object_or_404(filas, organo__clave=organo, clave=clave), timezone.localdate())
    return como_archivo([suya], suya.resumen, suya.url, f"{organo}-{clave}.ics")
