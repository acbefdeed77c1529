"""Lo que la forma de e.firma manda y espera de vuelta (véase `static/js/firma/tramite.js`)."""

from base64 import b64decode, b64encode

from django.http import HttpRequest, JsonResponse

from stl_portal.firma import errores
from stl_portal.firma.certificados import TAMANO_MAXIMO
from stl_portal.firma.preparacion import Preparacion

FIRMA_MAXIMA = 2_000  # caracteres en base64; una de RSA de 8192 bits mide 1 368


def certificado(request: HttpRequest) -> bytes:
    """Los bytes del `.cer` recibido. `PeticionMalHecha` si no vino o es enorme."""
    archivo = request.FILES.get("cer")
    if archivo is None or not archivo.size or archivo.size > TAMANO_MAXIMO:
        raise errores.PeticionMalHecha(errores.CertificadoIlegible.frase)
    contenido: bytes = archivo.read()
    return contenido


def firma(request: HttpRequest) -> bytes:
    """Los bytes de la firma recibida. `PeticionMalHecha` si no vino o no es base64."""
    texto = request.POST.get("firma", "")
    if not texto or len(texto) > FIRMA_MAXIMA:
        raise errores.PeticionMalHecha(errores.FirmaAlterada.frase)
    try:
        return b64decode(texto, validate=True)
    except ValueError:
        raise errores.PeticionMalHecha(errores.FirmaAlterada.frase) from None


def preparada(ficha: str, preparacion: Preparacion) -> JsonResponse:
    """Lo que el navegador debe firmar; `ficha` es con qué se reconocerá esta preparación al volver."""
    return JsonResponse({"ficha": ficha, "atributos": b64encode(preparacion.atributos).decode()})


def puesta(destino: str) -> JsonResponse:
    """La firma quedó; `destino` es a dónde va la persona."""
    return JsonResponse({"destino": destino})


def rechazo(motivo: errores.FirmaRechazada) -> JsonResponse:
    """La frase del rechazo: 422, o 400 si la petición venía mal hecha.

    Si solo se adelantó alguien (409), el navegador repite sin molestar.
    """
    estado = {errores.PreparacionVencida: 409, errores.PeticionMalHecha: 400}.get(type(motivo), 422)
    return JsonResponse({"mensaje": motivo.frase, "repetir": estado == 409}, status=estado)
