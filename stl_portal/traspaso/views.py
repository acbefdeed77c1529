"""Lo que se puede exportar e importar: la lista, los archivos que salen y recibir el que entra."""

import tempfile
from http import HTTPStatus
from typing import Any

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from stl_portal.cuentas import identidad
from stl_portal.datos import libro
from stl_portal.espanol import llano
from stl_portal.gestion import puerta

from . import escritura, filtrado, registro
from . import importar as pasos
from .constancia import anotar_exportacion
from .contar import cuantos
from .forms import FormaArchivo
from .instante import un_solo_instante
from .lectura import ArchivoIlegible
from .models import TODO, Importacion
from .recurso import Recurso

RECIENTES = 10
UN_RECURSO, EL_ZIP = ".csv,.xlsx", ".zip"


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Los recursos con cuántos renglones tienen, y las últimas importaciones."""
    puerta.exigir(request)
    recursos = registro.en_orden()
    buscado = request.GET.get("q", "").strip()
    contexto = {
        "grupos": _por_aplicacion(recursos, cuantos(recursos), llano(buscado)),
        "buscado": buscado,
        "importaciones": Importacion.objects.recientes()[:RECIENTES],
        "no_viajan": registro.NO_VIAJAN,
    }
    return render(request, "traspaso/inicio.html", contexto)


def _por_aplicacion(
    recursos: list[type[Recurso]], cuentas: dict[type[Recurso], int], buscado: str
) -> dict[str, list[tuple[int, type[Recurso], int]]]:
    """Los que dicen lo buscado, juntos los de cada aplicación, con el lugar en que se importan."""
    grupos: dict[str, list[tuple[int, type[Recurso], int]]] = {}
    for lugar, recurso in enumerate(recursos, 1):
        suyo = str(recurso.modelo._meta.app_config.verbose_name)
        if buscado in llano(f"{recurso.nombre} {recurso.clave} {recurso.descripcion}"):
            grupos.setdefault(suyo, []).append((lugar, recurso, cuentas[recurso]))
    return grupos


def pedido(clave: str) -> type[Recurso]:
    """El recurso de esa dirección. Lanza `Http404`."""
    recurso = registro.de_clave(clave)
    if recurso is None:
        raise Http404("No hay ese recurso.")
    return recurso


@require_safe
def exportar_csv(request: HttpRequest, recurso: str) -> HttpResponseBase:
    """Sus renglones, con las mismas columnas con que se importan; con filtro, solo los de esa lista."""
    puerta.exigir(request)
    suyo = pedido(recurso)
    try:
        solo = filtrado.elegidos(request, suyo)
    except filtrado.NoSeEntiende as error:
        return _no_sale(request, error)
    archivo = tempfile.TemporaryFile()  # noqa: SIM115 -- lo cierra la respuesta
    if request.method != "HEAD":
        with un_solo_instante():
            archivo.writelines(escritura.en_csv(suyo, solo=solo))
        anotar_exportacion(request.user, suyo.nombre, "CSV" if solo is None else "CSV, con filtro")
    archivo.seek(0)
    nombre = f"{filtrado.nombre(recurso, solo)}.csv"
    return _adjunto(FileResponse(archivo, content_type="text/csv; charset=utf-8"), nombre)


@require_safe
def exportar_xlsx(request: HttpRequest, recurso: str) -> HttpResponseBase:
    """Lo mismo en un libro; 422 si algo no cabe en una hoja de cálculo."""
    puerta.exigir(request)
    suyo = pedido(recurso)
    try:
        solo = filtrado.elegidos(request, suyo)
        with un_solo_instante():
            libro_hecho = escritura.en_xlsx(suyo, solo=solo)
    except (escritura.NoCabe, filtrado.NoSeEntiende) as error:
        return _no_sale(request, error)
    anotar_exportacion(request.user, suyo.nombre, "XLSX" if solo is None else "XLSX, con filtro")
    partes = escritura.por_partes(libro_hecho)
    nombre = f"{filtrado.nombre(recurso, solo)}.xlsx"
    return _adjunto(StreamingHttpResponse(partes, content_type=libro.TIPO), nombre)


def _no_sale(request: HttpRequest, error: Exception) -> HttpResponse:
    contexto = {"motivo": str(error), "salidas": ()}
    return render(request, "422.html", contexto, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_safe
def exportar_todo(request: HttpRequest) -> HttpResponseBase:
    """Un ZIP con un CSV por recurso y su manifiesto."""
    puerta.exigir(request)
    archivo = tempfile.TemporaryFile()  # noqa: SIM115 -- lo cierra la respuesta
    with un_solo_instante():
        escritura.en_zip(archivo)
    anotar_exportacion(request.user, "Todo", "ZIP")
    archivo.seek(0)
    hoy = timezone.localdate()
    return _adjunto(FileResponse(archivo, content_type="application/zip"), f"traspaso-{hoy}.zip")


def _adjunto(respuesta: Any, nombre: str) -> HttpResponseBase:
    """Se guarda, y ninguna caché lo conserva: trae lo que no se publica."""
    respuesta["Content-Disposition"] = content_disposition_header(True, nombre)
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


@require_http_methods(["GET", "HEAD", "POST"])
def importar(request: HttpRequest, recurso: str) -> HttpResponse:
    """Recibe el archivo y lleva a su vista previa; 422 con la razón si no se entiende.

    El segundo paso se pide al abrirla: pedirlo al enviar perdería el archivo escogido.
    """
    puerta.exigir(request)
    identidad.exigir(request)
    suyo = None if recurso == TODO else pedido(recurso)
    extensiones = UN_RECURSO if suyo else EL_ZIP
    forma = FormaArchivo(extensiones, request.POST or None, request.FILES or None)
    if request.method == "POST" and forma.is_valid():
        datos = forma.cleaned_data
        try:
            return redirect(
                pasos.recibir(datos["clave"], recurso, datos["archivo"], request.user, timezone.now())
            )
        except ArchivoIlegible as error:
            forma.add_error("archivo", str(error))
    estado = HTTPStatus.UNPROCESSABLE_ENTITY if forma.is_bound else HTTPStatus.OK
    return render(request, "traspaso/importar.html", {"forma": forma, "recurso": suyo}, status=estado)
