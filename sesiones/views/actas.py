"""Paso 6: el acta completa, párrafo por párrafo, su vida y sus documentos."""

import json
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from sesiones import faltantes
from sesiones.acta import edicion, imprenta, vida
from sesiones.acta.documento import bloques_de
from sesiones.acta.edicion import Borrador, Parrafo
from sesiones.faltantes import Falta
from sesiones.forms.actas import (
    FormaDescartar,
    FormaDevolver,
    FormaEstilo,
    FormaFeDeErratas,
    FormaParrafo,
    base_de,
    mismo_texto,
)
from sesiones.models import Acta, Publicacion, Sello, Sesion
from sesiones.models.sellado import pdf_actual
from sesiones.numeracion import ordinal_acuerdo
from sesiones.views.acceso import sesion_o_404
from stl_portal.archivo.models import Archivo
from stl_portal.errores import es_autoguardado
from stl_portal.espanol import con_articulo
from stl_portal.versiones import VersionRancia, entero

from .mesa.base import accion, pintar
from .mesa.guardado import conflicto, rechazo

PASOS = {
    "convocatoria": "la convocatoria",
    "asistencia": "la asistencia",
    "orden": "el orden del día",
    "desahogo": "el desahogo",
    "cierre": "el cierre",
}


def contexto(request: HttpRequest, sesion: Sesion, **_: Any) -> dict[str, Any]:
    """La vida del acta y su texto: el que se trabaja o, ya sellada, el que se selló."""
    acta = vida.acta_de(sesion)
    sello = vida.sello_de(acta)
    versiones = vida.versiones_selladas(sesion)
    de_la_vida = {
        "acta": acta,
        "sello": sello,
        "editable": acta.en_trabajo,
        "versiones": [fila for fila in versiones if fila.acta_id != acta.pk],
        "forma_errata": FormaFeDeErratas(),
        "forma_devolver": FormaDevolver(),
        "forma_descartar": FormaDescartar(),
        "convocada": pdf_emitido(sesion) is not None,
        "por_convocar": sesion.puede("convocar"),
    }
    return de_la_vida | (_sellada(acta, sello) if sello else _en_papel(request, acta))


def _sellada(acta: Acta, sello: Sello) -> dict[str, Any]:
    """El texto fijo y la hoja de firmas; ninguna otra fila decide lo que se lee."""
    firmas = vida.hoja_de(sello)
    return hoja_sellada(sello) | {
        "hoja": firmas,
        "etapas": vida.etapas(acta, acta.rondas.last(), firmas),
        "siguiente": vida.siguiente(acta, None, []),
    }


def _en_papel(request: HttpRequest, acta: Acta) -> dict[str, Any]:
    """El acta como va, lo que falta para lo que sigue y el párrafo abierto para editarse."""
    sesion, borrador = acta.sesion, edicion.borrador(acta.sesion)
    editando = request.GET.get("editar", "") if acta.en_trabajo else ""
    enlaces, ultima = _donde_se_corrige(borrador), acta.rondas.last() if acta.pk else None
    return hoja(borrador) | {
        "parrafos": [
            (p, enlaces.get(p.bloque.clave, enlaces.get(p.bloque.paso)), p.bloque.clave == editando)
            for p in borrador.parrafos
        ],
        "huerfanas": borrador.huerfanas,
        "etapas": vida.etapas(acta, ultima, []),
        "siguiente": vida.siguiente(acta, borrador, faltas(borrador), ultima),
        "forma_estilo": FormaEstilo(initial={"estilo": sesion.estilo, "renglones": sesion.renglones}),
        "acuerdos": [(a.numero, a.ordinal) for a in borrador.hechos.acuerdos],
    }


def _donde_se_corrige(borrador: Borrador) -> dict[str, tuple[str, str]]:
    """Dónde se capturan los datos, dirección y nombre: por paso; los de un acuerdo, en su punto."""
    sesion = borrador.sesion
    pasos = {paso: (sesion.paso_url(paso), dicho) for paso, dicho in PASOS.items()}
    return pasos | {
        f"acuerdo-{acuerdo.id}": (f"{_url_del_punto(sesion, punto.id)}#acuerdo-{acuerdo.numero}", "su punto")
        for punto in borrador.hechos.puntos
        for acuerdo in punto.acuerdos
    }


def _url_del_punto(sesion: Sesion, punto: int) -> str:
    return reverse("mesa:punto", args=(sesion.organo.clave, sesion.clave, punto))


def hoja(borrador: Borrador) -> dict[str, Any]:
    """Lo que dibuja el acta en pantalla, con las mismas plantillas que el PDF."""
    h = borrador.hechos
    return {
        "h": h,
        "titulo": f"Acta de la {h.designacion}",
        "del_organo": con_articulo(h.organo, "de"),
        "bloques": borrador.bloques,
        "estilo": borrador.estilo,
    }


def hoja_sellada(sello: Sello) -> dict[str, Any]:
    """Lo mismo que `hoja`, leído del documento sellado."""
    return hoja_de(json.loads(bytes(sello.documento)))


def hoja_de(contenido: dict[str, Any]) -> dict[str, Any]:
    """Lo mismo, de cualquier documento con la forma del sellado."""
    return {
        "contenido": contenido,
        "titulo": contenido["titulo"],
        "del_organo": con_articulo(contenido["sesion"]["organo"], "de"),
        "bloques": bloques_de(contenido),
        "estilo": contenido["estilo"],
        "acuerdos": [
            (a["numero"], ordinal_acuerdo(a["numero"])) for a in contenido["sesion"].get("acuerdos", [])
        ],
    }


def faltas(borrador: Borrador) -> list[Falta]:
    """Lo que falta para circular, con los párrafos cuyos datos cambiaron después de editarlos."""
    url = borrador.sesion.paso_url("acta")
    desfasados = [
        Falta("Un párrafo editado a mano ya no dice lo que dicen los datos.", f"{url}#acta-{p.bloque.clave}")
        for p in borrador.desfasados
    ]
    huerfanas = [
        Falta("Quedó un texto editado a mano cuyo dato ya no existe.", f"{url}#huerfana-{fila.pk}")
        for fila in borrador.huerfanas
    ]
    return [*faltantes.para_circular(borrador.sesion, borrador.hechos), *desfasados, *huerfanas]


def paso(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """Pinta el paso."""
    fila = sesion_o_404(request, organo, sesion)
    return pintar(request, fila, "acta", contexto(request, fila))


@require_safe
def previa(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """El acta como va, para la columna de vista previa."""
    fila = sesion_o_404(request, organo, sesion)
    sello = vida.sello_de(vida.acta_de(fila))
    leido = hoja_sellada(sello) if sello else hoja(edicion.borrador(fila))
    return render(request, "sesiones/acta/previa.html", leido)


@accion("acta", contexto)
def estilo(request: HttpRequest, sesion: Sesion) -> None:
    """Cambia el estilo y la numeración de renglones; las ediciones a mano se conservan."""
    forma = FormaEstilo(request.POST)
    Acta.de(sesion).exigir_en_trabajo()
    with forma.ejecutar() as datos:
        sesion.guardar_sobre(entero(request.POST.get("version")), por=request.user, **datos)


@require_POST
def parrafo(request: HttpRequest, organo: str, sesion: str, clave: str) -> HttpResponse:
    """Guarda, conserva o devuelve a los datos un párrafo: 200/302, 409 con ambos textos o 422."""
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    volver = f"{fila.paso_url('acta')}#acta-{clave}"
    try:
        version = _ejecutar(request, fila, clave)
    except VersionRancia as error:
        return conflicto(request, fila, error.actual, "texto", volver)
    except ValidationError as error:
        return rechazo(request, fila, error, "texto", volver)
    return JsonResponse({"version": version}) if es_autoguardado(request) else redirect(volver)


def _ejecutar(request: HttpRequest, sesion: Sesion, clave: str) -> int:
    """Hace lo que pide `verbo` y devuelve la versión que queda; sin verbo, guarda el texto."""
    actual = edicion.borrador(sesion).parrafo(clave)
    version = entero(request.POST.get("version"))
    if request.POST.get("verbo") == "restaurar":
        edicion.restaurar(sesion, clave, version=version)
        return 0
    if actual is None:
        raise ValidationError(
            "El dato del que salía este párrafo ya no está en la sesión. Copia tu texto antes de salir."
        )
    if request.POST.get("verbo") == "conservar":
        return _guardar(request, sesion, actual, actual.bloque.texto, actual.generado, version)
    forma = FormaParrafo(request.POST)
    if not forma.is_valid():
        raise ValidationError([mensaje for mensajes in forma.errors.values() for mensaje in mensajes])
    datos = forma.cleaned_data
    return _guardar(request, sesion, actual, datos["texto"], base_de(datos, actual.generado), version)


def _guardar(
    request: HttpRequest, sesion: Sesion, actual: Parrafo, texto: str, base: str, version: int
) -> int:
    """Escribe la edición; el mismo texto que los datos la deshace."""
    clave, texto = actual.bloque.clave, base if mismo_texto(texto, base) else texto
    fila = edicion.editar(sesion, clave, texto=texto, base=base, version=version, por=request.user)
    return fila.version if fila else 0


@require_safe
def acta_pdf(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """El PDF sellado, con las firmas que lleva; antes de sellarse, el borrador compuesto en el momento.

    `?renglones=1` numera los renglones del borrador y `?renglones=0` no, diga lo que diga la sesión;
    `?version=1` da esa versión sellada.
    """
    fila = sesion_o_404(request, organo, sesion)
    sello = _sellada_pedida(request, fila)
    if sello:
        archivo = pdf_vigente(sello)
        return redirect(archivo.a_la_vista)
    pedido = {"1": True, "0": False}.get(request.GET.get("renglones", ""))
    return entregar(imprenta.acta(edicion.borrador(fila), renglones=pedido))


@require_safe
def acta_json(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """Los bytes canónicos sellados, de los que sale la huella."""
    sello = _sellada_o_404(request, organo, sesion)
    return HttpResponse(bytes(sello.documento), content_type="application/json")


@require_safe
def acta_xml(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """El Akoma Ntoso sellado."""
    sello = _sellada_o_404(request, organo, sesion)
    return HttpResponse(bytes(sello.xml), content_type="application/xml")


def pdf_vigente(sello: Sello) -> Archivo:
    """El PDF que se publicó o, mientras se firma, el que lleva las firmas de este momento."""
    publicacion: Publicacion | None = getattr(sello, "publicacion", None)
    return publicacion.pdf if publicacion else pdf_actual(sello)


def _sellada_o_404(request: HttpRequest, organo: str, sesion: str) -> Sello:
    sello = _sellada_pedida(request, sesion_o_404(request, organo, sesion))
    if sello is None:
        raise Http404("El acta no se ha sellado.")
    return sello


def _sellada_pedida(request: HttpRequest, sesion: Sesion) -> Sello | None:
    """La versión sellada de `?version=`; sin pedirla, la última si está sellada. `Http404` si no existe."""
    pedida = request.GET.get("version")
    if pedida is None:
        return vida.sello_de(vida.acta_de(sesion))
    return get_object_or_404(Sello, acta__sesion=sesion, acta__version=entero(pedida))


@require_safe
def convocatoria_pdf(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """La convocatoria tal como se emitió; antes, o con `?previa=1`, como saldría hoy, en borrador."""
    fila = sesion_o_404(request, organo, sesion)
    emitido = pdf_emitido(fila)
    if emitido is None or request.GET.get("previa") == "1":
        return entregar(imprenta.convocatoria(fila))
    return redirect(emitido.a_la_vista)


def pdf_emitido(sesion: Sesion) -> Archivo | None:
    """El documento de la última convocatoria, si se emitió desde el portal."""
    ultima = sesion.convocatorias.exclude(pdf=None).select_related("pdf").last()
    return ultima.pdf if ultima else None


@require_safe
def certificacion(request: HttpRequest, organo: str, sesion: str, numero: int) -> HttpResponse:
    """La certificación de un acuerdo en PDF; con el acta sellada, tal como lo dice ella y sin marca."""
    fila = sesion_o_404(request, organo, sesion)
    borrador, selladas = edicion.borrador(fila), vida.versiones_selladas(fila)
    if selladas:
        parrafos = tuple(Parrafo(b, b.texto) for b in hoja_sellada(selladas[0])["bloques"])
        borrador = replace(borrador, parrafos=parrafos, huerfanas=())
    try:
        return entregar(imprenta.certificacion(borrador, numero, sellada=bool(selladas)))
    except KeyError as error:
        raise Http404("La sesión no tiene ese acuerdo.") from error


def entregar(original: imprenta.Original) -> HttpResponse:
    """El PDF, para verse en el navegador y guardarse con un nombre que diga qué es."""
    impreso = imprenta.imprimir(original)
    cabeceras = {"Content-Disposition": content_disposition_header(False, impreso.nombre) or "inline"}
    return HttpResponse(impreso.contenido, content_type="application/pdf", headers=cabeceras)
