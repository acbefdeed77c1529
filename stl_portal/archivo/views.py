"""Descarga de archivos: para quien no puede verlos, no existen."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stl_portal.errores import FaltaEntrar

from . import vitrina
from .entrega import entregar
from .models import Archivo
from .permisos import puede_abrir, retirado
from .veredicto import ArchivoRechazado


@require_safe
def descargar(request: HttpRequest, huella: str, nombre: str) -> HttpResponseBase:
    """Entrega el archivo; con `?ver=1`, los PDF y las imágenes se abren en el navegador.

    El nombre en la dirección es para las personas: lo que manda es la huella. A quien no ha
    entrado se le pide entrar, exista o no el archivo; a quien no tiene que ver con él, 404. Lo que se
    publicó y se retiró es 410, con lo que lo sustituye.
    """
    archivo = Archivo.objects.filter(huella=huella).first()
    # Lo público se decide sin mirar quién pide: así la respuesta sirve para cualquiera.
    publico = archivo is not None and vitrina.es_publico(archivo)
    if archivo is None or not (publico or puede_abrir(request.user, archivo)):
        aviso = retirado(archivo) if archivo else None
        if aviso:
            return render(request, "archivo/retirado.html", {"aviso": aviso}, status=410)
        if not request.user.is_authenticated:
            raise FaltaEntrar
        raise Http404
    if publico:
        vitrina.exponer(archivo)
    try:
        return entregar(request, archivo, a_la_vista=request.GET.get("ver") == "1", publico=publico)
    except (FileNotFoundError, ArchivoRechazado) as error:
        raise Http404("El archivo no está en el almacén o no puede mostrarse.") from error
