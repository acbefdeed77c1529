"""Paso 5: cierre, recesos y quién firma."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from sesiones import cierre, faltantes
from sesiones.acta.firmas import NO_FIRMA, diferencias
from sesiones.estados import EstadoSesion
from sesiones.forms.asistencia import FormaFirmante
from sesiones.forms.sesion import FormaCierre, FormaMotivo, FormaReceso
from sesiones.models import Firmante, Sesion
from sesiones.models.convocatorias import Receso
from sesiones.views.acceso import sesion_o_404
from stl_portal.texto import limpiar_linea

from .base import accion, pintar


def contexto(request: HttpRequest, sesion: Sesion, **_: Any) -> dict[str, Any]:
    """Lo que falta, el cierre y las firmas."""
    return {
        "faltas": faltantes.para_cerrar(sesion) if sesion.editable else faltantes.para_circular(sesion),
        "titulo_faltas": f"Qué falta para {'cerrar la sesión' if sesion.editable else 'circular el acta'}",
        "en_curso": sesion.estado == EstadoSesion.EN_CURSO,
        "concluida": sesion.estado == EstadoSesion.CONCLUIDA,
        "forma_cierre": FormaCierre(initial=propuesta_de_cierre(sesion)),
        "sin_tratar": sesion.puntos.sin_tratar().exists(),
        "forma_receso": FormaReceso(),
        "forma_motivo": FormaMotivo(),
        "forma_firmante": FormaFirmante(),
        "recesos": sesion.recesos.all(),
        "firmantes": sesion.firmantes.select_related("asistencia"),
        "no_firman": [d for d in diferencias(sesion) if d.tipo == NO_FIRMA],
        "anexos": sesion.anexos.select_related("archivo", "punto"),
        "historia": sesion.historia.select_related("por"),
    }


def propuesta_de_cierre(sesion: Sesion) -> dict[str, Any]:
    """Lo anotado en un cierre anterior o, el día de la sesión, la hora que es."""
    ahora = timezone.localtime()
    hora = sesion.cierre or (ahora.time() if ahora.date() == sesion.fecha else None)
    propuesta = {"notas_cierre": sesion.notas_cierre, "sin_tratar": sesion.sin_tratar}
    return propuesta | {"cierre": hora and hora.strftime("%H:%M")}


def paso(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """Pinta el paso."""
    fila = sesion_o_404(request, organo, sesion)
    return pintar(request, fila, "cierre", contexto(request, fila))


@accion("cierre", contexto)
def cerrar(request: HttpRequest, sesion: Sesion) -> None:
    """Cierra la sesión y propone la lista de firmas si no la hay."""
    forma = FormaCierre(request.POST)
    with forma.ejecutar() as datos, transaction.atomic():
        cierre.cerrar(sesion, request.user, **datos)
        if not sesion.firmantes.exists():
            Firmante.proponer(sesion)


@accion("cierre", contexto)
def reabrir(request: HttpRequest, sesion: Sesion) -> None:
    """Reabre para corregir; lo editado a mano en el acta se conserva."""
    forma = FormaMotivo(request.POST)
    with forma.ejecutar() as datos:
        sesion.reabrir(request.user, motivo=datos["motivo"])


@accion("cierre", contexto)
def receso(request: HttpRequest, sesion: Sesion) -> None:
    """Anota una suspensión."""
    forma = FormaReceso(request.POST)
    with forma.ejecutar() as datos:
        Receso.anotar(sesion, **datos)


@accion("cierre", contexto)
def quitar_receso(request: HttpRequest, sesion: Sesion, pk: int) -> None:
    """Quita una suspensión anotada por error."""
    get_object_or_404(sesion.recesos, pk=pk).quitar()


@accion("cierre", contexto)
def proponer_firmas(request: HttpRequest, sesion: Sesion) -> str:
    """Rehace la lista de firmas según la regla."""
    Firmante.proponer(sesion)
    return f"{sesion.paso_url('cierre')}#firmas"


@accion("cierre", contexto)
def agregar_firmante(request: HttpRequest, sesion: Sesion) -> str:
    """Agrega a quien firma sin estar en la propuesta, con su explicación."""
    forma = FormaFirmante(request.POST)
    with forma.ejecutar() as datos:
        Firmante.agregar(sesion, nombre=datos.pop("nombre_completo"), **datos)
    return f"{sesion.paso_url('cierre')}#firmas"


@accion("cierre", contexto)
def firmar_asistente(request: HttpRequest, sesion: Sesion, pk: int) -> str:
    """Pasa a la lista de firmas a alguien que asistió."""
    Firmante.incluir(get_object_or_404(sesion.asistencias, pk=pk))
    return f"{sesion.paso_url('cierre')}#firmas"


@accion("cierre", contexto)
def explicar(request: HttpRequest, sesion: Sesion, pk: int) -> str:
    """Explica por qué firma quien no asistió o llegó después, o por qué alguien no firma."""
    explicacion = limpiar_linea(request.POST.get("explicacion", ""))
    if request.POST.get("lista") == "asistencia":
        get_object_or_404(sesion.asistencias, pk=pk).explicar_sin_firma(explicacion)
    else:
        get_object_or_404(sesion.firmantes, pk=pk).explicar(explicacion)
    return f"{sesion.paso_url('cierre')}#firmas"


@accion("cierre", contexto)
def quitar_firmante(request: HttpRequest, sesion: Sesion, pk: int) -> str:
    """Quita a alguien de la lista de firmas; la diferencia pedirá explicación."""
    get_object_or_404(sesion.firmantes, pk=pk).quitar()
    return f"{sesion.paso_url('cierre')}#firmas"
