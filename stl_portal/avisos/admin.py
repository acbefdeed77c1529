"""Los correos en los registros: qué salió, a quién y cómo le fue, y volver a intentarlo.

El cuerpo y los adjuntos no se muestran: llevan ligas que identifican a quien las recibe.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import EmptyFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.sitio import apuntar

from . import envio, rebotes
from .models import Adjunto, Aviso, Preferencia, Rebote, Suscripcion

LLEVABAN_LLAVE = (
    "Los que llevaban una liga de un solo uso no se repiten: su texto no se conserva. Que la persona la pida "
    "otra vez."
)


@apuntar(Aviso)
class Avisos(Consulta):
    """La cola de correos."""

    nota = "El texto no se muestra: lleva ligas de quien lo recibe. Lo que no salió se puede volver a enviar."
    ocultos = ("cuerpo",)
    list_display = ("asunto", "para", "estado", "intentos", "creado_el", "enviado_el", "error")
    list_filter = ("estado", "clase", "creado_el")
    search_fields = ("asunto", "para", "nombre", "motivo")
    ordering = ("-pk",)
    actions = ("volver_a_enviar",)

    @admin.action(description="Volver a enviar lo que no salió")
    def volver_a_enviar(self, request: HttpRequest, queryset: QuerySet[Aviso]) -> None:
        """Devuelve a la fila los elegidos que fallaron; lo enviado no se repite."""
        fallaron: list[Any] = list(envio.que_fallaron(queryset))
        sin_texto = envio.sin_texto(queryset)
        cuantos = envio.reintentar(queryset)
        for aviso in fallaron:
            self.log_change(request, aviso, "Se volvió a poner en la fila para enviarse.")
        messages.success(request, f"Vuelven a la fila: {cuantos}. Lo ya enviado no se repite.")
        if sin_texto:
            messages.warning(request, f"{LLEVABAN_LLAVE} Son {sin_texto}.")


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


@apuntar(Preferencia)
class Preferencias(Consulta):
    """Cómo quiere cada quien cada clase de mensaje; sin renglón, enseguida."""

    nota = "Cada quien elige lo suyo en «Mis avisos»."
    list_display = ("usuario", "clase", "modo")
    list_filter = ("modo", "clase")
    search_fields = ("usuario__nombre", "usuario__email", "clase")
    ordering = ("-pk",)


@apuntar(Rebote)
class Rebotes(Consulta):
    """Direcciones que rebotan, y levantar su marca."""

    nota = (
        "A una dirección con un rebote permanente no se le escribe, salvo lo que pide y lo de su cuenta. El "
        "que no prueba de qué mensaje habla se anota y no marca. Si ya se compuso, levanta su marca y "
        "vuelve a enviar lo que no salió."
    )
    ocultos = ("huella",)
    list_display = ("correo", "permanente", "codigo", "dicho", "anotado_el", "levantado_el", "levantado_por")
    list_filter = ("permanente", ("levantado_el", EmptyFieldListFilter), "anotado_el")
    search_fields = ("correo", "codigo", "dicho")
    ordering = ("-pk",)
    actions = ("levantar_la_marca",)

    @admin.action(description="Levantar la marca: volver a escribirle")
    def levantar_la_marca(self, request: HttpRequest, queryset: QuerySet[Rebote]) -> None:
        """Levanta todas las marcas de las direcciones elegidas y lo anota en su historia."""
        marcadas = list(queryset.marcan())  # type: ignore[attr-defined]
        for rebote in marcadas:
            self.log_change(request, rebote, "Se levantó la marca: se vuelve a escribir a esa dirección.")
        direcciones = {rebote.correo for rebote in marcadas}
        for correo in direcciones:
            rebotes.levantar(correo, request.user)
        messages.success(request, f"Direcciones a las que se vuelve a escribir: {len(direcciones)}.")
