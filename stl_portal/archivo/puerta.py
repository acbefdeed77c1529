"""La puerta de todo lo que se ve de un archivo: quien no puede abrirlo recibe lo mismo en cada dirección."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from stl_portal.cuentas import falta_factor
from stl_portal.errores import FaltaEntrar

from . import vitrina
from .models import Archivo
from .permisos import puede_abrir, retirado
from .veredicto import ArchivoRechazado


def con_archivo(vista: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """La vista recibe el archivo y si es `publico`; aquí se contesta todo lo demás.

    A quien no ha entrado se le pide entrar, exista o no el archivo; a quien no tiene que ver con él, 404. Lo
    que se publicó y se retiró es 410, con lo que lo sustituye. Lo que falta en disco o no se puede mostrar
    es 404.
    """

    @wraps(vista)
    def puerta(request: HttpRequest, huella: str, **resto: str) -> HttpResponseBase:
        archivo = Archivo.objects.filter(huella=huella).first()
        # Lo público se decide sin mirar quién pide: así la respuesta sirve para cualquiera.
        publico = archivo is not None and vitrina.es_publico(archivo)
        if archivo is None or not (publico or puede_abrir(request.user, archivo)):
            return _cerrada(request, archivo)
        if not publico and falta_factor.debe(request):
            return falta_factor.respuesta(request)
        try:
            return vista(request, archivo, publico, **resto)
        except (FileNotFoundError, ArchivoRechazado) as error:
            raise Http404("El archivo no está en el almacén o no puede mostrarse.") from error

    return puerta


def _cerrada(request: HttpRequest, archivo: Archivo | None) -> HttpResponseBase:
    """Retirado, falta entrar o no existe. Lanza `FaltaEntrar` y `Http404`."""
    aviso = retirado(archivo) if archivo else None
    if aviso:
        return render(request, "archivo/retirado.html", {"aviso": aviso}, status=410)
    if not request.user.is_authenticated:
        raise FaltaEntrar
    raise Http404
