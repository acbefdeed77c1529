"""Paso 1: datos de la sesión y convocatoria."""

import itertools
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from sesiones import convocar, faltantes
from sesiones.estados import EstadoSesion
from sesiones.forms.sesion import FormaDatos, FormaEmitir, FormaMotivo
from sesiones.models import Sesion
from sesiones.views.acceso import sesion_o_404
from stl_portal.transiciones import TransicionInvalida
from stl_portal.versiones import entero

from .base import accion, pintar

CAMPOS = ("modalidad", "fecha", "hora", "lugar", "domicilio", "liga", "objetivo", "publico")


def contexto(request: HttpRequest, sesion: Sesion, **_: Any) -> dict[str, Any]:
    """Datos, convocatorias emitidas con su rastro y lo que falta."""
    convocatorias = list(sesion.convocatorias.select_related("emitida_por", "pdf"))
    cambios = [convocar.cambios(a, b) for a, b in itertools.pairwise(convocatorias)]
    return {
        "forma_datos": FormaDatos(initial={campo: getattr(sesion, campo) for campo in CAMPOS}),
        "forma_emitir": FormaEmitir(),
        "forma_motivo": FormaMotivo(),
        "convocatorias": list(zip(convocatorias, [[], *cambios], strict=False)),
        "desfasada": sesion.estado == EstadoSesion.CONVOCADA
        and bool(convocatorias)
        and convocatorias[-1].contenido != convocar.contenido_de(sesion),
        "por_emitir": sesion.estado in (EstadoSesion.PROGRAMADA, EstadoSesion.CONVOCADA),
        "faltas": faltantes.para_convocar(sesion),
        "plazo": faltantes.aviso_de_plazo(sesion, timezone.localdate()),
        "puntos": sesion.puntos.en_arbol(),
    }


def entrada(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """Lleva al paso donde se quedó la sesión."""
    fila = sesion_o_404(request, organo, sesion)
    return redirect(fila.siguiente_url)


def paso(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """Pinta el paso."""
    fila = sesion_o_404(request, organo, sesion)
    return pintar(request, fila, "convocatoria", contexto(request, fila))


@accion("convocatoria", contexto)
def datos(request: HttpRequest, sesion: Sesion) -> None:
    """Guarda cuándo, dónde y cómo, mientras la sesión no empiece: con el botón o solo."""
    forma = FormaDatos(request.POST)
    with forma.ejecutar() as limpios:
        sesion.corregir_datos(entero(request.POST.get("version")), por=request.user, **limpios)


@accion("convocatoria", contexto)
def emitir(request: HttpRequest, sesion: Sesion) -> None:
    """Emite la convocatoria, o la enmienda si ya se había emitido."""
    forma = FormaEmitir(request.POST)
    with forma.ejecutar() as limpios:
        convocar.convocar(sesion, request.user, timezone.now(), motivo=limpios["motivo"])


@accion("convocatoria", contexto)
def cancelar(request: HttpRequest, sesion: Sesion) -> None:
    """Cancela la sesión y avisa a quienes se convocó."""
    if not sesion.puede("cancelar"):
        raise TransicionInvalida(f"No se puede cancelar: está «{sesion.get_estado_display()}».")
    forma = FormaMotivo(request.POST)
    with forma.ejecutar() as limpios:
        convocar.cancelar(sesion, request.user, timezone.now(), motivo=limpios["motivo"])
