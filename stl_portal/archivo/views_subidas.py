"""Subir archivos en partes con el protocolo tus 1.0.0: cada quien, solo los suyos."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from stl_portal.errores import FaltaEntrar

from . import deposito, fichas, subidas, tus
from .models import Subida
from .nombres import limpiar_nombre
from .permisos import puede_subir
from .tus import NoSeRecibe

NO_SUBES = "Tu cuenta no tiene dónde subir archivos."
OTRA_VERSION = "Este portal habla tus 1.0.0."
Vista = Callable[..., HttpResponse]


def _tus(vista: Vista) -> Vista:
    """Pide cuenta, permiso y versión; lo que no procede se dice con su estado y su frase."""

    @wraps(vista)
    def con_todo(request: HttpRequest, **argumentos: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            raise FaltaEntrar
        try:
            respuesta = _atender(vista, request, argumentos)
        except NoSeRecibe as motivo:
            respuesta = HttpResponse(
                motivo.frase, status=motivo.estado, content_type="text/plain; charset=utf-8"
            )
        except deposito.AlmacenCaido as caido:
            espera = {"Retry-After": str(deposito.ESPERA)}
            respuesta = HttpResponse(
                str(caido), status=503, headers=espera, content_type="text/plain; charset=utf-8"
            )
        respuesta["Tus-Resumable"] = respuesta["Tus-Version"] = tus.VERSION
        return respuesta

    return con_todo


def _atender(vista: Vista, request: HttpRequest, argumentos: dict[str, Any]) -> HttpResponse:
    """Lanza `NoSeRecibe`."""
    if not puede_subir(request.user):
        raise NoSeRecibe(403, NO_SUBES)
    metodo = _metodo(request)
    if metodo not in ("OPTIONS", "GET") and request.headers.get("Tus-Resumable") != tus.VERSION:
        raise NoSeRecibe(412, OTRA_VERSION)
    return vista(request, metodo, **argumentos)


def _metodo(request: HttpRequest) -> str:
    """El que se pide: hay redes que solo dejan pasar POST y el protocolo prevé decirlo aparte."""
    dicho = str(request.method)
    return request.headers.get("X-HTTP-Method-Override", dicho).upper() if dicho == "POST" else dicho


@require_http_methods(["OPTIONS", "GET", "POST"])
@_tus
def todas(request: HttpRequest, metodo: str) -> HttpResponse:
    """OPTIONS dice qué se admite; GET, lo que está a medias y si se aceptaría otro archivo; POST lo abre."""
    if metodo == "OPTIONS":
        return _lo_que_se_admite()
    if metodo == "GET":
        de_la_cuenta = {"subidas": _a_medias(request), "rechazo": _por_que_no(request)}
        return JsonResponse(de_la_cuenta | {"maximo": settings.SUBIDA_MAXIMA})
    largo, datos = request.headers.get("Upload-Length", ""), request.headers.get("Upload-Metadata", "")
    subida = subidas.empezar(request.user, tus.Anuncio.leer(largo, datos))
    respuesta = _como_va(subida, 201)
    respuesta["Location"] = _direccion(subida)
    return respuesta


@require_http_methods(["HEAD", "PATCH", "DELETE", "POST"])
@_tus
def una(request: HttpRequest, metodo: str, clave: uuid.UUID) -> HttpResponse:
    """HEAD dice cuánto va; PATCH agrega una parte; DELETE la descarta."""
    if metodo == "HEAD":
        return _como_va(subidas.buscar(clave, request.user), 200)
    if metodo not in ("PATCH", "DELETE"):
        raise NoSeRecibe(405, "Aquí se agrega con PATCH.")
    with subidas.a_solas(clave, request.user) as subida:
        if metodo == "DELETE":
            subidas.desechar(subida)
            return HttpResponse(status=204)
        _agregar(request, subida)
        return _como_va(subida, 204)


def _agregar(request: HttpRequest, subida: Subida) -> None:
    """La parte que viene en el cuerpo. Lanza `NoSeRecibe`."""
    if request.content_type != tus.TIPO_DE_PARTE:
        raise NoSeRecibe(415, f"Cada parte se envía como {tus.TIPO_DE_PARTE}.")
    desde = tus.entero("Upload-Offset", request.headers.get("Upload-Offset", ""))
    trae = tus.entero("Content-Length", request.headers.get("Content-Length") or "0")
    suma = tus.suma(request.headers.get("Upload-Checksum", ""))
    subidas.recibir(subida, desde, trae, request.read, suma)


def _lo_que_se_admite() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Tus-Extension": tus.EXTENSIONES,
            "Tus-Checksum-Algorithm": tus.SUMAS,
            "Tus-Max-Size": str(settings.SUBIDA_MAXIMA),
        },
    )


def _como_va(subida: Subida, estado: int) -> HttpResponse:
    """Cuánto se ha recibido y, si ya se guardó, la ficha con que un formulario lo toma."""
    cabeceras = tus.cabeceras(recibido=subida.recibido, tamano=subida.tamano, caduca_el=subida.caduca_el)
    if subida.archivo is not None:
        cabeceras["Archivo-Ficha"] = fichas.dar(subida.archivo)
    return HttpResponse(status=estado, headers=cabeceras)


def _a_medias(request: HttpRequest) -> list[dict[str, Any]]:
    """Las que la cuenta empezó para esa página, con cualquier consulta, y todavía no se agregan."""
    pagina = request.GET.get("destino", "")
    de_ahi = Q(destino=pagina) | Q(destino__startswith=f"{pagina}?")
    suyas = Subida.objects.filter(de_ahi, por=request.user.pk, caduca_el__gt=timezone.now())
    return [
        {
            "direccion": _direccion(subida),
            "nombre": subida.nombre,
            "tamano": subida.tamano,
            "recibido": subida.recibido,
            "huella": subida.huella,
            "destino": subida.destino,
            "ficha": fichas.dar(subida.archivo) if subida.archivo else "",
        }
        for subida in suyas.select_related("archivo")
    ]


def _por_que_no(request: HttpRequest) -> str:
    """Lo que impediría recibir el archivo del que se pregunta, antes de leerlo entero; vacío si nada."""
    if "nombre" not in request.GET:
        return ""
    nombre, tipo = request.GET["nombre"], request.GET.get("tipo", "")
    try:
        subidas.exigir_que_se_acepte(
            limpiar_nombre(nombre), tipo, tus.entero("tamano", request.GET.get("tamano", ""))
        )
    except NoSeRecibe as motivo:
        return motivo.frase
    return ""


def _direccion(subida: Subida) -> str:
    return reverse("archivo:subida", args=(subida.clave,))
