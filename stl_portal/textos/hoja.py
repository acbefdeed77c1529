"""La página donde se cambia un texto: la misma para los del portal y para los de un órgano."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stl_portal.versiones import VersionRancia, entero

from . import lectura, muestra
from .forms import FormaTexto
from .models import CambioDeTexto, Texto
from .registro import TEXTOS, Editable

EN_HISTORIA = 30  # cambios que se muestran; los demás, en los registros


@dataclass(frozen=True)
class Hoja:
    """Qué texto, de quién, con qué plantilla y a dónde se vuelve."""

    declarado: Editable
    ambito: str
    plantilla: str
    volver: str
    marco: dict[str, Any]


def atender(request: HttpRequest, hoja: Hoja) -> HttpResponse:
    """Muestra, ofrece cómo quedaría, guarda o vuelve a lo de fábrica. Quien llama ya revisó el permiso."""
    fila = Texto.objects.filter(clave=hoja.declarado.clave, ambito=hoja.ambito).first()
    if request.method != "POST":
        return _pintar(request, hoja, fila, _forma_de(request, hoja, fila))
    if request.POST.get("accion") == "fabrica":
        return _volver(request, hoja, fila)
    forma = FormaTexto(hoja.declarado, request.POST)
    if not forma.is_valid():
        return _pintar(request, hoja, fila, forma, estado=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.POST.get("accion") == "previa":
        return _pintar(request, hoja, fila, forma, previa=forma.cleaned_data["escrito"])
    datos = forma.cleaned_data
    try:
        Texto.cambiar(
            hoja.declarado, hoja.ambito, escrito=datos["escrito"], version=datos["version"], por=request.user
        )
    except VersionRancia as rancia:
        return _choque(request, hoja, rancia.actual, datos["escrito"])
    messages.success(request, f"Se guardó «{hoja.declarado.nombre}». Ya se lee así.")
    return redirect(request.path)


def _volver(request: HttpRequest, hoja: Hoja, fila: Texto | None) -> HttpResponse:
    try:
        Texto.volver(
            hoja.declarado, hoja.ambito, version=entero(request.POST.get("version")), por=request.user
        )
    except VersionRancia as rancia:
        return _choque(request, hoja, rancia.actual, request.POST.get("escrito", ""))
    messages.success(request, f"«{hoja.declarado.nombre}» volvió a decir lo de fábrica.")
    return redirect(request.path)


def _choque(request: HttpRequest, hoja: Hoja, actual: Texto, mio: str) -> HttpResponse:
    """Ambos textos, uno junto al otro; lo escrito sigue en la forma, ya sobre la versión de ahora."""
    forma = FormaTexto(hoja.declarado, initial={"escrito": mio, "version": actual.version})
    return _pintar(request, hoja, actual, forma, estado=HTTPStatus.CONFLICT, choque=_dice(hoja, actual))


def _forma_de(request: HttpRequest, hoja: Hoja, fila: Texto | None) -> FormaTexto:
    """Lo que dice hoy o, si se pidió, lo que dijo antes, para volver a guardarlo."""
    dice = _dice(hoja, fila)
    pedido = entero(request.GET.get("de"))
    if fila and pedido:
        viejo = fila.cambios.filter(pk=pedido).first()
        dice = _quedo(hoja, viejo) if viejo else dice
    return FormaTexto(hoja.declarado, initial={"escrito": dice, "version": fila.version if fila else 1})


def _dice(hoja: Hoja, fila: Texto | None) -> str:
    return fila.escrito if fila and not fila.de_fabrica else heredado(hoja)


def _quedo(hoja: Hoja, cambio: CambioDeTexto) -> str:
    return heredado(hoja) if cambio.de_fabrica else cambio.escrito


def heredado(hoja: Hoja) -> str:
    """Lo que se leería sin cambiarlo: para un órgano, lo del portal."""
    return lectura.sin_llenar(hoja.declarado.clave) if hoja.ambito else hoja.declarado.fabrica


def _pintar(
    request: HttpRequest,
    hoja: Hoja,
    fila: Texto | None,
    forma: FormaTexto,
    *,
    previa: str | None = None,
    choque: str | None = None,
    estado: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    declarado = hoja.declarado
    mostrar = _dice(hoja, fila) if previa is None else previa
    cambios = fila.cambios.select_related("por")[:EN_HISTORIA] if fila else []
    contexto = hoja.marco | {
        "declarado": declarado,
        "forma": forma,
        "editado": fila if fila and not fila.de_fabrica else None,
        "version": fila.version if fila else 1,
        "heredado": heredado(hoja),
        "previa": muestra.en_html(declarado, mostrar, declarado.ejemplos),
        "es_previa": previa is not None,
        "choque": choque,
        "quien": fila.editado_por if fila else None,
        "historia": [(cambio, _quedo(hoja, cambio)) for cambio in cambios],
        "volver": hoja.volver,
        "url": request.path,
    }
    return render(request, hoja.plantilla, contexto, status=estado)


def editable_o_nada(clave: str, *, de_organo: bool = False) -> Editable | None:
    """El texto con esa clave, si existe y lo puede cambiar quien lo pide."""
    declarado = TEXTOS.get(clave)
    return declarado if declarado and (declarado.de_organo or not de_organo) else None
