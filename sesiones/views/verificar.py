"""Verificar: qué es este documento, quién lo firmó y cómo comprobarlo sin nosotros."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_http_methods, require_safe

from sesiones import verificacion
from sesiones.verificacion import Hallazgo, Veredicto


@require_http_methods(["GET", "HEAD", "POST"])
def inicio(request: HttpRequest) -> HttpResponse:
    """El formulario; con un código, una huella o un PDF, su respuesta."""
    if request.method == "POST":
        return _con_archivo(request)
    buscado = request.GET.get("codigo", "").strip()
    huella = request.GET.get("huella", "").strip().lower()
    if huella:
        return _responder(request, verificacion.por_huella(huella), huella=huella)
    if not buscado:
        return render(request, "verificar/inicio.html")
    hallazgo = verificacion.por_codigo(buscado)
    if hallazgo.sello:
        return redirect("verificar:codigo", hallazgo.sello.codigo.lower())
    return _responder(request, hallazgo, buscado=buscado)


@require_safe
def codigo(request: HttpRequest, codigo: str) -> HttpResponse:
    """El acta con ese código; si no hay ninguna, 404 con explicación."""
    return _responder(request, verificacion.por_codigo(codigo), buscado=codigo.upper())


def _con_archivo(request: HttpRequest) -> HttpResponse:
    """El PDF que trajeron: se lee para reconocerlo y no se guarda."""
    subido = request.FILES.get("pdf")
    if subido is None or not subido.size:
        return _con_error(request, "Elige el PDF que quieres verificar.")
    if subido.size > settings.ARCHIVO_MAXIMO:
        return _con_error(
            request,
            f"El archivo pesa más de {filesizeformat(settings.ARCHIVO_MAXIMO)}: no es un acta del portal.",
        )
    return _responder(request, verificacion.por_archivo(subido.read()), nombre=subido.name)


def _con_error(request: HttpRequest, frase: str) -> HttpResponse:
    return render(request, "verificar/inicio.html", {"error": frase}, status=422)


def _responder(request: HttpRequest, hallazgo: Hallazgo, **contexto: object) -> HttpResponse:
    """La respuesta, con su sello si se reconoció; lo desconocido es 404."""
    desconocida = hallazgo.veredicto == Veredicto.DESCONOCIDA
    return render(
        request,
        "verificar/respuesta.html",
        {"hallazgo": hallazgo, "sello": hallazgo.sello} | contexto,
        status=404 if desconocida else 200,
    )
