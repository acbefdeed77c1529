"""Postular sin cuenta: pedir la liga, escribir a ratos y presentar.

Abrir la liga nunca cambia nada: los programas que revisan el correo abren todas. Cambia el botón. Todo lo
escrito viaja en una sola forma, así ningún botón (guardar, agregar una evidencia, presentar) pierde lo demás.
"""

import datetime as dt
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sesiones.certamenes import acuse as de_acuse
from sesiones.certamenes import postular
from sesiones.certamenes.estados import EstadoPostulacion
from sesiones.certamenes.forms.postular import FormaEmpezar, FormaPostulacion
from sesiones.certamenes.models import CABEN, Certamen, Postulacion
from sesiones.certamenes.postular import Caducada, FueraDePlazo
from stl_portal.archivo.entrega import ENCIERRO_PDF
from stl_portal.avisos.seguir import carpeta_de_correos
from stl_portal.participacion import sello_de_tiempo
from stl_portal.participacion.correos import PARA_CONFIRMAR
from stl_portal.participacion.preguntar import Muchas
from stl_portal.publico.errores import ESPERA
from stl_portal.transiciones import TransicionInvalida
from stl_portal.versiones import VersionRancia, entero

from .publico import publicada_o_404

PAGINA_O_ACTO = ["GET", "HEAD", "POST"]
MUCHAS = "Se han pedido muchas ligas desde tu red o para tu correo. Inténtalo más tarde."
RANCIA = (
    "Guardaste desde otra ventana después de abrir esta. Lo que escribiste aquí sigue en pantalla: si lo "
    "guardas otra vez, sustituye a lo otro."
)


@never_cache
@require_http_methods(PAGINA_O_ACTO)
def empezar(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """Pide el correo y manda la liga: 302, 409 fuera de plazo, 422 o 429."""
    certamen, ahora = publicada_o_404(organo, clave), timezone.now()
    if not certamen.recibe(ahora):
        return _cerrada(request, certamen, HTTPStatus.OK if request.method != "POST" else HTTPStatus.CONFLICT)
    escrito = request.POST if request.method == "POST" else None
    forma = FormaEmpezar(escrito, de=f"certamen:{organo}/{clave}", cuando=ahora)
    if escrito is None:
        return _pedir(request, certamen, forma)
    if not forma.is_valid():
        return _pedir(request, certamen, forma, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not ratelimit.consume(request, action="postular"):
        return _demasiadas(request, certamen, forma, ESPERA)
    try:
        postular.empezar(certamen, forma.cleaned_data["correo"], ahora)
    except Muchas as error:
        return _demasiadas(request, certamen, forma, error.espera)
    return redirect("certamenes:recibida")


def _cerrada(request: HttpRequest, certamen: Certamen, estado: HTTPStatus) -> HttpResponse:
    """Que todavía no abre o que ya cerró, con la hora."""
    contexto = {"c": certamen, "cuenta": certamen.ventana.cuenta(timezone.now())}
    return render(request, "certamenes/cerrada.html", contexto, status=estado)


def _demasiadas(request: HttpRequest, certamen: Certamen, forma: FormaEmpezar, espera: int) -> HttpResponse:
    forma.add_error(None, MUCHAS)
    respuesta = _pedir(request, certamen, forma, HTTPStatus.TOO_MANY_REQUESTS)
    respuesta["Retry-After"] = str(espera)
    return respuesta


def _pedir(
    request: HttpRequest, certamen: Certamen, forma: FormaEmpezar, estado: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """La forma del correo; conserva el sello que todavía sirve."""
    sirve = forma.is_bound and forma.edad is not None and forma.edad <= sello_de_tiempo.MAXIMO
    contexto = {
        "c": certamen,
        "forma": forma,
        "cuenta": certamen.ventana.cuenta(forma.cuando),
        "sello": request.POST["sello"] if sirve else sello_de_tiempo.poner(forma.de, forma.cuando),
        "envio": uuid4().hex,
    }
    return render(request, "certamenes/empezar.html", contexto, status=estado)


@require_safe
def recibida(request: HttpRequest) -> HttpResponse:
    """Qué sigue después de pedir la liga; es igual para todos."""
    contexto = {"dias": PARA_CONFIRMAR.days, "carpeta": carpeta_de_correos()}
    return render(request, "certamenes/recibida.html", contexto)


@never_cache
@require_http_methods(PAGINA_O_ACTO)
def postulacion(request: HttpRequest, llave: str) -> HttpResponse:
    """La página de su liga: confirmar, escribir, presentar o ver el acuse. 404 o, si caducó, 410."""
    # Cuenta cuándo llegó: revisar un archivo grande no puede dejar a nadie fuera de plazo.
    llego = timezone.now()
    try:
        fila = postular.de_la_liga(llave, llego)
    except Postulacion.DoesNotExist:
        return render(request, "certamenes/no_sirve.html", status=HTTPStatus.NOT_FOUND)
    except Caducada:
        return render(request, "certamenes/caducada.html", status=HTTPStatus.GONE)
    if fila.estado == EstadoPostulacion.INICIADA:
        return _por_confirmar(request, fila)
    if fila.presentada:
        return _acuse(request, fila)
    return _escribir(request, fila, llego)


def _por_confirmar(request: HttpRequest, fila: Postulacion) -> HttpResponse:
    if request.method == "POST":
        postular.confirmar(fila, timezone.now())
        return redirect(fila)
    return render(request, "certamenes/confirmar.html", {"p": fila, "c": fila.certamen})


def _acuse(request: HttpRequest, fila: Postulacion) -> HttpResponse:
    """Lo presentado, con su folio. Enviarla otra vez lleva aquí: es la misma."""
    if request.method == "POST":
        return redirect(fila)
    contexto = {
        "p": fila,
        "c": fila.certamen,
        "respuestas": fila.respuestas.select_related("apartado"),
        "evidencias": fila.evidencias.select_related("archivo"),
    }
    return render(request, "certamenes/acuse.html", contexto)


def _escribir(request: HttpRequest, fila: Postulacion, llego: dt.datetime) -> HttpResponse:
    """El borrador: 302 si se guardó o presentó; 409 fuera de plazo; 422 con lo que falta o sobra."""
    if request.method != "POST":
        return _hoja(request, fila, FormaPostulacion(postulacion=fila))
    if request.FILES and not ratelimit.consume(request, action="postular"):
        return _hoja(request, fila, _llena(request, fila, archivos=False), 429, error=MUCHAS)
    forma = _llena(request, fila)
    if not forma.is_valid():
        return _hoja(request, fila, forma, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        return _guardar(request, fila, forma, llego)
    except VersionRancia as error:
        otra: Any = error.actual
        return _hoja(request, fila, forma, HTTPStatus.CONFLICT, error=RANCIA, version=otra.version)
    except TransicionInvalida:  # la presentó, hace un instante, el otro toque del mismo botón
        return redirect(fila)
    except ValidationError as error:
        return _hoja(request, fila, forma, HTTPStatus.UNPROCESSABLE_ENTITY, error=error.messages[0])


def _llena(request: HttpRequest, fila: Postulacion, *, archivos: bool = True) -> FormaPostulacion:
    return FormaPostulacion(request.POST, request.FILES if archivos else None, postulacion=fila)


def _guardar(
    request: HttpRequest, fila: Postulacion, forma: FormaPostulacion, llego: dt.datetime
) -> HttpResponse:
    """Guarda todo y luego hace lo que dice el botón."""
    quitar = entero(request.POST.get("quitar"))
    version = forma.cleaned_data["version"] or 0
    postular.guardar(fila, version, forma.cleaned_data, forma.escritas, forma.pruebas, quitar)
    try:
        postular.exigir_abierta(fila.certamen, llego)
        if "presentar" in request.POST:
            postular.presentar(fila, llego)
    except FueraDePlazo as tarde:
        nueva = FormaPostulacion(postulacion=_de_nuevo(fila))
        frase = f"{tarde.frase} Tu borrador se guardó, pero ya no se puede presentar."
        return _hoja(request, fila, nueva, HTTPStatus.CONFLICT, error=frase)
    except ValidationError as error:
        return _con_faltas(request, fila, error)
    sobran = _sobran(fila)
    if sobran:
        return _con_faltas(request, fila, sobran, titulo="Se guardó el borrador, pero algo no cabe")
    return redirect(f"{fila.get_absolute_url()}{'' if fila.presentada else '?guardada=1'}")


def _sobran(fila: Postulacion) -> ValidationError | None:
    """Las respuestas guardadas que pasan de su tope."""
    if fila.presentada:
        return None
    faltas = postular.faltas(_de_nuevo(fila))
    pasadas = {campo: [frase] for campo, frase in faltas.items() if _no_cabe(frase)}
    return ValidationError(pasadas) if pasadas else None


def _no_cabe(frase: str) -> bool:
    """Si es la de una respuesta que pasa de su tope (`conteo.sobra`)."""
    return frase.startswith("Son ")


def _de_nuevo(fila: Postulacion) -> Postulacion:
    """Como quedó guardada."""
    return Postulacion.objects.select_related("certamen__organo").get(pk=fila.pk)


def _con_faltas(
    request: HttpRequest, fila: Postulacion, faltas: ValidationError, titulo: str = "Falta para presentarla"
) -> HttpResponse:
    """Lo guardado, con cada falta junto a su campo: 422."""
    guardada = _de_nuevo(fila)
    forma = FormaPostulacion(_como_enviada(guardada), postulacion=guardada)
    forma.is_valid()
    for campo, frases in faltas.message_dict.items():
        # Con ese código, la lista de errores dice además de qué pregunta es lo que no cabe.
        codigo = "max_length" if _no_cabe(frases[0]) else "falta"
        forma.add_error(campo, [ValidationError(frase, code=codigo) for frase in frases])
    return _hoja(request, guardada, forma, HTTPStatus.UNPROCESSABLE_ENTITY, titulo=titulo)


def _como_enviada(fila: Postulacion) -> Mapping[str, Any]:
    """Lo guardado, como lo enviaría la página."""
    return FormaPostulacion(postulacion=fila).initial


def _hoja(
    request: HttpRequest,
    fila: Postulacion,
    forma: FormaPostulacion,
    estado: int = HTTPStatus.OK,
    *,
    error: str = "",
    version: int | None = None,
    titulo: str = "",
) -> HttpResponse:
    """La página donde se escribe; después del cierre solo se lee lo que quedó."""
    ahora, certamen = timezone.now(), fila.certamen
    evidencias = list(fila.evidencias.select_related("archivo"))
    contexto = {
        "p": fila,
        "c": certamen,
        "forma": forma,
        "errores": [error, forma],
        "hay_errores": bool(error or forma.errors),
        "version": version or forma["version"].value(),
        "abierta": certamen.recibe(ahora),
        "cuenta": certamen.ventana.cuenta(ahora),
        "evidencias": evidencias,
        "caben": CABEN - len(evidencias),
        "guardada": "guardada" in request.GET,
        "titulo_errores": titulo,
    }
    respuesta = render(request, "certamenes/postulacion.html", contexto, status=estado)
    if estado == HTTPStatus.TOO_MANY_REQUESTS:
        respuesta["Retry-After"] = str(ESPERA)
    return respuesta


@never_cache
@require_safe
def acuse_pdf(request: HttpRequest, llave: str) -> HttpResponse:
    """El acuse en PDF, solo de lo presentado."""
    try:
        fila = postular.de_la_liga(llave, timezone.now())
    except (Postulacion.DoesNotExist, Caducada):
        fila = None
    if fila is None or not fila.presentada:
        return render(request, "certamenes/no_sirve.html", status=HTTPStatus.NOT_FOUND)
    nombre = content_disposition_header(False, de_acuse.nombre(fila)) or "inline"
    cabeceras = {"Content-Disposition": nombre, "Content-Security-Policy": ENCIERRO_PDF}
    return HttpResponse(de_acuse.pdf_de(fila), content_type="application/pdf", headers=cabeceras)
