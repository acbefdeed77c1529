"""Revisar los reportes: la fila, la página de cada uno y lo que se decide en ella."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from csp.decorators import csp_update
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ejes.datos_sellados import leer
from ejes.estados import Veredicto
from ejes.forms.revision import FiltroRevision, FormaDictamen, FormaEvidencia
from ejes.models import Entrega, Evidencia, Reporte
from ejes.revision import cola_de_revision
from ejes.revision import dictaminar as reglas
from ejes.revision.partes import ACCION, DE_TODO, Clave, ancla_de, diferencias, partes_de
from ejes.views.acceso import por_revisar_o_404
from ejes.views.hoja_de_revision import Hoja
from ejes.views.reportes import VERBOS
from sesiones import permisos
from sesiones.forms.base import FormaInvalida
from sesiones.views.acceso import exigir_cuenta
from sesiones.views.mesa.una_vez import una_vez
from stl_portal.paginacion import pagina_pedida

POR_PAGINA = 50
PROPIO = ["'self'"]
Vista = Callable[..., HttpResponse]
con_visor = cast(
    Callable[[Vista], Vista],
    csp_update({"object-src": PROPIO, "frame-src": PROPIO, "media-src": PROPIO}),
)
Rechazo = FormaInvalida | ValidationError


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Lo que espera revisión o publicación, lo que espera a la institución y quién no reportó."""
    exigir_cuenta(request)
    hoy = timezone.localdate()
    organos = permisos.organos_que_audita(request.user, hoy)
    bimestres = cola_de_revision.bimestres_de(organos)
    filtro = FiltroRevision(request.GET, bimestres)
    elegidos = [b for b in bimestres if str(b.pk) == filtro.elegido.get("bimestre")] or bimestres
    filas = cola_de_revision.fila(elegidos, hoy, filtro.elegido.get("estado", ""))
    contexto = {
        "revisa": organos.exists(),
        "decide": permisos.organos_que_conduce(request.user, hoy).exists(),
        "filtro": filtro,
        "pagina": pagina_pedida(request, filas, POR_PAGINA, "pagina"),
        "consulta": _sin_pagina(request),
    }
    return render(request, "ejes/revision/inicio.html", contexto)


def _sin_pagina(request: HttpRequest) -> str:
    consulta = request.GET.copy()
    consulta.pop("pagina", None)
    return consulta.urlencode()


@require_safe
@con_visor
def reporte(request: HttpRequest, pk: int) -> HttpResponse:
    """Cada renglón y cada acción de lo último que se envió, con su evidencia al lado."""
    fila = por_revisar_o_404(request, pk)
    return _pintar(request, fila, reglas.ultima(fila))


@require_safe
def cambios(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """Lo que cambió del envío anterior a ese, palabra por palabra, con lo que se había observado."""
    fila = por_revisar_o_404(request, pk)
    despues = get_object_or_404(fila.entregas, numero=numero)
    antes = get_object_or_404(fila.entregas, numero=numero - 1)
    dichos = reglas.propios(antes)
    cambiadas = diferencias(partes_de(leer(antes)), partes_de(leer(despues)))
    contexto = {
        "reporte": fila,
        "antes": antes,
        "despues": despues,
        "cambiadas": [(d, dichos.get(clave)) for clave, d in cambiadas.items()],
        "general": dichos.get(DE_TODO),
    }
    return render(request, "ejes/revision/cambios.html", contexto)


def _pintar(
    request: HttpRequest, fila: Reporte, entrega: Entrega, error: Rechazo | None = None
) -> HttpResponse:
    """La página; si algo se rechazó, con su frase y con lo escrito."""
    entrega.reporte = fila
    rechazada = error.forma if isinstance(error, FormaInvalida) else None
    hoja = Hoja(request, fila, entrega, rechazada)
    contexto = {
        "hoja": hoja,
        "reporte": fila,
        "entrega": entrega,
        "revision": hoja.revision,
        "tarjetas": list(hoja.tarjetas()),
        "impide": list(hoja.revision.lo_que_impide_validar()),
        "errores": rechazada or (error.messages if isinstance(error, ValidationError) else None),
        "historia": [(VERBOS[h.verbo], h) for h in fila.historia.select_related("por")],
        "entregas": _entregas(fila),
        "publicaciones": fila.publicaciones.defer("documento").select_related("entrega"),
        "consulta": request.GET.urlencode(),
    }
    return render(request, "ejes/revision/reporte.html", contexto, status=_status(error) if error else 200)


def _entregas(fila: Reporte) -> Any:
    filas = fila.entregas.defer("documento").order_by("-numero")
    return filas.prefetch_related("dictamenes__renglon", "dictamenes__accion__compromiso__eje")


def _status(error: Rechazo) -> int:
    """409 si lo impide cómo están las cosas ahora; 422 si lo escrito no se admite."""
    if isinstance(error, FormaInvalida):
        errores = [e for lista in error.forma.errors.as_data().values() for e in lista]
    else:
        errores = error.error_list
    return 409 if any(e.code == "estado" for e in errores) else 422


def _decision(accion: Callable[..., str]) -> Vista:
    """Convierte una función en una acción POST de quien revisa, sobre el envío que tenía a la vista.

    La función devuelve a qué lugar de la página se regresa; lo rechazado se repinta con lo escrito.
    """

    @require_POST
    @con_visor
    @wraps(accion)
    def vista(request: HttpRequest, pk: int, numero: int, **resto: Any) -> HttpResponse:
        fila = por_revisar_o_404(request, pk)
        entrega = get_object_or_404(fila.entregas, numero=numero)
        entrega.reporte = fila
        try:
            ancla = una_vez(request, lambda: accion(request, entrega, **resto))
        except (FormaInvalida, ValidationError) as error:
            fila.refresh_from_db(fields=["estado"])
            return _pintar(request, fila, reglas.ultima(fila), error)
        consulta = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(f"{fila.url_de_revision}{consulta}{ancla}")

    return vista


@_decision
def dictaminar(request: HttpRequest, entrega: Entrega, parte: str) -> str:
    """Valida u observa un renglón, una acción o todo el reporte."""
    revision = reglas.revision_de(entrega)
    clave = _clave(revision, parte)
    forma = FormaDictamen(revision.partes.get(clave), revision.dictamenes.get(clave), request.POST)
    with forma.ejecutar() as datos:
        reglas.dictaminar(
            entrega,
            clave,
            datos["veredicto"],
            nota=_nota(clave, datos),
            verificado=datos.get("verificado"),
            visto=datos["visto"],
            por=request.user,
            cuando=timezone.now(),
        )
    return f"#{parte}"


def _nota(clave: Clave, datos: dict[str, Any]) -> str:
    """Al validar solo se conserva la que explica la cifra de una acción: es la que se publica."""
    explica = clave[0] == ACCION and datos["verificado"] is not None
    return str(datos["nota"]) if explica or datos["veredicto"] == Veredicto.OBSERVADO else ""


def _clave(revision: reglas.Revision, ancla: str) -> Clave:
    """De qué parte habla la dirección; `Http404` si el envío no la trae."""
    for clave in (*revision.partes, DE_TODO):
        if ancla_de(clave) == ancla:
            return clave
    raise Http404("Este envío no tiene esa parte.")


@_decision
def evidencia(request: HttpRequest, entrega: Entrega, evidencia: int) -> str:
    """Verifica u observa una evidencia de ese envío."""
    revision = reglas.revision_de(entrega)
    if evidencia not in {e["id"] for e in revision.documento["evidencias"]}:
        raise Http404("Este envío no trae esa evidencia.")
    fila = get_object_or_404(Evidencia, pk=evidencia)
    en = request.POST.get("en", "")
    forma = FormaEvidencia(evidencia, revision.evidencias.get(evidencia), request.POST, en=en)
    with forma.ejecutar() as datos:
        reglas.dictaminar_evidencia(
            entrega,
            fila,
            datos["revision"],
            motivo=datos["motivo"],
            visto=datos["visto"],
            por=request.user,
            cuando=timezone.now(),
        )
    return f"#{ancla_de(_clave(revision, en))}"


@_decision
def resto(request: HttpRequest, entrega: Entrega) -> str:
    """Valida de una vez lo que nadie ha revisado."""
    reglas.validar_el_resto(entrega, request.user, timezone.now())
    return "#decidir"


@_decision
def devolver(request: HttpRequest, entrega: Entrega) -> str:
    """Lo regresa con sus observaciones."""
    reglas.devolver(entrega, request.user, timezone.now())
    return ""


@_decision
def validar(request: HttpRequest, entrega: Entrega) -> str:
    """Lo da por validado."""
    reglas.validar(entrega, request.user, timezone.now())
    return "#decidir"
