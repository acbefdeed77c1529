"""Una casilla: lo que se sabe de una etapa en un municipio, su historia y una anotación nueva.

La matriz la usa por su cuenta (con `X-Autoguardado`) y recibe la casilla ya cambiada, sin recargar la página.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from municipios.captura import deshacer as verbos
from municipios.captura.anotar import anotar
from municipios.captura.tablero import Celda, fecha_pedida
from municipios.forms.anotar import FormaCasilla
from municipios.models import Anotacion, Etapa, Municipio
from municipios.views.acceso import LEE, SOLO_LEES, informa_de, lee_todos, seguimiento_o_404
from municipios.views.matriz import marco, tablero_de
from sesiones.forms.base import FormaInvalida, FormaRancia
from stl_portal.errores import es_autoguardado
from stl_portal.versiones import VersionRancia, entero


@dataclass(frozen=True)
class Pedido:
    """Quién pide qué casilla. `captura`: puede anotar en ella."""

    request: HttpRequest
    etapa: Etapa
    municipio: Municipio
    captura: bool

    @property
    def de_la_matriz(self) -> bool:
        """Si lo pide el programa de la matriz, que espera datos y no una página."""
        return es_autoguardado(self.request)

    @property
    def al(self) -> dt.date:
        """El día que la matriz muestra."""
        return fecha_pedida(self.request.POST.get("al", ""), timezone.localdate())

    def anotar(self, cambio: dict[str, Any]) -> Anotacion:
        """Anota en la casilla lo que trae la forma; lanza lo de `anotar`."""
        return anotar(self.request.user, self.etapa.organo, self.municipio, self.etapa, **cambio)

    def anotaciones(self) -> "list[Anotacion]":
        """Toda la historia de la casilla, también lo que se deshizo; primero lo último que se anotó."""
        filas = Anotacion.objects.filter(etapa=self.etapa, municipio=self.municipio)
        return list(filas.select_related("situacion", "por", "anulada_por", "prueba").order_by("-pk"))


def pedido_o_404(request: HttpRequest, organo: str, clave: str, etapa: str) -> Pedido:
    """La casilla, si la cuenta la ve; para escribir, si la captura.

    Lanza lo de `seguimiento_o_404`; a quien informa de otro municipio este no le existe.
    """
    seguimiento = seguimiento_o_404(request, organo)
    filas = Etapa.objects.filter(organo=seguimiento, activa=True).prefetch_related("situaciones")
    de_ella, municipio = get_object_or_404(filas, clave=etapa), get_object_or_404(Municipio, pk=clave)
    de_ella.organo = seguimiento
    captura = informa_de(request, seguimiento).filter(pk=clave).exists()
    if not captura and not lee_todos(request, seguimiento):
        raise Http404
    if not captura and request.method not in LEE:
        raise PermissionDenied(SOLO_LEES)
    return Pedido(request, de_ella, municipio, captura)


@require_http_methods(["GET", "HEAD", "POST"])
def casilla(request: HttpRequest, organo: str, clave: str, etapa: str) -> HttpResponse:
    """La casilla con su historia; al enviarla, anota: 302 (o 200 a la matriz), 409 o 422."""
    pedido = pedido_o_404(request, organo, clave, etapa)
    if request.method != "POST":
        return _pintar(pedido)
    forma = FormaCasilla(request.POST, request.FILES, etapa=pedido.etapa, por=request.user)
    try:
        with forma.ejecutar():
            hecha = pedido.anotar(forma.cambio())
    except FormaRancia as error:
        return _choque(pedido, forma, error.actual)
    except FormaInvalida:
        return _rechazo(pedido, forma)
    return _hecho(pedido, hecha.pk, f"Quedó anotado: {pedido.municipio}, {pedido.etapa}.")


@require_POST
def deshacer(request: HttpRequest, organo: str, clave: str, etapa: str, pk: int) -> HttpResponse:
    """Anula la última anotación de la casilla: 302 (o 200 a la matriz) o 409 con la frase."""
    pedido = pedido_o_404(request, organo, clave, etapa)
    anotacion = _anotacion_o_404(pedido, pk)
    hacer = partial(verbos.deshacer, request.user, anotacion)
    return _hacer(pedido, hacer, "Se deshizo. La historia lo conserva.")


@require_POST
def rehacer(request: HttpRequest, organo: str, clave: str, etapa: str, pk: int) -> HttpResponse:
    """Vuelve a anotar lo que se deshizo: 302 (o 200 a la matriz) o 409 con la frase."""
    pedido = pedido_o_404(request, organo, clave, etapa)
    anotacion, sobre = _anotacion_o_404(pedido, pk), entero(request.POST.get("version"))
    hacer = partial(verbos.rehacer, request.user, anotacion, sobre=sobre)
    return _hacer(pedido, hacer, "Se volvió a anotar.")


def _anotacion_o_404(pedido: Pedido, pk: int) -> Anotacion:
    filas = Anotacion.objects.select_related("situacion", "prueba")
    anotacion = get_object_or_404(filas, etapa=pedido.etapa, municipio=pedido.municipio, pk=pk)
    anotacion.etapa, anotacion.municipio = pedido.etapa, pedido.municipio
    return anotacion


def _hacer(pedido: Pedido, hacer: Callable[[], Anotacion], dicho: str) -> HttpResponse:
    """Hace y contesta; si ya no procede, dice por qué: 409."""
    try:
        anotacion = hacer()
    except (ValidationError, VersionRancia) as error:
        frase = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        if pedido.de_la_matriz:
            return JsonResponse({"error": "estado", "mensaje": frase}, status=409)
        return _pintar(pedido, status=409, errores=frase)
    return _hecho(pedido, anotacion.pk, dicho)


def _hecho(pedido: Pedido, anotacion: int, dicho: str) -> HttpResponse:
    """A la matriz, además, qué anotación se hizo o se deshizo: con ella pide lo contrario."""
    if pedido.de_la_matriz:
        return JsonResponse(_en_la_matriz(pedido) | {"anotacion": anotacion})
    messages.success(pedido.request, dicho)
    organo, municipio, etapa = pedido.etapa.organo, pedido.municipio, pedido.etapa
    return redirect("gestion_municipios:casilla", organo.clave, municipio.pk, etapa.clave)


def _en_la_matriz(pedido: Pedido) -> dict[str, Any]:
    """Lo que la matriz cambia sin recargarse; `version` es la anotación que ahora rige ese día.

    `vecinas` son las casillas del municipio que pueden no concordar con ella.
    """
    tablero = tablero_de(pedido.request, pedido.etapa.organo, pedido.al)
    celda = tablero.celda(tablero.cuadro.casillas[pedido.municipio.pk, pedido.etapa.pk])
    renglon = tablero.renglon(pedido.municipio)
    return {
        "version": celda.visto,
        "casilla": render_to_string("municipios/gestion/_casilla.html", {"celda": celda}),
        "vecinas": [
            render_to_string("municipios/gestion/_casilla.html", {"celda": otra})
            for otra in tablero.vecinas(celda.casilla)
        ],
        "resumen": render_to_string("municipios/gestion/_resumen.html", {"renglon": renglon}),
        "totales": render_to_string("municipios/gestion/_totales.html", {"tablero": tablero}),
    }


def _choque(pedido: Pedido, forma: FormaCasilla, actual: Anotacion | None) -> HttpResponse:
    """409: lo que otra persona anotó junto a lo que se quiso anotar; nada se pisa."""
    suyo = {
        "quien": _quien(pedido, actual),
        "dijo": str(actual.situacion) if actual else "deshizo lo que veías",
    }
    if pedido.de_la_matriz:
        return JsonResponse(_en_la_matriz(pedido) | {"error": "version"} | suyo, status=409)
    return _pintar(pedido, forma.al_dia(actual.pk if actual else 0), status=409, choque=suyo)


def _quien(pedido: Pedido, actual: Anotacion | None) -> str:
    """Quién se adelantó; puede ser la misma persona en otra ventana."""
    if actual is None:
        return "Otra persona"
    return "Tu otra ventana" if actual.por == pedido.request.user else str(actual.por or "Otra persona")


def _rechazo(pedido: Pedido, forma: FormaCasilla) -> HttpResponse:
    """422: la frase junto a su campo y todo lo escrito en su lugar."""
    if pedido.de_la_matriz:
        campo, mensajes = next(iter(forma.errors.items()))
        return JsonResponse(
            {"error": "texto", "campo": campo, "mensaje": " ".join(map(str, mensajes))}, status=422
        )
    return _pintar(pedido, forma, status=422)


def _pintar(
    pedido: Pedido, forma: FormaCasilla | None = None, status: int = 200, **contexto: Any
) -> HttpResponse:
    hoy = timezone.localdate()
    tablero = tablero_de(pedido.request, pedido.etapa.organo, hoy)
    celda = tablero.celda(tablero.cuadro.casillas[pedido.municipio.pk, pedido.etapa.pk])
    historia = pedido.anotaciones()
    ultima = next((una for una in historia if not una.anulada_el), None)
    comun = marco(pedido.request, pedido.etapa.organo, tablero) | {
        "celda": celda,
        "etapa": pedido.etapa,
        "municipio": pedido.municipio,
        "forma": forma or _forma(pedido, celda, ultima),
        "historia": historia,
        "deshacible": ultima if ultima and _se_deshace(pedido, ultima) else None,
    }
    return render(pedido.request, "municipios/gestion/casilla.html", comun | contexto, status=status)


def _forma(pedido: Pedido, celda: Celda, ultima: Anotacion | None) -> FormaCasilla:
    """La forma con lo que hoy se sabe; se anota sobre toda la historia que está a la vista."""
    inicial = {
        "fecha": timezone.localdate(),
        "situacion": celda.elegida or None,
        "version": ultima.pk if ultima else 0,
    }
    return FormaCasilla(initial=inicial, etapa=pedido.etapa, por=pedido.request.user)


def _se_deshace(pedido: Pedido, ultima: Anotacion) -> bool:
    """Si quien mira puede deshacer la última anotación."""
    ultima.etapa = pedido.etapa
    return pedido.captura and not verbos.por_que_no(ultima)
