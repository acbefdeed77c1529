"""Llevar una convocatoria pública: prepararla, publicarla, ver lo que llega y decir los resultados."""

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sesiones import permisos
from sesiones.certamenes import dictaminar as de_dictamen
from sesiones.certamenes import preparar
from sesiones.certamenes.estados import DICTAMINADOS, EstadoCertamen
from sesiones.certamenes.forms.bases import FormaNueva
from sesiones.certamenes.models import Certamen
from sesiones.models import Organo
from sesiones.views.acceso import exigir_cuenta, organo_o_404
from sesiones.views.mesa.una_vez import una_vez
from stl_portal.cuentas import identidad
from stl_portal.paginacion import pagina_pedida

LEE_Y_ESCRIBE = ["GET", "HEAD", "POST"]
POR_PAGINA = 50


def certamen_o_404(request: HttpRequest, organo: str, clave: str, *, conducir: bool = False) -> Certamen:
    """La convocatoria, con la misma puerta que la mesa de su órgano."""
    del_organo = organo_o_404(request, organo, conducir=conducir)
    fila = get_object_or_404(Certamen.objects.select_related("documento"), organo=del_organo, clave=clave)
    fila.organo = del_organo
    return fila


def _exigir_conducir(request: HttpRequest, organo: Organo) -> None:
    """Lo que se postula trae datos de contacto: solo lo lee quien conduce. Lanza `PermissionDenied`."""
    if not permisos.puede_conducir(request.user, organo, timezone.localdate()):
        raise PermissionDenied("Las postulaciones traen datos de contacto: solo las lee quien conduce.")


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Las de los órganos que la cuenta lee, de la más nueva a la más vieja, y dónde empezar otra."""
    exigir_cuenta(request)
    hoy = timezone.localdate()
    visibles = permisos.organos_visibles(request.user, hoy)
    filas = Certamen.objects.filter(organo__in=visibles.values("pk")).con_organo()
    pagina = pagina_pedida(request, filas, POR_PAGINA)
    conduce = permisos.organos_que_conduce(request.user, hoy).prefetch_related("denominaciones")
    contexto = {"pagina": pagina, "organos": [(o, o.denominacion(hoy).nombre_corto) for o in conduce]}
    return render(request, "certamenes/gestion/inicio.html", contexto)


@require_http_methods(LEE_Y_ESCRIBE)
def nueva(request: HttpRequest, organo: str) -> HttpResponse:
    """Empieza a preparar una: 302 o 422."""
    fila = organo_o_404(request, organo, conducir=True)
    forma = FormaNueva(request.POST if request.method == "POST" else None)
    if forma.is_valid():
        return redirect(
            una_vez(request, lambda: preparar.crear(fila, forma.cleaned_data["titulo"]).url_de_gestion)
        )
    contexto = {"forma": forma, "organo": fila, "nombre": fila.denominacion(timezone.localdate()).nombre}
    estado = HTTPStatus.UNPROCESSABLE_ENTITY if forma.is_bound else HTTPStatus.OK
    return render(request, "certamenes/gestion/nueva.html", contexto, status=estado)


@require_safe
def certamen(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """En qué va y qué sigue."""
    return _tablero(request, certamen_o_404(request, organo, clave))


def _tablero(request: HttpRequest, fila: Certamen, rechazo: list[str] | None = None) -> HttpResponse:
    """La página de la convocatoria; si algo se rechazó, lo dice arriba (422)."""
    ahora = timezone.now()
    contexto = {
        "c": fila,
        "organo": fila.organo.denominacion(ahora.date()).nombre,
        "conduce": permisos.puede_conducir(request.user, fila.organo, timezone.localdate()),
        "faltas": preparar.faltas(fila, ahora) if fila.puede("publicar") else [],
        "ventana": fila.ventana if fila.cierra_el and fila.abre_el else None,
        "cuenta": fila.ventana.cuenta(ahora) if fila.publico else "",
        "rechazo": rechazo,
        **_segun_estado(fila, ahora),
    }
    estado = HTTPStatus.UNPROCESSABLE_ENTITY if rechazo else HTTPStatus.OK
    return render(request, "certamenes/gestion/certamen.html", contexto, status=estado)


def _segun_estado(fila: Certamen, ahora: dt.datetime) -> dict[str, Any]:
    """Cuántas llegaron, qué lleva el comité, qué impide cerrar el dictamen y cómo quedaron."""
    dictaminado = fila.estado in DICTAMINADOS
    en_dictamen = fila.estado == EstadoCertamen.CERRADA
    return {
        "presentadas": fila.postulaciones.presentadas().count(),
        "comite": de_dictamen.avances(fila),
        "por_cerrar": fila.puede("cerrar")
        and not fila.ventana.abierta(ahora)
        and ahora > fila.ventana.cierra,
        "impide": de_dictamen.lo_que_impide(fila) if en_dictamen else [],
        "en_dictamen": en_dictamen,
        "resultados": de_dictamen.resultados(fila) if dictaminado else [],
        "desierta": (en_dictamen or fila.puede("publicar_resultados")) and de_dictamen.queda_desierta(fila),
        "historia": fila.historia.select_related("por"),
    }


@require_POST
def publicar(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """La publica: 302, 409 si ya lo está o 422 con lo que falta."""
    fila = certamen_o_404(request, organo, clave, conducir=True)
    identidad.exigir(request)
    return _hacer(request, fila, preparar.publicar, "Ya es pública. Su plazo ya no cambia.")


@require_POST
def cerrar(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """La pasa al comité: 302 o 409 si todavía recibe."""
    fila = certamen_o_404(request, organo, clave, conducir=True)
    return _hacer(request, fila, preparar.cerrar, "Pasó al comité: ya puede calificar.")


@require_POST
def dictaminar(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """Cierra el dictamen: 302, 409 o 422 con lo que lo impide."""
    fila = certamen_o_404(request, organo, clave, conducir=True)
    return _hacer(request, fila, de_dictamen.dictaminar, "Se cerró el dictamen. Revisa el orden y publícalo.")


@require_POST
def resultados(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """Publica los resultados, o que quedó desierta: 302 o 409."""
    fila = certamen_o_404(request, organo, clave, conducir=True)
    identidad.exigir(request)
    return _hacer(request, fila, de_dictamen.publicar, "Los resultados ya son públicos.")


def _hacer(
    request: HttpRequest, fila: Certamen, verbo: Callable[[Certamen, Any, dt.datetime], None], hecho: str
) -> HttpResponse:
    """Hace el acto y vuelve a la página; si algo lo impide, lo dice sin cambiar nada."""
    try:
        verbo(fila, request.user, timezone.now())
    except ValidationError as error:
        return _tablero(request, fila, error.messages)
    messages.success(request, hecho)
    return redirect(fila.url_de_gestion)


@require_safe
def postulaciones(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """Las presentadas, por folio. Los borradores no son de nadie más que de quien los escribe."""
    fila = certamen_o_404(request, organo, clave)
    _exigir_conducir(request, fila.organo)
    pagina = pagina_pedida(request, fila.postulaciones.presentadas(), POR_PAGINA)
    contexto = {"c": fila, "pagina": pagina, "total": pagina.paginator.count}
    return render(request, "certamenes/gestion/postulaciones.html", contexto)


@require_safe
def postulacion(request: HttpRequest, organo: str, clave: str, folio: int) -> HttpResponse:
    """Una, con el contacto de quien postula; las calificaciones, solo con el dictamen cerrado."""
    fila = certamen_o_404(request, organo, clave)
    _exigir_conducir(request, fila.organo)
    una = get_object_or_404(fila.postulaciones.presentadas(), folio=folio)
    dictamenes = una.dictamenes.select_related("integrante__usuario").prefetch_related("puntajes__criterio")
    contexto = {
        "c": fila,
        "p": una,
        "respuestas": una.respuestas.select_related("apartado"),
        "evidencias": una.evidencias.select_related("archivo"),
        "dictamenes": dictamenes if fila.estado in DICTAMINADOS else [],
    }
    return render(request, "certamenes/gestion/postulacion.html", contexto)
