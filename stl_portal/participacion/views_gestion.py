"""Moderar y responder: la fila de quien atiende y la página de cada pregunta.

Quien no es del órgano ni responde por aquello de que se pregunta recibe 404; quien audita lee y no actúa.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from stl_portal.errores import FaltaEntrar
from stl_portal.paginacion import pagina_pedida

from . import atender, permisos
from .estados import CERRADAS, EstadoPregunta
from .forms import FormaRechazo, FormaRespuesta, FormaRetiro
from .lectura import leer
from .models import Pregunta
from .permisos import Papel

POR_PAGINA = 20
MODERAR, RESPONDER, ATENDIDAS = "moderar", "responder", "atendidas"
PESTANAS = ((MODERAR, "Por moderar"), (RESPONDER, "Por responder"), (ATENDIDAS, "Atendidas"))
LE_TOCA = "Puedes leerla, pero {} le toca a quien conduce el órgano."


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Lo que a la cuenta le toca moderar y responder, y lo que ya se atendió."""
    _exigir_cuenta(request)
    hoy = timezone.localdate()
    filas = {
        MODERAR: permisos.por_moderar(request.user, hoy).order_by("confirmada_el"),
        RESPONDER: permisos.por_responder(request.user, hoy).order_by("vence", "pk"),
        ATENDIDAS: permisos.suyas(request.user, hoy)
        .filter(estado__in=[*CERRADAS, EstadoPregunta.RESPONDIDA])
        .order_by("-pk"),
    }
    cuantas = {clave: consulta.count() for clave, consulta in filas.items()}
    elegida = _elegida(request, cuantas)
    pagina = pagina_pedida(request, filas[elegida].prefetch_related("respuestas"), POR_PAGINA)
    contexto = {
        "pestanas": [(clave, dicho, cuantas[clave], clave == elegida) for clave, dicho in PESTANAS],
        "elegida": elegida,
        "pagina": pagina,
        "leidas": leer(pagina, hoy),
        "consulta": f"ver={elegida}",
    }
    return render(request, "participacion/gestion/inicio.html", contexto)


def _elegida(request: HttpRequest, cuantas: dict[str, int]) -> str:
    """La pestaña pedida o, si no se pidió una que exista, la primera que tenga algo."""
    pedida = request.GET.get("ver", "")
    return pedida if pedida in cuantas else next((c for c, n in cuantas.items() if n), MODERAR)


@require_safe
def pregunta(request: HttpRequest, pk: int) -> HttpResponse:
    """Una pregunta con lo que se puede hacer con ella."""
    fila, papel = _puerta(request, pk)
    return _hoja(request, fila, papel)


@require_POST
def publicar(request: HttpRequest, pk: int) -> HttpResponse:
    """La publica."""
    fila, papel = _puerta(request, pk, modera="publicar")

    def hacer(datos: dict[str, Any]) -> None:
        atender.publicar(fila, request.user, timezone.now())

    return _atender(request, fila, papel, ("", forms.Form(request.POST)), hacer, "Ya es pública.")


@require_POST
def rechazar(request: HttpRequest, pk: int) -> HttpResponse:
    """No la publica, con su motivo."""
    fila, papel = _puerta(request, pk, modera="rechazar")

    def hacer(datos: dict[str, Any]) -> None:
        atender.rechazar(fila, request.user, datos["motivo"], datos["explicacion"], timezone.now())

    forma = FormaRechazo(request.POST)
    return _atender(request, fila, papel, ("rechazo", forma), hacer, "No se publicó; se le avisó por qué.")


@require_POST
def responder(request: HttpRequest, pk: int) -> HttpResponse:
    """La responde o corrige la respuesta."""
    fila, papel = _puerta(request, pk)
    if not papel.responde:
        raise PermissionDenied(LE_TOCA.format("responder"))

    def hacer(datos: dict[str, Any]) -> None:
        atender.responder(fila, request.user, datos["respuesta"], datos["vista"] or 0, timezone.now())

    forma = FormaRespuesta(request.POST)
    return _atender(request, fila, papel, ("respuesta", forma), hacer, "Tu respuesta ya es pública.")


@require_POST
def retirar(request: HttpRequest, pk: int) -> HttpResponse:
    """La retira de lo público, con motivo a la vista."""
    fila, papel = _puerta(request, pk, modera="retirar")

    def hacer(datos: dict[str, Any]) -> None:
        atender.retirar(fila, request.user, datos["por_que"], timezone.now())

    forma = FormaRetiro(request.POST)
    return _atender(request, fila, papel, ("retiro", forma), hacer, "Se retiró; queda el motivo a la vista.")


def _exigir_cuenta(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        raise FaltaEntrar


def _puerta(request: HttpRequest, pk: int, modera: str = "") -> tuple[Pregunta, Papel]:
    """La pregunta y lo que la cuenta es para ella; con `modera`, exige conducir el órgano.

    Lanza `FaltaEntrar`, `Http404` o `PermissionDenied`.
    """
    _exigir_cuenta(request)
    confirmadas = Pregunta.objects.exclude(estado=EstadoPregunta.RECIBIDA)
    fila = get_object_or_404(confirmadas.prefetch_related("respuestas", "historia__por"), pk=pk)
    papel = permisos.papel(request.user, fila, timezone.localdate())
    if not papel.lee:
        raise Http404("No hay tal pregunta.")
    if modera and not papel.conduce:
        raise PermissionDenied(LE_TOCA.format(modera))
    return fila, papel


def _atender(
    request: HttpRequest,
    fila: Pregunta,
    papel: Papel,
    forma: tuple[str, forms.Form],
    hacer: Callable[[dict[str, Any]], None],
    hecho: str,
) -> HttpResponse:
    """Valida, hace y vuelve a la página; si algo falta, la repinta (422) sin perder lo escrito."""
    nombre, llena = forma
    if llena.is_valid():
        try:
            hacer(llena.cleaned_data)
        except ValidationError as error:
            llena.add_error(None, error)
        else:
            messages.success(request, hecho)
            return redirect("moderar:pregunta", fila.pk)
    return _hoja(request, fila, papel, HTTPStatus.UNPROCESSABLE_ENTITY, **{nombre or "publicacion": llena})


def _hoja(
    request: HttpRequest,
    fila: Pregunta,
    papel: Papel,
    estado: HTTPStatus = HTTPStatus.OK,
    **formas: forms.Form,
) -> HttpResponse:
    """La página, con las formas de lo que procede; `formas` trae la que vino con errores."""
    leida = leer([fila])[0]
    ultima = leida.respuesta
    contexto = {
        "leida": leida,
        "p": fila,
        "papel": papel,
        "publica": papel.conduce and fila.puede("publicar"),
        "responde": papel.responde and fila.publica,
        "retira": papel.conduce and fila.puede("retirar"),
        "rechazo": FormaRechazo(),
        "respuesta": FormaRespuesta(initial={"respuesta": ultima.texto if ultima else ""}),
        "retiro": FormaRetiro(),
        "con_error": next(iter(formas), ""),
        **formas,
    }
    return render(request, "participacion/gestion/pregunta.html", contexto, status=estado)
