"""Una importación: en qué va, qué haría, qué hizo, y los botones para seguir."""

import csv
import io
from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from stl_portal.datos.formas import MARCA
from stl_portal.formula import neutro
from stl_portal.gestion import puerta
from stl_portal.paginacion import pagina_pedida

from . import avance, importar, nuevos
from .estados import EstadoImportacion
from .models import Importacion
from .resultado import CAMBIA, RECHAZADA, Suceso

POR_PAGINA = 50
ERRORES = 50  # los que se ven en la página; todos están en el archivo
SE_ENSENA = (EstadoImportacion.REVISADA, EstadoImportacion.CON_ERRORES, EstadoImportacion.HECHA)
SE_REFRESCA = 3  # segundos
CADUCO = "Lo que viste ya no es lo último que se revisó: míralo otra vez y confirma."
ENCABEZADOS = ("recurso", "renglon", "que", "nombre", "columna", "antes", "ahora", "razon")


def _pedida(request: HttpRequest, clave: str) -> Importacion:
    puerta.exigir(request)
    return get_object_or_404(Importacion.objects.select_related("por"), clave=clave)


@require_safe
def importacion(request: HttpRequest, clave: str) -> HttpResponse:
    """Mientras espera o trabaja se refresca sola; después, la vista previa o lo que hizo."""
    suya = _pedida(request, clave)
    dicho = avance.leer(suya.clave)
    interrumpida = importar.interrumpida(suya)
    contexto = {
        "importacion": suya,
        "avance": dicho,
        "interrumpida": interrumpida,
        "se_refresca": suya.en_proceso and not interrumpida,
        "errores": list(islice(suya.errores(), ERRORES)),
        "nuevos": nuevos.primeros(suya) if suya.estado in SE_ENSENA else [],
        "pagina": pagina_pedida(request, list(suya.sucesos(CAMBIA)), POR_PAGINA),
        "historia": suya.historia.select_related("por"),
        "se_deshace": suya.estado == EstadoImportacion.HECHA and suya == importar.ultima(),
    }
    respuesta = render(request, "traspaso/importacion.html", contexto)
    if contexto["se_refresca"]:
        respuesta["Refresh"] = str(SE_REFRESCA)
    return respuesta


@require_POST
def confirmar(request: HttpRequest, clave: str) -> HttpResponse:
    """Solo lo que se vio: la huella de la vista previa viaja en la forma."""
    suya = _pedida(request, clave)
    if suya.estado in (EstadoImportacion.POR_IMPORTAR, EstadoImportacion.IMPORTANDO, EstadoImportacion.HECHA):
        return redirect(suya)  # el segundo clic
    if not importar.confirmar(suya, request.user, request.POST.get("visto", "")):
        messages.error(request, CADUCO)
    return redirect(suya)


@require_POST
def descartar(request: HttpRequest, clave: str) -> HttpResponse:
    """Ya no se quiere importar."""
    suya = _pedida(request, clave)
    if suya.estado != EstadoImportacion.DESCARTADA:
        importar.descartar(suya, request.user)
    messages.success(request, "Descartada: no se importó nada y el archivo se borró.")
    return redirect("traspaso:inicio")


@require_POST
def repetir(request: HttpRequest, clave: str) -> HttpResponse:
    """Otra vez, lo que se interrumpió o lo que conviene volver a revisar."""
    suya = _pedida(request, clave)
    importar.repetir(suya, request.user)
    return redirect(suya)


@require_POST
def deshacer(request: HttpRequest, clave: str) -> HttpResponse:
    """Deja todo como estaba antes de ella; si no se puede, dice por qué."""
    suya = _pedida(request, clave)
    if suya.estado not in (EstadoImportacion.POR_DESHACER, EstadoImportacion.DESHECHA):
        importar.pedir_deshacer(suya, request.user)
        suya.refresh_from_db()
        if suya.estado == EstadoImportacion.HECHA:
            return _no_se_deshace(request, suya)
    return redirect(suya)


def _no_se_deshace(request: HttpRequest, suya: Importacion) -> HttpResponse:
    contexto = {"importacion": suya, "razones": suya.motivo.splitlines()}
    return render(request, "traspaso/no_se_deshace.html", contexto, status=HTTPStatus.CONFLICT)


@require_safe
def resultado(request: HttpRequest, clave: str) -> HttpResponseBase:
    """Lo que pasó con cada renglón que no quedó igual; con `?solo=errores`, lo que hay que corregir."""
    suya = _pedida(request, clave)
    solo = (RECHAZADA,) if request.GET.get("solo") == "errores" else ()
    respuesta = StreamingHttpResponse(_lineas(suya.sucesos(*solo)), content_type="text/csv; charset=utf-8")
    nombre = f"{'errores' if solo else 'resultado'}-{suya.recurso}.csv"
    respuesta["Content-Disposition"] = content_disposition_header(True, nombre) or "attachment"
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


def _lineas(sucesos: Iterator[Suceso]) -> Iterator[bytes]:
    """Un renglón por columna cambiada o rechazada; uno por cada renglón nuevo."""
    yield MARCA.encode() + _linea(ENCABEZADOS)
    for suceso in sucesos:
        cabeza = (suceso.recurso, str(suceso.renglon), suceso.dicho, suceso.llamado)
        for celdas in suceso.celdas or [[]]:
            columna, *dichos = celdas or ["", "", ""]
            fin = ("", "", dichos[0]) if suceso.que == RECHAZADA else (dichos[0], dichos[1], "")
            yield _linea((*cabeza, columna, *fin))


def _linea(celdas: tuple[str, ...]) -> bytes:
    salida = io.StringIO(newline="")
    csv.writer(salida, lineterminator="\r\n").writerow([neutro(celda) for celda in celdas])
    return salida.getvalue().encode()
