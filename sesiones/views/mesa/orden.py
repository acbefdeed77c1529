"""Paso 3: orden del día."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from sesiones.forms.agenda import FormaMover, FormaPunto
from sesiones.models import Punto, Sesion
from sesiones.views.acceso import sesion_o_404
from stl_portal.versiones import entero

from .base import accion, pintar


def contexto(request: HttpRequest, sesion: Sesion, **_: Any) -> dict[str, Any]:
    """El árbol y el formulario de punto nuevo."""
    return {
        "puntos": sesion.puntos.en_arbol(),
        "forma_punto": FormaPunto(sesion, initial={"padre": request.GET.get("dentro")}),
    }


def paso(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """Pinta el paso."""
    fila = sesion_o_404(request, organo, sesion)
    return pintar(request, fila, "orden", contexto(request, fila))


def punto_de(sesion: Sesion, pk: int) -> Punto:
    """El punto, si es de la sesión."""
    punto = get_object_or_404(Punto, sesion=sesion, pk=pk)
    punto.sesion = sesion
    return punto


@accion("orden", contexto)
def agregar(request: HttpRequest, sesion: Sesion) -> str:
    """Agrega un punto; en curso queda marcado como agregado en sesión."""
    forma = FormaPunto(sesion, request.POST)
    with forma.ejecutar() as datos:
        punto = Punto.agregar(sesion, datos.pop("titulo"), **datos)
    return f"{sesion.paso_url('orden')}#punto-{punto.pk}"


def contexto_punto(request: HttpRequest, sesion: Sesion, punto: int) -> dict[str, Any]:
    """El punto por corregir."""
    fila = punto_de(sesion, punto)
    campos = ("titulo", "padre", "tipo", "propuesto_por", "refiere_literal")
    return {"punto": fila, "forma_punto": FormaPunto(sesion, initial={c: getattr(fila, c) for c in campos})}


def editar(request: HttpRequest, organo: str, sesion: str, punto: int) -> HttpResponse:
    """Formulario para corregir título, tipo o lugar."""
    if request.method == "POST":
        return _guardar(request, organo=organo, sesion=sesion, punto=punto)
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    return pintar(request, fila, "punto", contexto_punto(request, fila, punto))


@accion("punto", contexto_punto)
def _guardar(request: HttpRequest, sesion: Sesion, punto: int) -> str:
    fila = punto_de(sesion, punto)
    forma = FormaPunto(sesion, request.POST)
    with forma.ejecutar() as datos:
        fila.corregir(entero(request.POST.get("version")), por=request.user, **datos)
    return f"{sesion.paso_url('orden')}#punto-{fila.pk}"


@accion("orden", contexto)
def mover(request: HttpRequest, sesion: Sesion, punto: int) -> str:
    """Mueve con botones o por arrastre."""
    fila = punto_de(sesion, punto)
    forma = FormaMover(sesion, request.POST)
    with forma.ejecutar() as datos:
        if datos["hacia"] in ("subir", "bajar"):
            fila.subir() if datos["hacia"] == "subir" else fila.bajar()
        else:
            fila.mover(padre=datos["padre"], lugar=datos["lugar"] or 1)
    return f"{sesion.paso_url('orden')}#punto-{fila.pk}"


@accion("orden", contexto)
def quitar(request: HttpRequest, sesion: Sesion, punto: int) -> None:
    """Borra un punto vacío."""
    punto_de(sesion, punto).quitar()
