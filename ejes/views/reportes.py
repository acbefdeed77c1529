"""Los reportes, para quien los prepara: la lista, los pasos que se llenan y el envío."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ejes import permisos
from ejes.forms.reportes import FormaAvance, FormaDeFila, FormaRespuesta
from ejes.models import Bimestre, Reporte
from ejes.reportes import llenado, reportar
from ejes.reportes.guardar_reporte import YA_SE_ENVIO, guardar, usar_lo_anterior
from ejes.reportes.llenado import Fila, FilaDeAccion
from sesiones import permisos as permisos_de_sesiones
from sesiones.forms.base import FormaInvalida
from sesiones.models import Asiento
from sesiones.views.acceso import exigir_cuenta
from sesiones.views.mesa.guardado import hecho, no_guardado, quien_guardo
from sesiones.views.mesa.una_vez import una_vez
from stl_portal.errores import choque
from stl_portal.transiciones import TransicionInvalida
from stl_portal.versiones import VersionRancia

from .acceso import reporte_o_404
from .hoja_de_reporte import Hoja, hoja_de, pintar

VERBOS = {
    "enviar": "Se envió",
    "devolver": "Se devolvió con observaciones",
    "validar": "Se validó",
    "publicar": "Se publicó",
    "corregir": "Se abrió una corrección",
}
SOLO_TITULAR = "Esto le toca a quien es titular del asiento."
SOLO_QUIEN_PREPARA = (
    "Esto le toca a quien es titular o suplente del asiento y a quien se le encargó preparar sus reportes."
)
FORMAS: dict[str, Any] = {"indicadores": FormaRespuesta, "avances": FormaAvance}


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Lo que cada bimestre le toca reportar a quien entra: abierto, tarde, enviado, observado, publicado."""
    exigir_cuenta(request)
    hoy = timezone.localdate()
    asientos = list(permisos.asientos_que_prepara(request.user, hoy).select_related("institucion"))
    casillas = reportar.de_los_asientos(asientos, hoy)
    contexto = {
        "asientos": asientos,
        "por_enviar": [(c, c.vencida(hoy)) for c in casillas if c.por_enviar],
        "enviadas": [c for c in casillas if not c.por_enviar],
        "hoy": hoy,
        "revisa": permisos_de_sesiones.organos_que_audita(request.user, hoy).exists(),
        "encarga": permisos.nombramientos_que_envian(request.user, hoy).exists(),
    }
    return render(request, "ejes/reportes/inicio.html", contexto)


@require_POST
def iniciar(request: HttpRequest, bimestre: int, eje: int, asiento: int) -> HttpResponse:
    """Empieza el reporte, o sigue el que ya se había empezado."""
    lugar = asiento_o_404(request, asiento)
    filas = Bimestre.objects.filter(plan__estado="publicado").con_prorrogas()
    del_plan = get_object_or_404(filas, pk=bimestre)
    con_responsables = reportar.ejes_con_responsables([del_plan.plan])
    suyo = get_object_or_404(con_responsables, pk=eje)
    try:
        reporte = reportar.iniciar(del_plan, suyo, lugar, timezone.localdate())
    except ValidationError as error:
        return choque(request, " ".join(error.messages))
    primero = "indicadores" if del_plan.formato_id else "avances"
    return redirect(llenado.url_de(reporte, primero))


def asiento_o_404(request: HttpRequest, pk: int, *, titular: bool = False) -> Asiento:
    """El asiento, si la cuenta prepara sus reportes (o responde por él, con `titular`).

    Lanza `FaltaEntrar`, `Http404` a quien no tiene que ver y `PermissionDenied` a quien solo lo consulta.
    """
    exigir_cuenta(request)
    hoy = timezone.localdate()
    lugar = get_object_or_404(Asiento.objects.select_related("institucion", "organo__padre"), pk=pk)
    prepara = permisos.prepara(request.user, lugar, hoy)
    if (prepara and not titular) or permisos.envia(request.user, lugar, hoy):
        return lugar
    if prepara or permisos.audita_asiento(request.user, lugar, hoy):
        raise PermissionDenied(SOLO_TITULAR if titular else SOLO_QUIEN_PREPARA)
    raise Http404


@require_safe
def indicadores(request: HttpRequest, pk: int) -> HttpResponse:
    """Los renglones del formato, con lo del bimestre anterior al lado."""
    return _paso(request, reporte_o_404(request, pk), "indicadores")


@require_safe
def avances(request: HttpRequest, pk: int) -> HttpResponse:
    """Las acciones del eje, con su último avance al lado."""
    return _paso(request, reporte_o_404(request, pk), "avances")


@require_safe
def reporte(request: HttpRequest, pk: int) -> HttpResponse:
    """Todo el reporte, lo que le falta, lo que se observó y su historia."""
    return _revisar(request, hoja_de(request, reporte_o_404(request, pk)))


def _revisar(request: HttpRequest, hoja: Hoja, errores: Any = None, status: int = 200) -> HttpResponse:
    fila = hoja.reporte
    entregas = fila.entregas.defer("documento").select_related("enviada_por").order_by("-numero")
    contexto = {
        "errores": errores,
        "historia": [(VERBOS[h.verbo], h) for h in fila.historia.select_related("por")],
        "entregas": entregas.prefetch_related("dictamenes__renglon", "dictamenes__accion__compromiso__eje"),
        "publicacion": fila.publicaciones.defer("documento").last(),
    }
    return pintar(request, hoja, "reporte", contexto, status=status)


@require_POST
def guardar_indicadores(request: HttpRequest, pk: int) -> HttpResponse:
    """Guarda todos los renglones; el que trae un error no detiene a los demás."""
    return _guardar_paso(request, reporte_o_404(request, pk), "indicadores")


@require_POST
def guardar_avances(request: HttpRequest, pk: int) -> HttpResponse:
    """Guarda todas las acciones; la que trae un error no detiene a las demás."""
    return _guardar_paso(request, reporte_o_404(request, pk), "avances")


@require_POST
def guardar_fila(request: HttpRequest, pk: int, paso: str, clave: str) -> HttpResponse:
    """El guardado automático de un renglón: 200 con la versión y cuántos van, 409 con ambos textos o 422."""
    encontrado = reporte_o_404(request, pk)
    if paso not in FORMAS:
        raise Http404
    fila = next((f for f in _filas(hoja_de(request, encontrado), paso) if f.clave == clave), None)
    if fila is None:
        raise Http404
    datos = request.POST.copy()
    datos[f"{clave}-version"] = datos.get("version", "")
    forma = FORMAS[paso](fila, datos)
    try:
        with forma.ejecutar() as limpios:
            guardada = guardar(encontrado, fila, limpios["version"], request.user, forma.por_guardar())
    except TransicionInvalida as error:
        return JsonResponse({"error": "estado", "mensaje": f"{error.frase} Copia tu texto."}, status=409)
    except (FormaInvalida, VersionRancia) as error:
        return no_guardado(request, error)
    return hecho(guardada.version, avance=hoja_de(request, encontrado).hechas(paso))


def _filas(hoja: Hoja, paso: str) -> "list[Fila] | list[FilaDeAccion]":
    return hoja.filas if paso == "indicadores" else hoja.acciones


def _paso(request: HttpRequest, encontrado: Reporte, paso: str) -> HttpResponse:
    hoja = hoja_de(request, encontrado)
    formas = [FORMAS[paso](fila) for fila in _filas(hoja, paso)]
    return pintar(request, hoja, paso, {"formas": formas})


def _guardar_paso(request: HttpRequest, encontrado: Reporte, paso: str) -> HttpResponse:
    """302 al paso que sigue si todo quedó; si no, el paso con sus errores y todo lo escrito."""
    hoja = hoja_de(request, encontrado)
    formas = [FORMAS[paso](fila, request.POST) for fila in _filas(hoja, paso)]
    try:
        estados = [_guardar_una(request, encontrado, forma) for forma in formas]
    except TransicionInvalida:
        return _ya_cerrado(request, encontrado, paso, formas)
    if any(estados):
        return _con_errores(request, encontrado, paso, list(zip(formas, estados, strict=True)))
    if copiar := request.POST.get("anterior"):
        return _copiar_anterior(request, encontrado, copiar)
    quedarse = request.POST.get("quedarse")
    return redirect(llenado.url_de(encontrado, paso) if quedarse else hoja.siguiente(paso))


def _con_errores(
    request: HttpRequest, encontrado: Reporte, paso: str, formas: list[tuple[FormaDeFila, int]]
) -> HttpResponse:
    """El paso con lo rechazado tal como se escribió y lo demás como ya quedó guardado."""
    hoja = hoja_de(request, encontrado)
    nuevas = {fila.clave: FORMAS[paso](fila) for fila in _filas(hoja, paso)}
    juntas = [forma if estado else nuevas[forma.fila.clave] for forma, estado in formas]
    rechazadas = [forma for forma, estado in formas if estado]
    contexto = {"formas": juntas, "errores": rechazadas, "guardadas": len(juntas) - len(rechazadas)}
    return pintar(request, hoja, paso, contexto, status=max(estado for _, estado in formas))


def _guardar_una(request: HttpRequest, encontrado: Reporte, forma: FormaDeFila) -> int:
    """0 si quedó guardada o no se tocó; 422 o 409, con el porqué en la forma."""
    if not forma.is_valid():
        return 422
    if forma.intacta and encontrado.se_escribe:
        return 0
    try:
        guardar(encontrado, forma.fila, forma.cleaned_data["version"], request.user, forma.por_guardar())
    except VersionRancia as error:
        forma.choque = {"quien": quien_guardo(request, error.actual), "campos": forma.distintos(error.actual)}
        forma.add_error(None, f"{forma.fila.titulo}: {forma.choque['quien']} guardó mientras escribías.")
        forma.seguir_desde(error.actual)
        return 409
    return 0


def _ya_cerrado(
    request: HttpRequest, encontrado: Reporte, paso: str, formas: list[FormaDeFila]
) -> HttpResponse:
    """409: ya se envió. Lo escrito se muestra para copiarlo."""
    encontrado.refresh_from_db(fields=["estado"])
    escrito = [
        (f"{forma.fila.titulo} · {forma[campo].label}", str(forma[campo].value()))
        for forma in formas
        for campo in forma.CAMPOS
        if not (forma.is_valid() and forma.intacta) and forma[campo].value()
    ]
    contexto = {"formas": formas, "errores": [YA_SE_ENVIO], "sin_guardar": escrito}
    return pintar(request, hoja_de(request, encontrado), paso, contexto, status=409)


def _copiar_anterior(request: HttpRequest, encontrado: Reporte, clave: str) -> HttpResponse:
    """Pone en un renglón la respuesta del bimestre anterior, después de guardar lo escrito."""
    fila = next((f for f in hoja_de(request, encontrado).filas if f.clave == clave), None)
    if fila is None:
        raise Http404
    try:
        guardar(encontrado, fila, fila.guardada.version, request.user, usar_lo_anterior(fila))
    except ValidationError as error:
        return choque(request, " ".join(error.messages))
    return redirect(f"{llenado.url_de(encontrado, 'indicadores')}#{clave}")


@require_POST
def enviar(request: HttpRequest, pk: int) -> HttpResponse:
    """Lo envía quien es titular: 302, 422 con lo que falta, 403 a quien solo prepara, 409 si ya se envió."""
    encontrado = reporte_o_404(request, pk)

    def hacer() -> str:
        with transaction.atomic():
            reportar.enviar(encontrado, request.user, timezone.now())
        return encontrado.url_de_trabajo

    try:
        return redirect(una_vez(request, hacer))
    except ValidationError as error:
        encontrado.refresh_from_db(fields=["estado"])
        return _revisar(request, hoja_de(request, encontrado), error.messages, status=422)
