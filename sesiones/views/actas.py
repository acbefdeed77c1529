"""Paso 6: el acta completa, párrafo por párrafo, y sus documentos en PDF."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from sesiones import faltantes
from sesiones.acta import edicion, imprenta
from sesiones.acta.edicion import Borrador, Parrafo
from sesiones.faltantes import Falta
from sesiones.forms.actas import FormaEstilo, FormaParrafo, base_de, mismo_texto
from sesiones.models import Sesion
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
    """El acta como va, lo que falta para circularla y el párrafo abierto para editarse."""
    borrador = edicion.borrador(sesion)
    editando = request.GET.get("editar", "")
    enlaces = {paso: (sesion.paso_url(paso), dicho) for paso, dicho in PASOS.items()}
    return hoja(borrador) | {
        "parrafos": [(p, enlaces.get(p.bloque.paso), p.bloque.clave == editando) for p in borrador.parrafos],
        "huerfanas": borrador.huerfanas,
        "faltas": faltas(borrador),
        "forma_estilo": FormaEstilo(initial={"estilo": sesion.estilo, "renglones": sesion.renglones}),
        "acuerdos": borrador.hechos.acuerdos,
        "convocada": pdf_emitido(sesion) is not None,
        "por_convocar": sesion.puede("convocar"),
    }


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
    return render(request, "sesiones/acta/previa.html", hoja(edicion.borrador(fila)))


@accion("acta", contexto)
def estilo(request: HttpRequest, sesion: Sesion) -> None:
    """Cambia el estilo y la numeración de renglones; las ediciones a mano se conservan."""
    forma = FormaEstilo(request.POST)
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
    """El acta en PDF; `?renglones=1` los numera y `?renglones=0` no, diga lo que diga la sesión."""
    fila = sesion_o_404(request, organo, sesion)
    pedido = {"1": True, "0": False}.get(request.GET.get("renglones", ""))
    return entregar(imprenta.acta(edicion.borrador(fila), renglones=pedido))


@require_safe
def convocatoria_pdf(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """La convocatoria tal como se emitió; antes, o con `?previa=1`, como saldría hoy, en borrador."""
    fila = sesion_o_404(request, organo, sesion)
    emitido = pdf_emitido(fila)
    if emitido is None or request.GET.get("previa") == "1":
        return entregar(imprenta.convocatoria(fila))
    return redirect(f"{reverse('archivo:descargar', args=(emitido.huella, emitido.nombre))}?ver=1")


def pdf_emitido(sesion: Sesion) -> Archivo | None:
    """El documento de la última convocatoria, si se emitió desde el portal."""
    ultima = sesion.convocatorias.exclude(pdf=None).select_related("pdf").last()
    return ultima.pdf if ultima else None


@require_safe
def certificacion(request: HttpRequest, organo: str, sesion: str, numero: int) -> HttpResponse:
    """La certificación de un acuerdo en PDF."""
    fila = sesion_o_404(request, organo, sesion)
    try:
        return entregar(imprenta.certificacion(edicion.borrador(fila), numero))
    except KeyError as error:
        raise Http404("La sesión no tiene ese acuerdo.") from error


def entregar(original: imprenta.Original) -> HttpResponse:
    """El PDF, para verse en el navegador y guardarse con un nombre que diga qué es."""
    impreso = imprenta.imprimir(original)
    cabeceras = {"Content-Disposition": content_disposition_header(False, impreso.nombre) or "inline"}
    return HttpResponse(impreso.contenido, content_type="application/pdf", headers=cabeceras)
