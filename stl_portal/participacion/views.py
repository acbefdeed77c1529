"""Preguntar sin cuenta, confirmar desde el correo y leer lo que se respondió.

Abrir una liga nunca cambia nada: los programas que revisan el correo abren todas. Cambia el botón.
"""

import datetime as dt
from http import HTTPStatus
from uuid import uuid4

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stl_portal import limites
from stl_portal.avisos.seguir import carpeta_de_correos
from stl_portal.paginacion import pagina_pedida

from . import balance, correos, preguntar, registro, sello_de_tiempo
from .estados import EstadoPregunta
from .filtro import FiltroPreguntas
from .forms import FormaPregunta
from .lectura import estado_dicho, leer
from .models import MAXIMO, Pregunta
from .registro import Objeto

POR_PAGINA = 20
PAGINA_O_ACTO = ["GET", "HEAD", "POST"]
MUCHAS = "Se han recibido muchas desde tu red o tu correo. Lo que escribiste sigue aquí: envíalo más tarde."
REPETIDA = "Ya recibimos ese mismo texto sobre esto: no hace falta enviarlo otra vez."


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Todas las publicadas, primero las que esperan respuesta, y las cuentas de cada órgano."""
    hoy = timezone.localdate()
    balances = balance.por_organo(hoy)
    organos = {uno.organo.pk: uno.organo for uno in balances}
    filtro = FiltroPreguntas(request.GET, organos=organos.values(), al=hoy)
    filas = filtro.aplicar(Pregunta.objects.visibles()).lo_que_espera_primero()
    pagina = pagina_pedida(request, filas.prefetch_related("respuestas"), POR_PAGINA)
    consulta = request.GET.copy()
    consulta.pop("page", None)
    contexto = {
        "filtro": filtro,
        "pagina": pagina,
        "leidas": leer(pagina, hoy, organos=organos),
        "balances": balances,
        "consulta": consulta.urlencode(),
        "hoy": hoy,
        "donde": [clase.donde for clase in registro.OBJETOS.values()],
    }
    estado = HTTPStatus.OK if filtro.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "participacion/lista.html", contexto, status=estado)


@require_safe
def pregunta(request: HttpRequest, folio: str) -> HttpResponse:
    """Una, en su dirección permanente. La retirada dice por qué (410); lo demás, para nadie existe."""
    retirada = Pregunta.objects.filter(folio=folio, estado=EstadoPregunta.RETIRADA).first()
    if retirada is not None:
        return render(request, "participacion/retirada.html", {"p": retirada}, status=HTTPStatus.GONE)
    visibles = Pregunta.objects.visibles().prefetch_related("respuestas")
    leida = leer([get_object_or_404(visibles, folio=folio)])[0]
    return render(request, "participacion/pregunta.html", {"leida": leida, "p": leida.pregunta})


@never_cache
@require_http_methods(PAGINA_O_ACTO)
def nueva(request: HttpRequest, clase: str, clave: str) -> HttpResponse:
    """La forma para preguntar o comentar de algo público."""
    objeto = registro.buscar(clase, clave)
    if objeto is None:
        raise Http404("No hay nada público con esa clave.")
    ahora = timezone.now()
    escrito = request.POST if request.method == "POST" else None
    forma = FormaPregunta(escrito, de=f"{clase}:{objeto.clave}", cuando=ahora)
    if escrito is None:
        return _forma(request, clase, objeto, forma)
    if not forma.is_valid():
        return _forma(request, clase, objeto, forma, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not ratelimit.consume(request, action="preguntar"):
        return _demasiadas(request, clase, objeto, forma, limites.espera(request))
    try:
        preguntar.recibir(clase, objeto, forma.cleaned_data, request.POST.get("envio", ""), ahora)
    except preguntar.Repetida:
        forma.add_error("texto", REPETIDA)
        return _forma(request, clase, objeto, forma, HTTPStatus.UNPROCESSABLE_ENTITY)
    except preguntar.Muchas as error:
        return _demasiadas(request, clase, objeto, forma, error.espera)
    return redirect("preguntas:recibida")


def _demasiadas(
    request: HttpRequest, clase: str, objeto: Objeto, forma: FormaPregunta, espera: int
) -> HttpResponse:
    """429 con lo escrito a la vista y cuánto hay que esperar."""
    forma.add_error(None, MUCHAS)
    respuesta = _forma(request, clase, objeto, forma, HTTPStatus.TOO_MANY_REQUESTS)
    respuesta["Retry-After"] = str(espera)
    return respuesta


def _forma(
    request: HttpRequest,
    clase: str,
    objeto: Objeto,
    forma: FormaPregunta,
    estado: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """La página de la forma. Conserva el sello que todavía sirve; al caducado le pone otro."""
    hoy = timezone.localdate()
    sirve = forma.is_bound and forma.edad is not None and forma.edad <= sello_de_tiempo.MAXIMO
    sello = request.POST["sello"] if sirve else sello_de_tiempo.poner(forma.de, forma.cuando)
    contexto = {
        "forma": forma,
        "objeto": objeto,
        "clase": registro.OBJETOS[clase],
        "organo": registro.sede().organos([objeto.organo], hoy).get(objeto.organo),
        "dias": registro.dias_para_responder(objeto.organo, hoy),
        "sello": sello,
        "envio": request.POST.get("envio") or uuid4().hex,
        "tope": MAXIMO,
    }
    return render(request, "participacion/nueva.html", contexto, status=estado)


@require_safe
def recibida(request: HttpRequest) -> HttpResponse:
    """Qué sigue después de enviarla; es igual para todos."""
    contexto = {"dias": correos.PARA_CONFIRMAR.days, "carpeta": carpeta_de_correos()}
    return render(request, "participacion/recibida.html", contexto)


@never_cache
@require_http_methods(PAGINA_O_ACTO)
def confirmar(request: HttpRequest, llave: str) -> HttpResponse:
    """Su liga: confirma, dice en qué va y, si lo pide, borra su correo. 409 si ya estaba."""
    ahora: dt.datetime = timezone.now()
    try:
        if request.method == "POST":
            if "olvidar" in request.POST:
                preguntar.olvidar(llave)
            else:
                preguntar.confirmar(llave, ahora)
            return redirect("preguntas:confirmar", llave)
        fila = preguntar.por_confirmar(llave, ahora)
    except Pregunta.DoesNotExist:
        return render(request, "participacion/no_sirve.html", status=HTTPStatus.NOT_FOUND)
    except preguntar.Caducada:
        return render(request, "participacion/caducada.html", status=HTTPStatus.GONE)
    except preguntar.Repetida as error:
        ya = error.cual if error.cual.publica else None
        return render(request, "participacion/repetida.html", {"ya": ya}, status=HTTPStatus.CONFLICT)
    leida = leer([fila])[0]
    contexto = {"leida": leida, "p": fila, "estado": estado_dicho(fila, leida.al)}
    return render(request, "participacion/confirmar.html", contexto)
