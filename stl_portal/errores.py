"""Los errores del dominio se vuelven páginas claras en un solo lugar."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.urls import get_resolver

from stl_portal.archivo import deposito
from stl_portal.datos.api.errores import error as en_json
from stl_portal.datos.api.errores import es_de_la_interfaz
from stl_portal.guardas import PREFIJO, PREFIJO_SELLADA
from stl_portal.paginacion import PaginaMalEscrita
from stl_portal.transiciones import TransicionInvalida

SOLO_LEER = ("GET", "HEAD")
# Lo que nunca se devuelve al navegador al reponer un formulario.
_RESERVADOS = {"csrfmiddlewaretoken", "version"}


NO_SE_GUARDO = (
    "No se guardó nada de este envío, y nada de lo anterior se perdió. Lo que escribiste sigue aquí: espera "
    "un minuto y presiona «Enviar de nuevo»."
)


class FaltaEntrar(Exception):
    """La cuenta no ha entrado o su sesión caducó."""


def es_autoguardado(request: HttpRequest) -> bool:
    """Si la petición viene del guardado automático y espera JSON."""
    return "X-Autoguardado" in request.headers


def reponer(request: HttpRequest, titulo: str, explicacion: str, status: int) -> HttpResponse:
    """Página que devuelve lo escrito para enviarlo otra vez: nada se pierde por una sesión caducada.

    Solo repone lo enviado desde el propio portal, para que un sitio ajeno no prepare el envío.
    """
    propio = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    enviado = request.POST.lists() if propio else []
    campos = [
        (n, v) for n, valores in enviado for v in valores if n not in _RESERVADOS and "password" not in n
    ]
    contexto = {
        "titulo": titulo,
        "explicacion": explicacion,
        "campos": campos,
        "version": request.POST.get("version", ""),
        "entrar": not request.user.is_authenticated,
    }
    return render(request, "reponer.html", contexto, status=status)


def a_entrar(request: HttpRequest) -> HttpResponse:
    """Manda a entrar y volver; si venía texto, lo conserva en pantalla."""
    if es_autoguardado(request):
        return JsonResponse({"error": "entrar", "mensaje": "Tu sesión caducó."}, status=401)
    if request.method == "POST":
        return reponer(
            request,
            "Tu sesión caducó",
            "Lo que escribiste sigue aquí. Entra en otra pestaña y luego presiona «Enviar de nuevo».",
            401,
        )
    return redirect_to_login(request.get_full_path())


def choque(request: HttpRequest, frase: str) -> HttpResponse:
    """409: lo pedido ya no procede por como están las cosas ahora."""
    if es_autoguardado(request):
        return JsonResponse({"error": "estado", "mensaje": frase}, status=409)
    contexto = {"motivo": frase, "volver_a": request.META.get("HTTP_REFERER", "/mi/")}
    return render(request, "409.html", contexto, status=409)


def sin_almacen(request: HttpRequest, caido: deposito.AlmacenCaido) -> HttpResponse:
    """503: los archivos no están a la mano; lo que se estaba enviando se devuelve para enviarlo otra vez."""
    estado = HTTPStatus.SERVICE_UNAVAILABLE
    if es_de_la_interfaz(request):
        respuesta = en_json(estado, "sin_almacen", str(caido))
    elif es_autoguardado(request):
        respuesta = JsonResponse({"error": "sin_almacen", "mensaje": str(caido)}, status=estado)
    elif request.method == "POST":
        respuesta = reponer(request, "Los archivos no responden en este momento", NO_SE_GUARDO, estado)
    else:
        respuesta = render(request, "503_archivos.html", status=estado)
    respuesta["Retry-After"], respuesta["Cache-Control"] = str(deposito.ESPERA), "no-store"
    return respuesta


def _contesto_la_pagina(respuesta: HttpResponse) -> bool:
    """Si a quien preguntó qué se admite se le contestó con la página misma, como si la pidiera."""
    de_pagina = respuesta.get("Content-Type", "").startswith("text/html")
    return respuesta.status_code == HTTPStatus.OK and de_pagina and "Allow" not in respuesta


class ErroresDelDominio:
    """Atiende lo que ninguna vista atendió: transición ilegal (409) y falta de entrada."""

    def __init__(self, siguiente: Callable[[HttpRequest], HttpResponse]) -> None:
        """Recibe el siguiente eslabón de la cadena."""
        self.siguiente = siguiente

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Deja pasar la petición; a un 405, que Django manda vacío, le pone página y salida."""
        if "\0" in request.path_info:  # ninguna dirección lo lleva, y PostgreSQL no admite ni preguntarlo
            no_encontrada: Callable[..., HttpResponse] = get_resolver().resolve_error_handler(404)
            return no_encontrada(request, Http404())
        nunca = HttpResponseNotAllowed(SOLO_LEER)
        # La interfaz de lectura ya se niega sola, y en JSON.
        sin_mirar = request.method == "TRACE" and not es_de_la_interfaz(request)
        respuesta = nunca if sin_mirar else self.siguiente(request)
        if request.method == "OPTIONS" and _contesto_la_pagina(respuesta):
            respuesta = nunca
        en_json = respuesta.get("Content-Type") == "application/json"  # ya trae su frase, para un programa
        sin_pagina = not en_json and not es_autoguardado(request)
        if respuesta.status_code == HTTPStatus.METHOD_NOT_ALLOWED and sin_pagina:
            pagina = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            pagina["Allow"] = respuesta.get("Allow", "")
            return pagina
        return respuesta

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Atiende solo los errores del dominio; lo demás sigue su camino."""
        if isinstance(error, FaltaEntrar):
            return a_entrar(request)
        if isinstance(error, PaginaMalEscrita):
            contexto = {"motivo": str(error), "salidas": error.salidas}
            return render(request, "422.html", contexto, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if isinstance(error, TransicionInvalida):
            return choque(request, error.frase)
        if isinstance(error, deposito.AlmacenCaido):
            return sin_almacen(request, error)
        if isinstance(error, IntegrityError) and PREFIJO in str(error):
            return choque(request, "Otra persona registró al mismo tiempo un periodo que se encima con este.")
        if isinstance(error, IntegrityError) and PREFIJO_SELLADA in str(error):
            return choque(request, "Ya está sellado: no se cambia ni se borra.")
        return None
