"""Las evidencias de un reporte, para quien lo prepara: agregar, reusar, decir qué respaldan, sustituir."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ejes.forms.evidencias import (
    PARA,
    FormaEvidencia,
    FormaLiga,
    FormaReusar,
    FormaSubir,
    FormaSustituir,
)
from ejes.models import Evidencia, Reporte, UsoDeEvidencia
from ejes.reportes import evidencias, llenado
from sesiones.forms.base import FormaInvalida, FormaRancia
from sesiones.views.mesa.una_vez import una_vez
from sesiones.views.registros.huella import VACIO, Diferencia
from stl_portal.transiciones import TransicionInvalida

from .acceso import reporte_o_404
from .hoja_de_reporte import Hoja, hoja_de, pintar

SUELTA = "X-Subida"  # un archivo subido en partes: se responde solo su renglón


@dataclass
class Tarjeta:
    """Una evidencia en la lista, con lo que respalda y lo que se puede hacer con ella."""

    evidencia: Evidencia
    respalda: list[str] = field(default_factory=list)
    enviada: bool = False


def tarjetas(reporte: Reporte) -> list[Tarjeta]:
    """Las evidencias del reporte, en consultas fijas."""
    enviadas = evidencias.ya_enviadas(reporte)
    return [
        Tarjeta(fila, [respaldo for uso in usos if (respaldo := que_respalda(uso))], fila.pk in enviadas)
        for fila, usos in evidencias.del_reporte(reporte)
    ]


def que_respalda(uso: UsoDeEvidencia) -> str:
    """El renglón o la acción; vacío si es todo el reporte."""
    return str(uso.renglon or uso.accion or "")


@require_safe
def pagina(request: HttpRequest, pk: int) -> HttpResponse:
    """Las evidencias del reporte y las tres maneras de agregar otra."""
    return _lista(request, hoja_de(request, reporte_o_404(request, pk)))


def _lista(request: HttpRequest, hoja: Hoja, rechazada: Any = None, status: int = 200) -> HttpResponse:
    para = request.GET.getlist(PARA)
    contexto: dict[str, Any] = {
        "tarjetas": tarjetas(hoja.reporte),
        "para": [f.titulo for f in hoja.todas if f.clave in para],
        "consulta": f"?{request.GET.urlencode()}" if para else "",
        "errores": rechazada,
    }
    if hoja.escribe:
        formas = [FormaSubir(), FormaLiga(), FormaReusar(hoja.reporte)]
        contexto |= {forma.nombre: forma for forma in formas}
        contexto["hay_de_antes"] = evidencias.de_antes(hoja.reporte).exists()
    if isinstance(rechazada, FormaInvalida):
        contexto |= {rechazada.forma.nombre: rechazada.forma, "errores": rechazada.forma}
    return pintar(request, hoja, "evidencias", contexto, status=status)


def accion(funcion: Callable[..., str]) -> Callable[..., HttpResponse]:
    """Convierte una función en una acción POST: 302, o la página con lo rechazado (422, 409)."""

    @require_POST
    @wraps(funcion)
    def vista(request: HttpRequest, pk: int, **resto: Any) -> HttpResponse:
        hoja = hoja_de(request, reporte_o_404(request, pk))
        fila = _suya(hoja.reporte, resto["evidencia"]) if "evidencia" in resto else None
        argumentos = [request, hoja] + ([fila] if fila else [])
        try:
            return redirect(una_vez(request, lambda: funcion(*argumentos)))
        except (FormaInvalida, FormaRancia, ValidationError, TransicionInvalida) as error:
            hoja.reporte.refresh_from_db(fields=["estado"])
            return _rechazo(request, hoja, fila, error)

    return vista


def _rechazo(request: HttpRequest, hoja: Hoja, fila: Evidencia | None, error: Exception) -> HttpResponse:
    """La misma página con el porqué; a la subida en partes, solo la frase."""
    choca = isinstance(error, TransicionInvalida | FormaRancia) or getattr(error, "code", "") == "estado"
    status = 409 if choca else 422
    if SUELTA in request.headers:
        return HttpResponse(" ".join(frases(error)), status=status, content_type="text/plain; charset=utf-8")
    rechazada = error if isinstance(error, FormaInvalida | FormaRancia) else frases(error)
    if fila is None:
        return _lista(request, hoja, rechazada, status)
    return _una(request, hoja, fila, rechazada, status)


def frases(error: Exception) -> list[str]:
    """Lo que se le dice a la persona."""
    if isinstance(error, FormaInvalida):
        return [str(m) for mensajes in error.forma.errors.values() for m in mensajes]
    return list(error.messages) if isinstance(error, ValidationError) else [str(error)]


def _respaldo(request: HttpRequest, hoja: Hoja, claves: Any = None) -> evidencias.Respaldo:
    """Lo que se dijo en la dirección (o en la forma) que respaldará."""
    elegidas = request.GET.getlist(PARA) if claves is None else claves
    return evidencias.respaldo_de(hoja.reporte, elegidas, hoja.todas)


def _volver(request: HttpRequest, hoja: Hoja) -> str:
    para = request.GET.urlencode()
    return f"{llenado.url_de(hoja.reporte, 'evidencias')}{f'?{para}' if para else ''}#lista"


@require_POST
def subir(request: HttpRequest, pk: int) -> HttpResponse:
    """Recibe archivos: los buenos se agregan aunque otro se rechace. De la subida en partes, uno por vez."""
    hoja = hoja_de(request, reporte_o_404(request, pk))
    forma = FormaSubir(request.POST, request.FILES)
    forma.fields["archivo"].por = request.user  # type: ignore[attr-defined]
    respaldo = _respaldo(request, hoja)
    try:
        with forma.ejecutar() as datos, transaction.atomic():
            nuevas = [
                evidencias.agregar(hoja.reporte, respaldo, request.user, timezone.now(), archivo=archivo)
                for archivo in datos["archivo"]
            ]
    except (FormaInvalida, TransicionInvalida) as error:
        hoja.reporte.refresh_from_db(fields=["estado"])
        return _rechazo(request, hoja, None, error)
    if SUELTA in request.headers:
        return _renglones(request, hoja, {nueva.pk for nueva in nuevas})
    for rechazo in datos["archivo"].rechazados:
        messages.error(request, str(rechazo))
    cuantas = "Se agregó 1 archivo." if len(nuevas) == 1 else f"Se agregaron {len(nuevas)} archivos."
    messages.success(request, cuantas)
    return redirect(_volver(request, hoja))


def _renglones(request: HttpRequest, hoja: Hoja, cuales: set[int]) -> HttpResponse:
    """El fragmento que se agrega a la lista."""
    nuevas = [t for t in tarjetas(hoja.reporte) if t.evidencia.pk in cuales]
    contexto = {"tarjetas": nuevas, "reporte": hoja.reporte, "hoja": hoja}
    return render(request, "ejes/reportes/_tarjetas.html", contexto)


@accion
def ligar(request: HttpRequest, hoja: Hoja) -> str:
    """Agrega una dirección."""
    forma = FormaLiga(request.POST)
    with forma.ejecutar() as datos:
        respaldo = _respaldo(request, hoja)
        evidencias.agregar(
            hoja.reporte, respaldo, request.user, timezone.now(), liga=datos["liga"], titulo=datos["titulo"]
        )
    return _volver(request, hoja)


@accion
def reusar(request: HttpRequest, hoja: Hoja) -> str:
    """Usa otra vez una evidencia de la institución."""
    forma = FormaReusar(hoja.reporte, request.POST)
    with forma.ejecutar() as datos:
        evidencias.usar(hoja.reporte, datos["evidencia"], _respaldo(request, hoja))
    return _volver(request, hoja)


def _suya(reporte: Reporte, pk: int) -> Evidencia:
    """La evidencia, si está en el reporte. Lanza `Http404`."""
    filas = Evidencia.objects.filter(usos__reporte=reporte).distinct()
    return get_object_or_404(filas.select_related("archivo", "sustituye", "plan", "asiento"), pk=pk)


@require_safe
def evidencia(request: HttpRequest, pk: int, evidencia: int) -> HttpResponse:
    """Una evidencia: su título, qué respalda, lo que se dijo de ella y cómo cambiarla por otra."""
    hoja = hoja_de(request, reporte_o_404(request, pk))
    return _una(request, hoja, _suya(hoja.reporte, evidencia))


def _una(
    request: HttpRequest, hoja: Hoja, fila: Evidencia, rechazada: Any = None, status: int = 200
) -> HttpResponse:
    filas = hoja.todas
    usos = list(hoja.reporte.usos.filter(evidencia=fila).select_related("renglon", "accion__compromiso__eje"))
    contexto: dict[str, Any] = {
        "tarjeta": Tarjeta(fila, [r for u in usos if (r := que_respalda(u))], _enviada(hoja, fila)),
        "errores": rechazada,
        "volver": f"{llenado.url_de(hoja.reporte, 'evidencias')}#evidencia-{fila.pk}",
    }
    if hoja.escribe:
        ya = {(u.renglon_id, u.accion_id) for u in usos}
        marcadas = [f.clave for f in filas if _lugar(f) in ya]
        leida = evidencias.huella_de(fila, usos)
        inicial = {"titulo": fila.titulo, "descripcion": fila.descripcion, "para": marcadas, "leida": leida}
        fijo = fila.entregas.exists()
        contexto |= {"forma_evidencia": FormaEvidencia(filas, initial=inicial, enviada=fijo)}
        contexto |= {"forma_sustituir": FormaSustituir()}
    if isinstance(rechazada, FormaInvalida):
        contexto |= {rechazada.forma.nombre: rechazada.forma, "errores": rechazada.forma}
    if isinstance(rechazada, FormaRancia):
        contexto |= _lo_que_choca(rechazada, usos)
    return pintar(request, hoja, "evidencias", contexto, status=status, plantilla="evidencia")


def _lo_que_choca(rancia: FormaRancia, usos: list[UsoDeEvidencia]) -> dict[str, Any]:
    """Lo guardado por otra persona junto a lo escrito, que sigue en la forma para guardarse encima."""
    forma: Any = rancia.forma
    titulos = dict(forma.fields["para"].choices)
    tuyo = [titulos[clave] for clave in forma.cleaned_data["para"]]
    guardado = [respaldo for uso in usos if (respaldo := que_respalda(uso))]
    filas = [(d.etiqueta, d.guardado_dicho, d.tuyo_dicho) for d in forma.distintos(rancia.actual)]
    if sorted(tuyo) != sorted(guardado):
        suyo, mio = ("; ".join(cosas) or "Todo el reporte" for cosas in (guardado, tuyo))
        filas.append(("Qué respalda", suyo, mio))
    forma.seguir_desde(evidencias.huella_de(rancia.actual, usos))
    choque = [Diferencia(dato, de_ahi or VACIO, de_aqui or VACIO) for dato, de_ahi, de_aqui in filas]
    return {forma.nombre: forma, "errores": None, "choque": choque}


def _lugar(fila: Any) -> tuple[int | None, int | None]:
    """El renglón o la acción de una fila, como los guarda un uso."""
    es_renglon = hasattr(fila, "renglon")
    return (fila.renglon.pk, None) if es_renglon else (None, fila.accion.pk)


def _enviada(hoja: Hoja, fila: Evidencia) -> bool:
    return not evidencias.se_puede_quitar(hoja.reporte, fila)


@accion
def editar(request: HttpRequest, hoja: Hoja, fila: Evidencia) -> str:
    """Cambia lo que respalda en este reporte y, si nunca se ha enviado, su título y lo que muestra."""
    forma = FormaEvidencia(hoja.todas, request.POST, enviada="titulo" not in request.POST)
    with forma.ejecutar() as datos:
        textos: dict[str, str] = {
            campo: datos[campo] for campo in ("titulo", "descripcion") if campo in datos
        }
        respaldo = _respaldo(request, hoja, datos["para"])
        evidencias.describir(hoja.reporte, fila, datos["leida"], respaldo, textos)
    return f"{llenado.url_de(hoja.reporte, 'evidencias')}#evidencia-{fila.pk}"


@accion
def sustituir(request: HttpRequest, hoja: Hoja, fila: Evidencia) -> str:
    """Pone otra en su lugar; la anterior se conserva."""
    forma = FormaSustituir(request.POST, request.FILES)
    forma.fields["archivo"].por = request.user  # type: ignore[attr-defined]
    with forma.ejecutar() as datos:
        nueva = evidencias.sustituir(
            hoja.reporte,
            fila,
            request.user,
            timezone.now(),
            archivo=datos["archivo"],
            liga=datos["liga"],
        )
    return reverse("reportes:evidencia", args=(hoja.reporte.pk, nueva.pk))


@accion
def quitar(request: HttpRequest, hoja: Hoja, fila: Evidencia) -> str:
    """La saca del reporte, si nunca se envió."""
    evidencias.quitar(hoja.reporte, fila)
    return f"{llenado.url_de(hoja.reporte, 'evidencias')}#lista"
