"""Lo que comparten los pasos de la mesa: el marco de la página y cómo se ejecuta una acción."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from sesiones import permisos
from sesiones.estados import PREVIAS, EstadoSesion
from sesiones.forms.base import FormaInvalida
from sesiones.models import Quorum, Sesion
from sesiones.models.declaratoria import calcular_quorum
from sesiones.views.acceso import sesion_o_404
from stl_portal.errores import es_autoguardado
from stl_portal.versiones import VersionRancia

from . import guardado
from .una_vez import una_vez

PASOS = (
    ("convocatoria", "Convocatoria"),
    ("asistencia", "Asistencia y quórum"),
    ("orden", "Orden del día"),
    ("desahogo", "Desahogo y acuerdos"),
    ("cierre", "Cierre"),
    ("acta", "Acta"),
)


class Paso(NamedTuple):
    """Un peldaño del riel, como lo pinta `componentes/pasos.html`."""

    texto: str
    url: str
    estado: str


def pasos(sesion: Sesion, actual: str) -> list[Paso]:
    """El riel: qué está hecho, dónde se está y qué falta."""
    hechos = {
        "convocatoria": sesion.estado != EstadoSesion.PROGRAMADA,
        "asistencia": sesion.estado in (EstadoSesion.EN_CURSO, EstadoSesion.CONCLUIDA),
        "orden": sesion.estado in (EstadoSesion.EN_CURSO, EstadoSesion.CONCLUIDA),
        "desahogo": sesion.estado == EstadoSesion.CONCLUIDA,
        "cierre": sesion.estado == EstadoSesion.CONCLUIDA,
    }
    return [
        Paso(
            texto,
            sesion.paso_url(clave),
            "actual" if clave == actual else "hecho" if hechos.get(clave) else "pendiente",
        )
        for clave, texto in PASOS
    ]


def linea_de_quorum(sesion: Sesion) -> dict[str, Any]:
    """La línea viva de arriba: lo declarado, o cómo va la cuenta en este momento."""
    if not sesion.con_quorum:
        return {"clase": "", "frase": "Reunión de trabajo: no exige quórum"}
    declarado = sesion.quorums.vigentes().last()
    if declarado and sesion.estado not in PREVIAS:
        return _linea_declarada(sesion, declarado)
    convocatoria = 2 if sesion.estado == EstadoSesion.SIN_QUORUM else 1
    cuenta = calcular_quorum(sesion, convocatoria)
    if not cuenta.presentes and not sesion.asistencias.exists():
        frase = f"Aún no se pasa lista: para sesionar hacen falta {cuenta.requeridos} de {cuenta.base}"
        return {"clase": "espera", "frase": frase, "fundamento": _partir(cuenta.frase())["fundamento"]}
    return {"clase": "hay" if cuenta.hay else "falta", **_partir(cuenta.frase())}


def _linea_declarada(sesion: Sesion, declarado: Quorum) -> dict[str, Any]:
    """Lo declarado; si por las salidas ya no alcanza, se avisa en su lugar."""
    linea = {"clase": "declarado", **_partir(declarado.frase), "hora": declarado.hora}
    if sesion.estado != EstadoSesion.EN_CURSO or not sesion.asistencias.filter(movimientos__tipo="salida"):
        return linea
    cuenta = calcular_quorum(sesion, declarado.convocatoria)
    if cuenta.hay:
        return linea
    ahora = _partir(cuenta.frase())["frase"]
    return linea | {"clase": "falta", "frase": f"Se perdió el quórum: ahora {ahora}"}


def _partir(frase: str) -> dict[str, str]:
    """Lo que se lee de lejos y, aparte, el fundamento entre paréntesis."""
    esencial, parentesis, fundamento = frase.partition(" (")
    return {"frase": esencial, "fundamento": parentesis.strip() + fundamento}


def pintar(
    request: HttpRequest, sesion: Sesion, paso: str, contexto: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Pinta un paso con el marco de la mesa."""
    marco = {
        "sesion": sesion,
        "organo": sesion.organo,
        "denominacion": sesion.organo.denominacion(sesion.fecha),
        "paso": paso,
        "pasos": pasos(sesion, paso),
        "quorum": linea_de_quorum(sesion),
        "conduce": permisos.puede_conducir(request.user, sesion.organo, timezone.localdate()),
        "config_htmx": CONFIG_HTMX,
    }
    return render(request, f"sesiones/mesa/{paso}.html", marco | contexto, status=status)


# Las respuestas 4xx de la mesa traen la página con sus errores: también se muestran.
CONFIG_HTMX = (
    '{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true,"historyCacheSize":0,"attributesToSettle":["class","width","height"],'
    '"responseHandling":[{"code":"204","swap":false},{"code":"...","swap":true}]}'
)

PROTEGIDO = "No se puede borrar: otra parte del acta depende de eso."
RECHAZOS = (FormaInvalida, VersionRancia, ProtectedError, ValidationError)

Contexto = Callable[..., dict[str, Any]]


def accion(
    paso: str, contexto: Contexto
) -> Callable[[Callable[..., str | None]], Callable[..., HttpResponse]]:
    """Convierte una función en una acción POST de la mesa.

    Pasa la puerta, ejecuta y redirige al paso (o a la dirección que devuelva). Si la forma o el
    dominio la rechazan, repinta el paso con los errores (422) y con todo lo escrito. Al
    autoguardado de los datos de la sesión le responde lo mismo en JSON.
    """

    def decorar(funcion: Callable[..., str | None]) -> Callable[..., HttpResponse]:
        @require_POST
        @wraps(funcion)
        def vista(request: HttpRequest, organo: str, sesion: str, **resto: Any) -> HttpResponse:
            fila = sesion_o_404(request, organo, sesion, conducir=True)

            def hacer() -> str:
                return funcion(request, fila, **resto) or fila.paso_url(paso)

            try:
                destino = una_vez(request, hacer)
            except RECHAZOS as error:
                if es_autoguardado(request):
                    return guardado.no_guardado(request, error)
                fila.refresh_from_db()  # lo rechazado no se muestra como si constara
                lo_suyo, status = explicar(request, error)
                return pintar(request, fila, paso, contexto(request, fila, **resto) | lo_suyo, status=status)
            return guardado.hecho(fila.version) if es_autoguardado(request) else redirect(destino)

        return vista

    return decorar


def explicar(request: HttpRequest, error: Exception) -> tuple[dict[str, Any], int]:
    """Lo que la página agrega para decir por qué no se hizo, y su estado HTTP."""
    match error:
        case FormaInvalida():
            return {error.forma.nombre: error.forma, "con_errores": error.forma}, 422
        case VersionRancia():
            return {"conflicto": guardado.choque(request, error)}, 409
        case ProtectedError():
            return {"errores": [PROTEGIDO]}, 409
        case ValidationError():
            return {"errores": error.messages}, 422
    raise error
