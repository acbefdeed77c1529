"""Testar y publicar los anexos del acta, para quien conduce la sesión."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from sesiones import anexos
from sesiones.forms.anexos import USUALES, FormaBuscar, FormaZona, fundamentos, ultima_de
from sesiones.forms.base import FormaInvalida
from sesiones.models import Anexo, Sesion
from stl_portal.archivo import almacen, testado
from stl_portal.archivo.entrega import ENCIERRO, ENCIERRO_PDF, SOLO_SUYO
from stl_portal.archivo.models import Archivo
from stl_portal.archivo.veredicto import ArchivoRechazado
from stl_portal.versiones import entero

from .acceso import sesion_o_404
from .mesa.una_vez import una_vez

FALTA = "El archivo no está en el almacén."


def anexo_o_404(request: HttpRequest, organo: str, sesion: str, pk: int) -> tuple[Sesion, Anexo]:
    """El anexo de esa sesión, para quien la conduce."""
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    anexo = get_object_or_404(fila.anexos.select_related("archivo", "punto"), pk=pk)
    anexo.sesion = fila
    return fila, anexo


def marcable_o_404(request: HttpRequest, organo: str, sesion: str, pk: int) -> tuple[Anexo, Archivo]:
    """El anexo y su archivo, si es de los que se pueden testar y está en el almacén."""
    _, anexo = anexo_o_404(request, organo, sesion, pk)
    archivo = anexo.archivo
    if archivo is None or not testado.se_puede(archivo) or almacen.pesa(archivo.huella) is None:
        raise Http404(FALTA)
    return anexo, archivo


@require_safe
def lista(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """Todos los anexos de la sesión y cómo está cada uno ante el público."""
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    contexto = {
        "sesion": fila,
        "organo": fila.organo,
        "renglones": anexos.renglones(fila.anexos.select_related("archivo", "punto")),
        "con_acta": anexos.acta_publicada(fila),
    }
    return render(request, "sesiones/anexos/lista.html", contexto)


@require_safe
def anexo(request: HttpRequest, organo: str, sesion: str, pk: int) -> HttpResponse:
    """Una página del anexo, lo que en él se ha marcado y lo que se puede hacer."""
    _, fila = anexo_o_404(request, organo, sesion, pk)
    return _pintar(request, fila, entero(request.GET.get("pagina", "1")))


def _pintar(
    request: HttpRequest, anexo: Anexo, pagina: int, *, status: int = 200, **cambios: Any
) -> HttpResponse:
    """La página de trabajo, con las formas que se rechazaron si las hubo."""
    renglon, archivo = anexos.renglon(anexo), anexo.archivo
    con_acta = anexos.acta_publicada(anexo.sesion)
    modos = (anexos.TESTADO, anexos.COMPLETO, anexos.RETIRADO)
    contexto = {
        "anexo": anexo,
        "sesion": anexo.sesion,
        "organo": anexo.sesion.organo,
        "renglon": renglon,
        "impide": {modo: list(anexos.lo_que_impide(renglon, modo, con_acta=con_acta)) for modo in modos},
        "se_testa": archivo is not None and testado.se_puede(archivo),
    }
    if archivo is not None and contexto["se_testa"]:
        contexto |= _para_marcar(request, anexo, archivo, pagina)
    return render(request, "sesiones/anexos/anexo.html", contexto | cambios, status=status)


def _para_marcar(request: HttpRequest, anexo: Anexo, archivo: Archivo, pagina: int) -> dict[str, Any]:
    """La página a la vista, sus zonas y las formas con lo último que esa persona escribió."""
    total = testado.paginas(archivo)
    if not 1 <= pagina <= total:
        raise Http404("El archivo no tiene esa página.")
    zonas = list(enumerate(archivo.zonas.all(), start=1))
    ultima = ultima_de(request.user)
    return {
        "pagina": pagina,
        "total": total,
        "zonas": zonas,
        "en_esta": [(n, zona) for n, zona in zonas if zona.pagina == pagina],
        "con_texto": archivo.tipo == testado.PDF,
        "forma_zona": FormaZona(initial=ultima | {"pagina": pagina}),
        "forma_buscar": FormaBuscar(initial=ultima),
        "usuales": USUALES,
        "fundamentos": fundamentos(anexo.sesion.organo, timezone.localdate()),
    }


@require_safe
def pagina(request: HttpRequest, organo: str, sesion: str, pk: int, numero: int) -> HttpResponseBase:
    """Una página del original como imagen: privada, y solo se dibuja si no se tiene ya."""
    _, archivo = marcable_o_404(request, organo, sesion, pk)
    if not 1 <= numero <= testado.paginas(archivo):
        raise Http404("El archivo no tiene esa página.")
    etiqueta = f'"{archivo.huella}-{numero}"'
    respuesta = get_conditional_response(request, etag=etiqueta)
    if respuesta is None:
        try:
            with almacen.a_la_mano(archivo) as ruta:
                dibujo = testado.pagina(ruta, archivo.tipo, numero)
        except ArchivoRechazado as error:
            raise Http404(error.frase) from error
        respuesta = HttpResponse(dibujo, content_type="image/png")
    respuesta["ETag"], respuesta["Cache-Control"] = etiqueta, SOLO_SUYO
    respuesta["Content-Security-Policy"] = ENCIERRO
    return respuesta


@require_safe
def copia(request: HttpRequest, organo: str, sesion: str, pk: int) -> HttpResponse:
    """Cómo quedaría la copia pública con lo marcado hasta ahora; no guarda nada."""
    fila, archivo = marcable_o_404(request, organo, sesion, pk)
    try:
        contenido, _ = anexos.copia_publica(fila)
    except ArchivoRechazado as error:
        return _pintar(request, fila, 1, status=422, con_errores=[error.frase])
    nombre = content_disposition_header(False, f"previa-{archivo.nombre}") or "inline"
    respuesta = HttpResponse(contenido, content_type=archivo.tipo)
    respuesta["Content-Disposition"], respuesta["Cache-Control"] = nombre, "private, no-store"
    respuesta["Content-Security-Policy"] = ENCIERRO_PDF if archivo.tipo == testado.PDF else ENCIERRO
    return respuesta


Accion = Callable[..., int]  # (petición, anexo, archivo, lo que pida la dirección) → página que se verá


def acto(funcion: Accion) -> Callable[..., HttpResponse]:
    """Convierte una función en un POST sobre el anexo: 302 a la página que devuelva, o 422 con la forma."""

    @require_POST
    @wraps(funcion)
    def vista(request: HttpRequest, organo: str, sesion: str, pk: int, **resto: int) -> HttpResponse:
        fila, archivo = marcable_o_404(request, organo, sesion, pk)

        def hacer() -> str:
            numero = funcion(request, fila, archivo, **resto)
            return f"{url(fila)}?pagina={numero}#zonas"

        try:
            return redirect(una_vez(request, hacer))
        except FormaInvalida as error:
            visible = min(max(entero(request.POST.get("pagina", "1")), 1), testado.paginas(archivo))
            suya: Any = {error.forma.nombre: error.forma, "con_errores": error.forma}
            return _pintar(request, fila, visible, status=422, **suya)
        except ArchivoRechazado as error:
            return _pintar(request, fila, 1, status=422, con_errores=[error.frase])

    return vista


@acto
def marcar(request: HttpRequest, anexo: Anexo, archivo: Archivo) -> int:
    """Marca un rectángulo o la página entera."""
    forma = FormaZona(request.POST, paginas=testado.paginas(archivo))
    with forma.ejecutar() as datos:
        forma.marcar(archivo, request.user)
    return int(datos["pagina"])


@require_POST
def buscar(request: HttpRequest, organo: str, sesion: str, pk: int) -> HttpResponse:
    """Marca un texto en todas las páginas donde el PDF lo dice."""
    fila, archivo = marcable_o_404(request, organo, sesion, pk)
    forma = FormaBuscar(request.POST)
    try:
        with forma.ejecutar() as datos:
            if archivo.tipo != testado.PDF:
                raise ValidationError({"texto": "Una imagen no trae texto. Dibuja la zona sobre ella."})
            with almacen.a_la_mano(archivo) as ruta:
                hallados = testado.buscar(ruta, datos["texto"])
            destino = una_vez(request, lambda: _marcar_hallados(request, fila, archivo, forma, hallados))
    except FormaInvalida as error:
        return _pintar(request, fila, 1, status=422, forma_buscar=forma, con_errores=error.forma)
    except ArchivoRechazado as error:
        return _pintar(request, fila, 1, status=422, con_errores=[error.frase])
    return redirect(destino)


def _marcar_hallados(
    request: HttpRequest, anexo: Anexo, archivo: Archivo, forma: FormaBuscar, hallados: list[dict[str, Any]]
) -> str:
    """Guarda las zonas y lleva a la primera."""
    forma.marcar(archivo, request.user, hallados)
    cuantos = len(hallados)
    messages.success(request, "Se marcó en 1 lugar." if cuantos == 1 else f"Se marcó en {cuantos} lugares.")
    return f"{url(anexo)}?pagina={hallados[0]['pagina']}#zonas"


@acto
def desmarcar(request: HttpRequest, anexo: Anexo, archivo: Archivo, zona: int) -> int:
    """Quita una marca; lo ya publicado no cambia hasta que se publique otra copia."""
    fila = archivo.zonas.filter(pk=zona).first()
    if fila is None:  # dos clics, o la quitó otra persona
        return 1
    fila.delete()
    return fila.pagina


def url(anexo: Anexo, nombre: str = "anexo") -> str:
    """La dirección de algo de este anexo."""
    sesion = anexo.sesion
    return reverse(f"actas:{nombre}", args=(sesion.organo.clave, sesion.clave, anexo.pk))


def huella(contenido: bytes) -> str:
    """Con la que se comprueba que se publica lo mismo que se revisó."""
    return hashlib.sha256(contenido).hexdigest()
