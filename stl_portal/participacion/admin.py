"""Las preguntas de la ciudadanía en los registros: en qué van, y publicar las que esperan.

Ni el correo de quien preguntó ni las llaves de sus ligas se muestran.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from stl_portal.gestion import acciones
from stl_portal.gestion.consulta import Consulta, Historia
from stl_portal.gestion.sitio import apuntar

from . import atender, en_espera, permisos
from .correos import url_de_gestion
from .models import CambioPregunta, Foliador, Pregunta, Respuesta


class Vencidas(admin.SimpleListFilter):
    """Las que pasaron de su plazo sin respuesta: la misma cuenta que el tablero."""

    title = "vencidas"
    parameter_name = en_espera.VENCIDAS

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Solo hay una pregunta."""
        return [("si", "Sin responder y vencidas")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Pregunta]) -> QuerySet[Pregunta]:
        """Las vencidas, hoy."""
        if self.value() != "si":
            return queryset
        vencidas = Pregunta.objects.vencidas(timezone.localdate())
        return queryset.filter(pk__in=vencidas.values("pk"))


@apuntar(Pregunta)
class Preguntas(Consulta):
    """Lo que la gente pregunta y comenta."""

    nota = "Se modera y se responde en su página; aquí se publican varias a la vez."
    ocultos = ("correo", "llave", "envio", "huella")
    list_display = ("__str__", "estado", "clase", "clave", "recibida_el", "vence", "respondida_el")
    list_filter = ("estado", Vencidas, "tipo", "clase", "recibida_el")
    search_fields = ("folio", "texto", "clave")
    ordering = ("-pk",)
    actions = ("publicar",)

    def donde(self, obj: Any) -> str:
        """Donde se modera y se responde."""
        return url_de_gestion(obj)

    @admin.action(description="Publicar las que esperan moderación")
    def publicar(self, request: HttpRequest, queryset: QuerySet[Pregunta]) -> None:
        """El mismo acto que su botón, con el permiso de conducir su órgano."""
        hoy = timezone.localdate()
        acciones.una_por_una(
            self,
            request,
            queryset,
            lambda fila: permisos.papel(request.user, fila, hoy).conduce,
            lambda fila: atender.publicar(fila, request.user, timezone.now()),
            "Se publicó",
        )


@apuntar(Respuesta)
class Respuestas(Consulta):
    """Lo que se respondió."""

    list_display = ("pregunta", "version", "nombre", "cargo", "institucion", "cuando")
    list_filter = ("cuando",)
    search_fields = ("pregunta__folio", "texto", "nombre", "institucion")
    ordering = ("-pk",)


@apuntar(CambioPregunta)
class HistoriaDePreguntas(Historia):
    """Cada paso de una pregunta."""

    nombre, nombres = "paso de una pregunta", "pasos de las preguntas"


@apuntar(Foliador)
class Foliadores(Consulta):
    """El último folio de cada año."""

    nota = "Lo lleva el portal, para que ningún folio se repita."
    list_display = ("anio", "ultimo")
