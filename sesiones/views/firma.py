"""Firmar el acta sellada: cada quien en su lugar y a su modo; quien conduce sube lo firmado a mano."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sesiones import firmar, pedir_firmas
from sesiones.forms.base import FormaInvalida
from sesiones.forms.firma import FormaEscaneo, FormaNegarse, FormaSimple
from sesiones.models import LugarDeFirma, Preparacion
from stl_portal.archivo.veredicto import ArchivoRechazado
from stl_portal.cuentas import identidad, segundo_factor
from stl_portal.errores import FaltaEntrar
from stl_portal.firma import peticiones
from stl_portal.firma.errores import FirmaRechazada
from stl_portal.firma.preparacion import Preparacion as Preparada
from stl_portal.transiciones import TransicionInvalida

from . import hoja_de_firmas as puerta
from .mesa.una_vez import una_vez

LISTA = "Tu firma quedó en el acta."
SIN_DOS_PASOS = "Para firmar así, primero activa la verificación en dos pasos."
CADUCO = "Tu sesión caducó. Entra otra vez en otra pestaña y vuelve a intentarlo: nada se firmó."
SIN_ASENTAR = "Nada se asentó. Identifícate y vuelve a elegir la hoja escaneada."
Forma = Any
Accion = Callable[[HttpRequest, LugarDeFirma], None]


@require_safe
def hoja(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """Qué se firma, quién ha firmado y, para quien tiene un lugar, cómo firmar en él."""
    return _pintar(request, puerta.hoja_o_404(request, organo, sesion))


def _pintar(request: HttpRequest, hoja: puerta.Hoja, *, status: int = 200, **cambios: Any) -> HttpResponse:
    """La página, con los formularios que toquen o con los que se rechazaron."""
    formas: dict[str, Any] = {"forma_negarse": FormaNegarse(ultima=hoja.ultima)}
    contexto = puerta.contexto(request, hoja) | {**formas, **cambios}
    return render(request, "sesiones/firma/hoja.html", contexto, status=status)


def acto(funcion: Accion) -> Callable[..., HttpResponse]:
    """Convierte una función en un POST sobre el lugar propio.

    Vuelve a la hoja (302) o la repinta diciendo por qué no: 422 si es por lo escrito, 409 si es por
    cómo están las cosas. Nada cambia cuando se rechaza.
    """

    @require_POST
    @wraps(funcion)
    def vista(request: HttpRequest, organo: str, sesion: str, lugar: int) -> HttpResponse:
        mio = puerta.lugar_o_404(request, organo, sesion, lugar)
        try:
            funcion(request, mio)
        except RECHAZOS as error:
            return _rechazado(request, organo, sesion, error)
        return redirect(puerta.destino(mio.sello.acta.sesion))

    return vista


RECHAZOS = (FormaInvalida, ValidationError, FirmaRechazada, ArchivoRechazado)


def _rechazado(request: HttpRequest, organo: str, sesion: str, error: Exception) -> HttpResponse:
    """La hoja como está ahora y la frase; si mientras tanto ya firmó (dos clics), no hay nada que decir."""
    actual = puerta.hoja_o_404(request, organo, sesion)
    if actual.mio and actual.mio.lugar.firmado:
        return redirect(puerta.destino(actual.sesion))
    if isinstance(error, FormaInvalida):
        forma: Forma = error.forma
        return _pintar(request, actual, status=422, con_errores=forma, **{forma.nombre: forma})
    frases = error.messages if isinstance(error, ValidationError) else [str(error)]
    return _pintar(request, actual, status=409, con_errores=frases)


@sensitive_post_parameters("password", "code")
@acto
def simple(request: HttpRequest, lugar: LugarDeFirma) -> None:
    """Firma simple: contraseña y segundo paso otra vez, en la página que muestra qué se firma."""
    if not segundo_factor.activo(request.user):
        raise ValidationError(SIN_DOS_PASOS)
    forma = FormaSimple(request.POST, user=request.user)
    if not forma.is_valid():
        raise FormaInvalida(forma)
    forma.save()
    firmar.simple(lugar, request.user, timezone.now(), metodo=forma.metodo)
    messages.success(request, LISTA)


@acto
def negarse(request: HttpRequest, lugar: LugarDeFirma) -> None:
    """Deja constancia de que no firma, y por qué; si con eso se cierra la hoja, tiene que confirmarlo."""
    ultima = [fila.pk for fila in firmar.por_firmar(lugar.sello)] == [lugar.pk]
    forma = FormaNegarse(request.POST, ultima=ultima)
    with forma.ejecutar() as datos:
        firmar.negarse(lugar, request.user, timezone.now(), motivo=datos["motivo"])
    messages.success(request, "Quedó constancia de que no firmas y por qué.")


@require_http_methods(["GET", "HEAD", "POST"])
def escaneo(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """La página donde se sube la hoja firmada a mano: vale para todas las personas marcadas, o para ninguna.

    Da fe de la firma de otras personas: pide haberse identificado hace poco y a cada una se le avisa.
    """
    actual = puerta.hoja_o_404(request, organo, sesion, conducir=True)
    if request.method == "POST" and not identidad.es_reciente(request):
        messages.warning(request, SIN_ASENTAR)  # el archivo no espera a que se confirme
    identidad.exigir(request, repetir=False)
    vuelta = puerta.destino(actual.sesion).replace("#mi-firma", "#hoja-de-firmas")
    if request.method != "POST":
        if not actual.por_firmar:
            return redirect(vuelta)
        return _pagina_de_escaneo(request, actual, FormaEscaneo(faltan=actual.por_firmar))

    def subir() -> str:
        _asentar_escaneo(request, actual)
        return vuelta

    try:
        return redirect(una_vez(request, subir))
    except FormaInvalida as error:
        return _pagina_de_escaneo(request, actual, error.forma, status=422)
    except RECHAZOS as error:
        return _rechazado(request, organo, sesion, error)


def _pagina_de_escaneo(
    request: HttpRequest, hoja: puerta.Hoja, forma: Forma, *, status: int = 200
) -> HttpResponse:
    """La forma, en blanco o con lo que se rechazó."""
    contexto = {"hoja": hoja, "sesion": hoja.sesion, "organo": hoja.sesion.organo, "forma": forma}
    return render(request, "sesiones/firma/escaneo.html", contexto, status=status)


def _asentar_escaneo(request: HttpRequest, hoja: puerta.Hoja) -> None:
    """Todas las firmas de la hoja en una transacción. Lanza `FormaInvalida` y lo que lance `firmar`."""
    if hoja.sello is None or not hoja.abierta:
        raise ValidationError("El acta no está abierta a firmas.")
    forma = FormaEscaneo(request.POST, request.FILES, faltan=hoja.por_firmar)
    forma.fields["archivo"].por = request.user  # type: ignore[attr-defined]  # es un CampoArchivo
    with forma.ejecutar() as datos, transaction.atomic():
        for lugar in hoja.por_firmar:
            if lugar.pk in datos["lugares"]:
                firmar.autografa(lugar, request.user, timezone.now(), datos["archivo"])
                pedir_firmas.avisar_autografa(lugar, request.user)
    cuantas = len(datos["lugares"])
    messages.success(
        request,
        "Se asentó la firma autógrafa." if cuantas == 1 else f"Se asentaron {cuantas} firmas autógrafas.",
    )


def en_json(vista: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """Los rechazos, como los espera `static/js/firma/tramite.js`: una frase y su estado."""

    @require_POST
    @wraps(vista)
    def envuelta(request: HttpRequest, organo: str, sesion: str, lugar: int) -> JsonResponse:
        try:
            return vista(request, puerta.lugar_o_404(request, organo, sesion, lugar))
        except FirmaRechazada as motivo:
            return peticiones.rechazo(motivo)
        except (ValidationError, ArchivoRechazado, TransicionInvalida) as motivo:
            return _no(_frase(motivo), 409)
        except FaltaEntrar:
            return _no(CADUCO, 401)
        except PermissionDenied as motivo:
            return _no(str(motivo), 403)
        except Http404:
            return _no("No se encontró tu lugar en la hoja de firmas.", 404)

    return envuelta


def _frase(motivo: Exception) -> str:
    match motivo:
        case ValidationError():
            return " ".join(motivo.messages)
        case TransicionInvalida():
            return motivo.frase
    return str(motivo)


def _no(mensaje: str, estado: int, *, repetir: bool = False) -> JsonResponse:
    return JsonResponse({"mensaje": mensaje, "repetir": repetir}, status=estado)


@en_json
def preparar(request: HttpRequest, lugar: LugarDeFirma) -> JsonResponse:
    """Recibe el certificado y aparta el turno: 200 con lo que hay que firmar."""
    turno = firmar.tomar_turno(lugar, request.user, timezone.now(), peticiones.certificado(request))
    return peticiones.preparada(turno.clave, Preparada.de_datos(json.loads(bytes(turno.datos))))


@en_json
def terminar(request: HttpRequest, lugar: LugarDeFirma) -> JsonResponse:
    """Recibe la firma y la pone; si el turno se perdió en medio, pide repetir (409)."""
    clave, ahora = request.POST.get("ficha", ""), timezone.now()
    turno = Preparacion.objects.filter(clave=clave, por=request.user.pk, lugar=lugar, vence__gte=ahora)
    if not turno.exists():
        return _no("Tu turno para firmar terminó o ya se usó.", 409, repetir=True)
    firmar.avanzada(clave, request.user, ahora, peticiones.firma(request))
    messages.success(request, LISTA)
    # Sin «#…»: la página es la misma y el navegador solo la vuelve a pedir si la dirección no trae ancla.
    return peticiones.puesta(pedir_firmas.url_de_firma(lugar.sello.acta.sesion))
