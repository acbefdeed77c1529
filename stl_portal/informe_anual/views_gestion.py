"""Armar el informe anual: empezarlo, escribir en sus apartados, verlo en PDF, publicarlo y corregirlo.

A quien no es del órgano se le contesta que no existe; quien solo audita lee y no actúa.
"""

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stl_portal.archivo.entrega import ENCIERRO_PDF
from stl_portal.cuentas import identidad
from stl_portal.errores import FaltaEntrar, choque
from stl_portal.publico.registro import OrganoPublico, organos
from stl_portal.sello.canonico import canonico
from stl_portal.transiciones import TransicionInvalida

from . import escribir, impreso, permisos, registro
from . import publicar as publicacion
from .armar import Armado, armar
from .documento import documento_de
from .forms import FormaApartado, FormaCorreccion, FormaPeriodo
from .guardado import guardar_sola, guardar_todas
from .models import InformeAnual

PAGINA_O_ACTO = ["GET", "HEAD", "POST"]
SOLO_LEES = "Puedes leer este informe, pero prepararlo le toca a quien conduce el órgano."
INVALIDO = HTTPStatus.UNPROCESSABLE_ENTITY


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Los informes de cada órgano suyo, y empezar otro."""
    _exigir_cuenta(request)
    suyos = permisos.organos_que_lee(request.user, timezone.localdate())
    filas = InformeAnual.objects.filter(organo__in=[organo.pk for organo, _ in suyos])
    con_correccion = list(filas.select_related("correccion"))
    por_organo = [
        (organo, prepara, [fila for fila in con_correccion if fila.organo == organo.pk])
        for organo, prepara in suyos
    ]
    return render(request, "informe_anual/gestion/inicio.html", {"por_organo": por_organo})


@require_http_methods(PAGINA_O_ACTO)
def empezar(request: HttpRequest, organo: str) -> HttpResponse:
    """La forma para elegir el periodo, y empezarlo. Si ya hay uno de ese periodo, lleva a él."""
    suyo, hoy = _organo_o_404(request, organo), timezone.localdate()
    forma = FormaPeriodo(request.POST if request.method == "POST" else None, hoy=hoy)
    if forma.is_bound and forma.is_valid():
        dias = {"desde": forma.periodo.desde, "hasta": forma.periodo.hasta}
        ya = InformeAnual.objects.filter(organo=suyo.pk, corrige=None, **dias).first()
        if ya is not None:
            messages.info(request, escribir.YA_HAY)
            return redirect(ya.url_de_trabajo)
        try:
            nuevo = escribir.empezar(suyo, forma.periodo, request.user, timezone.now())
            return redirect(nuevo.url_de_trabajo)
        except ValidationError as error:
            forma.add_error(None, error)
    estado = INVALIDO if forma.is_bound else HTTPStatus.OK
    contexto = {"organo": suyo, "forma": forma}
    return render(request, "informe_anual/gestion/empezar.html", contexto, status=estado)


@require_safe
def informe(request: HttpRequest, clave: str) -> HttpResponse:
    """El informe armado con lo que hoy consta; el publicado se lee en su página."""
    fila = _informe_o_404(request, clave, leer=True)
    armado = armar(fila)
    return _pintar(request, armado, [FormaApartado(parte) for parte in armado.todas])


def _pintar(
    request: HttpRequest, armado: Armado, formas: list[FormaApartado], *, status: int = 200, **extra: Any
) -> HttpResponse:
    fila, hoy = armado.informe, timezone.localdate()
    contexto = {
        "informe": fila,
        "armado": armado,
        "formas": formas,
        "prepara": permisos.prepara(request.user, fila.organo, hoy),
        "impide": list(publicacion.lo_que_impide(armado, hoy)),
        "se_descarta": escribir.se_descarta(fila),
        "historia": fila.historia.select_related("por"),
        "correccion": InformeAnual.objects.filter(corrige=fila).first(),
    }
    return render(request, "informe_anual/gestion/informe.html", contexto | extra, status=status)


@require_POST
def guardar(request: HttpRequest, clave: str) -> HttpResponse:
    """Guarda los apartados; el que trae un error no detiene a los demás. 302, 409 o 422 con lo escrito."""
    fila = _informe_o_404(request, clave)
    armado = armar(fila)
    formas = [FormaApartado(parte, request.POST) for parte in armado.todas]
    try:
        rechazadas, estado = guardar_todas(formas, request.user)
    except ValidationError as error:
        return choque(request, f"{' '.join(error.messages)} Regresa con tu navegador para copiar tu texto.")
    if estado:
        return _pintar(request, armar(fila), formas, status=estado, errores=rechazadas)
    messages.success(request, "Se guardó.")
    if request.POST.get("despues") == "publicar":
        return redirect("informe_anual:publicar", fila.clave)
    return redirect(fila.url_de_trabajo)


@require_POST
def apartado(request: HttpRequest, clave: str, apartado: str) -> HttpResponse:
    """El guardado automático de uno: 200 y la versión nueva, 409 con ambos textos o 422."""
    fila = _informe_o_404(request, clave)
    fuente = next((una for una in registro.en_orden() if una.clave == apartado), None)
    if fuente is None:
        raise Http404("No hay tal apartado.")
    try:
        return guardar_sola(fila, fuente, request.POST, request.user)
    except ValidationError as error:
        return choque(request, f"{' '.join(error.messages)} Copia tu texto.")


@require_safe
def previa(request: HttpRequest, clave: str) -> HttpResponse:
    """El PDF como saldría hoy, marcado como borrador; del publicado, el que se publicó."""
    fila = _informe_o_404(request, clave, leer=True)
    if not fila.se_arma:
        return redirect(fila.publicacion.pdf.a_la_vista)
    hoy = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    documento = canonico(documento_de(armar(fila)))
    contenido = impreso.imprimir(documento, hoy.astimezone(dt.UTC), borrador=True)
    nombre = content_disposition_header(False, f"borrador-{impreso.nombre(fila.clave)}") or "inline"
    cabeceras = {"Content-Disposition": nombre, "Content-Security-Policy": ENCIERRO_PDF}
    return HttpResponse(contenido, content_type="application/pdf", headers=cabeceras)


@require_http_methods(PAGINA_O_ACTO)
def publicar(request: HttpRequest, clave: str) -> HttpResponse:
    """Enseña lo que será público y, al confirmar, lo publica: 302, 409 si ya no procede o 422."""
    fila = _informe_o_404(request, clave)
    identidad.exigir(request, repetir=False)
    if request.method != "POST":
        return _confirmar(request, fila) if fila.se_arma else redirect(fila.url_de_trabajo)
    try:
        publicacion.publicar(fila, request.user, timezone.now())
    except TransicionInvalida:
        ultimo = fila.historia.last()
        if ultimo is None or (ultimo.verbo, ultimo.por_id) != ("publicar", request.user.pk):
            raise
    except ValidationError as error:
        return _confirmar(request, fila, error.messages)
    return redirect(fila)


def _confirmar(request: HttpRequest, fila: InformeAnual, rechazo: list[str] | None = None) -> HttpResponse:
    """La página que dice qué quedará fijo y qué lo impide."""
    armado = armar(fila)
    contexto = {
        "informe": fila,
        "armado": armado,
        "impide": list(publicacion.lo_que_impide(armado, timezone.localdate())),
        "sin_introduccion": publicacion.sin_introduccion(armado),
        "rechazo": rechazo,
    }
    estado = INVALIDO if rechazo else HTTPStatus.OK
    return render(request, "informe_anual/gestion/publicar.html", contexto, status=estado)


@require_http_methods(PAGINA_O_ACTO)
def corregir(request: HttpRequest, clave: str) -> HttpResponse:
    """Pide qué se corrige y abre otro informe igual: 302, 409 si ya hay corrección o 422."""
    fila = _informe_o_404(request, clave)
    identidad.exigir(request, repetir=False)
    forma = FormaCorreccion(request.POST if request.method == "POST" else None)
    estado = HTTPStatus.OK
    if forma.is_bound:
        estado = INVALIDO
        if forma.is_valid():
            try:
                motivo = forma.cleaned_data["motivo"]
                nuevo = escribir.corregir(fila, motivo, request.user, timezone.now())
                return redirect(nuevo.url_de_trabajo)
            except ValidationError as error:
                forma.add_error(None, error)
                estado = HTTPStatus.CONFLICT
    contexto = {"informe": fila, "organo": _organo(fila), "forma": forma}
    return render(request, "informe_anual/gestion/corregir.html", contexto, status=estado)


@require_POST
def descartar(request: HttpRequest, clave: str) -> HttpResponse:
    """Borra el que se empezó por error; 409 si ya se escribió algo en él."""
    fila = _informe_o_404(request, clave)
    try:
        escribir.descartar(fila)
    except ValidationError as error:
        return choque(request, " ".join(error.messages))
    messages.success(request, f"Se descartó: {fila}.")
    return redirect("informe_anual:inicio")


def _exigir_cuenta(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        raise FaltaEntrar


def _organo(fila: InformeAnual) -> OrganoPublico | None:
    return organos(fila.hasta).get(fila.clave_del_organo)


def _organo_o_404(request: HttpRequest, clave: str) -> OrganoPublico:
    """El órgano, si la cuenta prepara sus informes. Lanza `FaltaEntrar`, `Http404` o `PermissionDenied`."""
    _exigir_cuenta(request)
    hoy = timezone.localdate()
    organo = organos(hoy).get(clave)
    if organo is None:
        raise Http404("No hay ese órgano.")
    _puerta(request, organo.pk, leer=False)
    return organo


def _informe_o_404(request: HttpRequest, clave: str, *, leer: bool = False) -> InformeAnual:
    """El informe, si la cuenta lo prepara o, con `leer`, lo audita. Lanza lo mismo que `_organo_o_404`."""
    _exigir_cuenta(request)
    fila = get_object_or_404(InformeAnual.objects.select_related("corrige__publicacion"), clave=clave)
    _puerta(request, fila.organo, leer=leer)
    return fila


def _puerta(request: HttpRequest, organo: int, *, leer: bool) -> None:
    hoy = timezone.localdate()
    if not permisos.lee(request.user, organo, hoy):
        raise Http404("No hay tal informe.")
    if not leer and not permisos.prepara(request.user, organo, hoy):
        raise PermissionDenied(SOLO_LEES)
