"""Verificar: qué es este documento, quién lo firmó y cómo comprobarlo sin nosotros."""

import hashlib
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from sesiones import comprobacion, verificacion, verificada
from sesiones.verificacion import HUELLA, Hallazgo, Veredicto, Via
from stl_portal.archivo import tipos
from stl_portal.cabeceras import SIEMPRE_PREGUNTA
from stl_portal.espanol import peso
from stl_portal.sello import registro
from stl_portal.sello.models import Eslabon, PuntoDeControl

# Lo que se sube se publica tal cual; los datos de lo que el portal hace son JSON y, del acta, también XML.
ACCEPT = f"{tipos.ACCEPT},.json,.xml"
LARGO = 200  # caracteres de lo tecleado que se repiten en la respuesta


@require_http_methods(["GET", "HEAD", "POST"])
def inicio(request: HttpRequest) -> HttpResponse:
    """El formulario; con un código, una huella o un archivo, su respuesta."""
    if request.method == "POST":
        return _de_mas(request, "verificar_archivo") or _con_archivo(request)
    buscado = request.GET.get("codigo", "").strip()[:LARGO]
    huella = request.GET.get("huella", "").strip().lower()[:LARGO]
    if not (buscado or huella):
        return render(request, "verificar/inicio.html", _formulario())
    return _de_mas(request, "verificar_codigo") or _con_codigo(request, buscado, huella)


def _con_codigo(request: HttpRequest, buscado: str, huella: str) -> HttpResponse:
    """Lo tecleado o pegado: un código, o una huella en cualquiera de los dos lugares."""
    if huella or HUELLA.fullmatch(buscado.lower()):
        return _con_huella(request, huella or buscado.lower())
    falta = verificacion.que_falta(buscado)
    if falta:
        return _con_error(request, falta, "codigo", buscado=buscado)
    hallazgo = verificacion.por_codigo(buscado)
    if hallazgo.sello:
        return redirect("verificar:codigo", hallazgo.sello.codigo.lower())
    return _responder(request, hallazgo, buscado=buscado)


@require_safe
def codigo(request: HttpRequest, codigo: str) -> HttpResponse:
    """El acta con ese código, que es lo que abre el QR; si no hay ninguna, 404 con explicación."""
    demasiado = _de_mas(request, "verificar_codigo")
    traido = {"buscado": codigo[:LARGO].upper(), "falta": verificacion.que_falta(codigo)}
    return demasiado or _responder(request, verificacion.por_codigo(codigo), **traido)


@conditional_page
@require_safe
def paquete(request: HttpRequest, codigo: str) -> HttpResponse:
    """El ZIP con que se comprueba sin el portal. 404 si no se ha publicado o aún no tiene prueba."""
    sello = verificacion.por_codigo(codigo).sello
    if sello is None or not sello.acta.publica:
        raise Http404("No hay un acta publicada con ese código.")
    try:
        contenido = comprobacion.paquete(sello)
    except FileNotFoundError as error:
        raise Http404("El PDF no está en el almacén.") from error
    if contenido is None:
        raise Http404("Todavía no hay un punto de control que la cubra.")
    nombre = f"comprobacion-{sello.codigo.lower()}.zip"
    respuesta = HttpResponse(contenido, content_type="application/zip")
    respuesta["Content-Disposition"] = content_disposition_header(True, nombre) or "attachment"
    respuesta["Cache-Control"] = SIEMPRE_PREGUNTA
    return respuesta


def _de_mas(request: HttpRequest, accion: str) -> HttpResponse | None:
    """429 si desde esa dirección ya se preguntó demasiado; los límites están en `ACCOUNT_RATE_LIMITS`."""
    respuesta: HttpResponse | None = ratelimit.consume_or_429(request, action=accion, limit_get=True)
    return respuesta


def _con_huella(request: HttpRequest, huella: str) -> HttpResponse:
    """La huella que calculó el navegador, o la que alguien copió del papel."""
    if not HUELLA.fullmatch(huella):
        return _con_error(request, "Una huella SHA-256 son 64 cifras y letras de la «a» a la «f».", "codigo")
    hallazgo = verificacion.por_huella(huella)
    return _otro(request, hallazgo, huella) or _responder(request, hallazgo, huella=huella)


def _con_archivo(request: HttpRequest) -> HttpResponse:
    """El archivo que trajeron: se lee para reconocerlo y no se guarda."""
    subido = request.FILES.get("pdf")
    problema = _no_se_puede_leer(subido)
    if subido is None or problema:
        return _con_error(request, problema, "pdf")
    contenido = subido.read()
    hallazgo = verificacion.por_archivo(contenido)
    otro = _otro(request, hallazgo, hashlib.sha256(contenido).hexdigest())
    return otro or _responder(request, hallazgo, nombre=(subido.name or "")[:LARGO])


def _otro(request: HttpRequest, hallazgo: Hallazgo, huella: str) -> HttpResponse | None:
    """La respuesta si no es un acta, sino otro documento que el portal publicó."""
    if hallazgo.veredicto not in (Veredicto.DESCONOCIDA, Veredicto.ALTERADA):
        return None
    reconocido = registro.reconocido(huella)
    if reconocido is None:
        return None
    contexto = {
        "reconocido": reconocido,
        "huella": huella,
        "eslabon": Eslabon.objects.defer("payload").get(n=reconocido.eslabon),
        "punto": PuntoDeControl.objects.filter(tamano__gte=reconocido.eslabon).last(),
        "sitio": settings.SITIO,
    }
    return render(request, "verificar/otro.html", contexto)


def _no_se_puede_leer(subido: "UploadedFile[bytes] | None") -> str:
    """Por qué no se mira el archivo; vacío si se puede."""
    if subido is None:
        return "Elige el archivo que quieres verificar."
    if not subido.size:
        return f"«{(subido.name or '')[:LARGO]}» está vacío (0 bytes): elige otro o descárgalo otra vez."
    if subido.size > settings.ARCHIVO_MAXIMO:
        tope = peso(settings.ARCHIVO_MAXIMO)
        return f"El archivo pesa más de {tope}: escribe mejor su huella SHA-256."
    if getattr(subido, "sin_espacio", False):
        return "El portal no pudo recibir el archivo en este momento. Escribe mejor su código o su huella."
    return ""


def _con_error(request: HttpRequest, frase: str, campo: str, buscado: str = "") -> HttpResponse:
    contexto = _formulario() | {"error": (frase, campo), "campo": campo, "frase": frase, "buscado": buscado}
    return render(request, "verificar/inicio.html", contexto, status=422)


def _formulario() -> dict[str, Any]:
    """Lo que el formulario le dice al navegador."""
    return {"tope": settings.ARCHIVO_MAXIMO, "accept": f"{ACCEPT},.json,.geojson"}


def _responder(request: HttpRequest, hallazgo: Hallazgo, **traido: str) -> HttpResponse:
    """La respuesta, con lo público del acta si se reconoció; lo desconocido es 404."""
    contexto: dict[str, Any] = {
        "hallazgo": hallazgo,
        "dicho": verificada.dicho(hallazgo),
        "con_archivo": hallazgo.via != Via.CODIGO,
        "sitio": settings.SITIO,
    }
    if hallazgo.sello:
        contexto |= verificada.acta(hallazgo.sello)
    desconocida = hallazgo.veredicto == Veredicto.DESCONOCIDA
    return render(request, "verificar/respuesta.html", contexto | traido, status=404 if desconocida else 200)
