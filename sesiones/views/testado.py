"""La página donde se decide qué datos del acta no se publican."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sesiones import publica, testados, version_publica
from sesiones.acta import vida
from sesiones.forms.base import FormaInvalida
from sesiones.forms.publica import USUALES, FormaTestado
from sesiones.models import CitaLegal, Sello, Sesion, Testado
from sesiones.sospechas import Sospecha, sospechas
from sesiones.testar import Tachador
from sesiones.views import actas
from sesiones.views.acceso import sesion_o_404
from stl_portal.cuentas import identidad
from stl_portal.firma.errores import FirmaRechazada


@require_http_methods(["GET", "HEAD", "POST"])
def pagina(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """El acta como se publicará y lo marcado; al enviarla, marca otro dato: 302 o 422 con lo que falta."""
    fila, sello = _sellada(request, organo, sesion)
    publicada = sello.acta.publica
    if request.method != "POST":
        forma = FormaTestado(publicada=publicada, initial={"fundamento": _ultimo_fundamento(fila)})
        return _pintar(request, fila, sello, forma)
    if "proponer" in request.POST:  # a la sugerencia le falta algo que solo una persona puede escribir
        escrito = {campo: request.POST.get(campo, "") for campo in ("texto", "motivo", "fundamento")}
        return _pintar(request, fila, sello, FormaTestado(publicada=publicada, initial=escrito))
    if "ver" in request.POST:
        return _ver(request, fila, sello, FormaTestado(request.POST, publicada=publicada))
    if publicada:  # sustituir lo publicado tampoco se deshace
        identidad.exigir(request)
    forma = FormaTestado(request.POST, publicada=publicada)
    try:
        with forma.ejecutar() as datos:
            testados.marcar(sello, request.user, timezone.now(), **datos)
    except FormaInvalida:
        return _pintar(request, fila, sello, forma)
    except FirmaRechazada as error:
        forma.add_error(None, str(error))
        return _pintar(request, fila, sello, forma)
    return redirect(f"{_url(fila)}#marcados")


def _ver(request: HttpRequest, fila: Sesion, sello: Sello, forma: FormaTestado) -> HttpResponse:
    """Cómo quedaría el PDF sin ese dato, antes de decidirlo."""
    try:
        with forma.ejecutar() as datos:
            hoja = testados.previa_con(sello, request.user, timezone.now(), **datos)
    except FormaInvalida:
        return _pintar(request, fila, sello, forma)
    return actas.entregar(hoja)


@require_POST
def quitar(request: HttpRequest, organo: str, sesion: str, pk: int) -> HttpResponse:
    """Quita una marca antes de publicar: 302, o 422 si ya se publicó sin ese dato."""
    fila, sello = _sellada(request, organo, sesion)
    marca = get_object_or_404(Testado.objects.select_related("sello"), pk=pk, sello=sello)
    forma = FormaTestado({}, publicada=sello.acta.publica)
    try:
        testados.quitar(marca)
    except ValidationError as error:
        forma.errors.clear()
        forma.add_error(None, error)
        return _pintar(request, fila, sello, forma)
    return redirect(f"{_url(fila)}#marcados")


@require_POST
def ignorar(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """Deja de proponer un texto a esta cuenta mientras siga en la página."""
    fila, sello = _sellada(request, organo, sesion)
    ignorados = set(request.session.get(_ignorados(sello), []))
    request.session[_ignorados(sello)] = sorted(ignorados | {_huella(request.POST.get("texto", ""))})
    return redirect(f"{_url(fila)}#sugerencias")


@require_safe
def previa(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """La versión pública en PDF como saldría hoy, con marca de borrador."""
    _, sello = _sellada(request, organo, sesion)
    return actas.entregar(version_publica.previa(sello, timezone.now()))


def _sellada(request: HttpRequest, organo: str, sesion: str) -> tuple[Sesion, Sello]:
    """La sesión y la última versión sellada de su acta, para quien conduce; `Http404` si no se ha sellado."""
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    sello = publica.selladas(fila).select_related("acta").last()
    if sello is None:
        raise Http404("El acta no se ha sellado.")
    sello.acta.sesion = fila
    return fila, sello


def _pintar(request: HttpRequest, fila: Sesion, sello: Sello, forma: FormaTestado) -> HttpResponse:
    contenido = version_publica.contenido_de(sello, sello.versiones_publicas.count() + 1)
    veces = {t["numero"]: t["veces"] for t in contenido["version_publica"]["testados"]}
    marcas, fijos = list(sello.testados.all()), testados.ya_sin_publicar(sello)
    contexto: dict[str, Any] = actas.hoja_de(contenido) | {
        "sesion": fila,
        "organo": fila.organo,
        "acta": sello.acta,
        "sello": sello,
        "publicada": sello.acta.publica,
        "hoja": publica.hoja_sin_datos(vida.hoja_de(sello), Tachador(tuple(t.texto for t in marcas))),
        "forma_testado": forma,
        "marcados": [(n, t, veces[n], testados.es_fija(t, fijos)) for n, t in enumerate(marcas, start=1)],
        "razones": list(version_publica.razones(sello)),
        "sugerencias": _sugerencias(request, sello, contenido),
        "usuales": USUALES,
        "fundamentos": _fundamentos(fila),
        "ultimo_fundamento": _ultimo_fundamento(fila),
        "volver": f"{fila.paso_url('acta')}#vida",
        "por_publicar": not sello.acta.publica and vida.acta_de(fila).puede("publicar"),
    }
    return render(request, "sesiones/acta/publica.html", contexto, status=422 if forma.errors else 200)


def sin_testar(request: HttpRequest, sello: Sello) -> list[str]:
    """Lo que parece un dato y nadie ha marcado ni dicho que se publica."""
    textos = publica.tachador_de(sello).textos
    contenido = publica.sin_datos(publica.contenido_sellado(sello), textos)
    return [una.texto for una in _sugerencias(request, sello, contenido)]


def _sugerencias(request: HttpRequest, sello: Sello, contenido: dict[str, Any]) -> list[Sospecha]:
    ignorados = set(request.session.get(_ignorados(sello), []))
    return [una for una in sospechas(contenido) if _huella(una.texto) not in ignorados]


def _ignorados(sello: Sello) -> str:
    return f"sin_testar_{sello.pk}"


def _huella(texto: str) -> str:
    """En la sesión del navegador no se guarda el dato."""
    return hashlib.sha256(texto.encode()).hexdigest()


def _ultimo_fundamento(sesion: Sesion) -> str:
    """El que se escribió la última vez en el órgano."""
    filas = Testado.objects.filter(sello__acta__sesion__organo=sesion.organo).order_by("pk")
    ultimo = filas.values_list("fundamento", flat=True).last()
    return ultimo or ""


def _fundamentos(sesion: Sesion) -> list[str]:
    """Lo que se ofrece al escribir: el último usado y las citas legales en vigor."""
    citas = CitaLegal.objects.filter(organo=sesion.organo).vigentes(sesion.fecha)
    todos = [_ultimo_fundamento(sesion), *citas.values_list("texto", flat=True)]
    return list(dict.fromkeys(filter(None, todos)))


def _url(sesion: Sesion) -> str:
    return reverse("actas:publica", args=(sesion.organo.clave, sesion.clave))
