"""Ver en PDF cómo quedará un corte, publicarlo y abrir la corrección del que ya se publicó."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from ejes.cortes import editar_corte, impreso
from ejes.cortes import publicar as publicacion
from ejes.cortes.documento import documento_de
from ejes.forms.cortes import FormaCorreccion
from ejes.models import Corte
from sesiones.forms.base import FormaInvalida
from sesiones.views.mesa.una_vez import una_vez
from stl_portal.archivo.entrega import ENCIERRO_PDF
from stl_portal.cuentas import identidad
from stl_portal.sello.canonico import canonico
from stl_portal.transiciones import TransicionInvalida

from .cortes import LEE_Y_ESCRIBE, corte_o_404, cuadro_del, faltas_de, marco


@require_safe
def previa(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """El PDF como saldría hoy, marcado como borrador; del publicado, el que se publicó."""
    corte = corte_o_404(request, plan, numero)
    if not corte.se_arma:
        return redirect(corte.publicacion.pdf.a_la_vista)
    cuadro = cuadro_del(corte)
    hoy = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    contenido = impreso.informe(
        cuadro,
        canonico(documento_de(cuadro)),
        hoy.astimezone(dt.UTC),
        contra=publicacion.comparaciones(corte, cuadro),
        borrador=True,
    )
    nombre = content_disposition_header(False, f"borrador-{impreso.nombre(cuadro)}") or "inline"
    cabeceras = {"Content-Disposition": nombre, "Content-Security-Policy": ENCIERRO_PDF}
    return HttpResponse(contenido, content_type="application/pdf", headers=cabeceras)


@require_http_methods(LEE_Y_ESCRIBE)
def publicar(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Enseña lo que será público y, al confirmar, lo publica: 302, 409 si ya no procede o 422."""
    corte = corte_o_404(request, plan, numero, conducir=True)
    identidad.exigir(request, repetir=False)
    if request.method != "POST":
        return _confirmar(request, corte) if corte.se_arma else redirect(corte.url_de_trabajo)
    try:
        publicacion.publicar(corte, request.user, timezone.now())
    except TransicionInvalida:
        ultimo = corte.historia.last()
        if ultimo is None or (ultimo.verbo, ultimo.por_id) != ("publicar", request.user.pk):
            raise
    except ValidationError as error:
        return _confirmar(request, corte, error.messages)
    return redirect(corte.url_de_trabajo)


def _confirmar(request: HttpRequest, corte: Corte, rechazo: list[str] | None = None) -> HttpResponse:
    """La página que dice qué quedará fijo y qué lo impide."""
    cuadro = cuadro_del(corte)
    contexto = marco(request, corte.plan) | {
        "corte": corte,
        "cuadro": cuadro,
        "faltas": faltas_de(corte, cuadro),
        "rechazo": rechazo,
    }
    return render(request, "ejes/cortes/publicar.html", contexto, status=422 if rechazo else 200)


@require_http_methods(LEE_Y_ESCRIBE)
def corregir(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Pide qué se corrige y abre un corte nuevo igual al publicado: 302, 409 o 422."""
    corte = corte_o_404(request, plan, numero, conducir=True)
    identidad.exigir(request, repetir=False)
    if request.method != "POST":
        return _pedir_motivo(request, corte, FormaCorreccion(), 200)
    try:
        return redirect(una_vez(request, lambda: _corregir(request, corte)))
    except FormaInvalida as error:
        errores = [e for lista in error.forma.errors.as_data().values() for e in lista]
        status = 409 if any(e.code == "estado" for e in errores) else 422
        return _pedir_motivo(request, corte, error.forma, status)


def _corregir(request: HttpRequest, corte: Corte) -> str:
    forma = FormaCorreccion(request.POST)
    with forma.ejecutar() as datos:
        nuevo = editar_corte.corregir(corte, datos["motivo"])
        return nuevo.url_de_trabajo


def _pedir_motivo(request: HttpRequest, corte: Corte, forma: object, status: int) -> HttpResponse:
    contexto = marco(request, corte.plan) | {"corte": corte, "forma": forma}
    return render(request, "ejes/cortes/corregir.html", contexto, status=status)
