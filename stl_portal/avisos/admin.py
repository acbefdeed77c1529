"""Los correos en los registros: qué salió, a quién y cómo le fue, y volver a intentarlo.

El cuerpo y los adjuntos no se muestran: llevan ligas que identifican a quien las recibe.
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.sitio import apuntar

from . import envio
from .models import Adjunto, Aviso, EstadoAviso, Suscripcion


@apuntar(Aviso)
class Avisos(Consulta):
    """La cola de correos."""

    nota = "El texto no se muestra: lleva ligas de quien lo recibe. Lo que no salió se puede volver a enviar."
    ocultos = ("cuerpo",)
    list_display = ("asunto", "para", "estado", "intentos", "creado_el", "enviado_el", "error")
    list_filter = ("estado", "creado_el")
    search_fields = ("asunto", "para", "nombre", "motivo")
    ordering = ("-pk",)
    actions = ("volver_a_enviar",)

    @admin.action(description="Volver a enviar lo que no salió")
    def volver_a_enviar(self, request: HttpRequest, queryset: QuerySet[Aviso]) -> None:
        """Devuelve a la fila los elegidos que fallaron; lo enviado no se repite."""
        fallaron: list[Any] = list(queryset.exclude(estado=EstadoAviso.ENVIADO).exclude(error=""))
        cuantos = envio.reintentar(queryset)
        for aviso in fallaron:
            self.log_change(request, aviso, "Se volvió a poner en la fila para enviarse.")
        messages.success(request, f"Vuelven a la fila: {cuantos}. Lo ya enviado no se repite.")


@apuntar(Adjunto)
class Adjuntos(Consulta):
    """Lo que viajó con cada correo."""

    list_display = ("nombre", "tipo", "aviso")
    search_fields = ("nombre", "aviso__asunto", "aviso__para")
    ordering = ("-pk",)


@apuntar(Suscripcion)
class Suscripciones(Consulta):
    """Quién sigue qué sin tener cuenta; la clave de sus ligas no se muestra."""

    nota = "Cada quien se suscribe, confirma y se da de baja desde su correo."
    ocultos = ("clave",)
    list_display = ("correo", "tema", "pedida_el", "confirmada_el")
    list_filter = ("pedida_el", "confirmada_el")
    search_fields = ("correo", "tema")
    ordering = ("-pk",)
