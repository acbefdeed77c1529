"""Lo que comparten los pasos de la mesa: el marco de la página y cómo se ejecuta una acción."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from sesiones import permisos
from sesiones.estados import PREVIAS, EstadoSesion
from sesiones.forms.base import FormaInvalida
from sesiones.models import Quorum, Sesion
from sesiones.models.declaratoria import calcular_quorum
from sesiones.views.acceso import sesion_o_404
from stl_portal.versiones import VersionRancia

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
            url_de(sesion, clave),
            "actual" if clave == actual else "hecho" if hechos.get(clave) else "pendiente",
        )
        for clave, texto in PASOS
    ]


def url_de(sesion: Sesion, paso: str) -> str:
    """Dirección de un paso; el acta tiene su propio espacio de nombres."""
    return reverse(
        f"{'actas' if paso == 'acta' else 'mesa'}:{paso}", args=(sesion.organo.clave, sesion.clave)
    )


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


def choque(request: HttpRequest, error: VersionRancia) -> dict[str, Any]:
    """Lo enviado junto a lo guardado, campo por campo, para que la persona decida."""
    actual = error.actual
    nombres = [n for n in request.POST if n not in ("csrfmiddlewaretoken", "version")]
    campos = [
        {"nombre": n, "tuyo": request.POST[n], "guardado": getattr(actual, n, "")}
        for n in nombres
        if str(getattr(actual, n, "") or "") != request.POST[n]
    ]
    return {
        "campos": campos,
        "todos": [(n, request.POST[n]) for n in nombres],
        "version": actual.version,
        "quien": "Tu otra ventana" if actual.editado_por == request.user else actual.editado_por,
        "cuando": actual.editado_el,
        "url": request.path,
        "volver": request.META.get("HTTP_REFERER", "/mi/"),
    }


# Las respuestas 4xx de la mesa traen la página con sus errores: también se muestran.
CONFIG_HTMX = (
    '{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true,"historyCacheSize":0,"attributesToSettle":["class","width","height"],'
    '"responseHandling":[{"code":"204","swap":false},{"code":"...","swap":true}]}'
)

PROTEGIDO = "No se puede borrar: otra parte del acta depende de eso."

Contexto = Callable[..., dict[str, Any]]


def accion(
    paso: str, contexto: Contexto
) -> Callable[[Callable[..., str | None]], Callable[..., HttpResponse]]:
    """Convierte una función en una acción POST de la mesa.

    Pasa la puerta, ejecuta y redirige al paso (o a la dirección que devuelva). Si la forma o el
    dominio la rechazan, repinta el paso con los errores (422) y con todo lo escrito.
    """

    def decorar(funcion: Callable[..., str | None]) -> Callable[..., HttpResponse]:
        @require_POST
        @wraps(funcion)
        def vista(request: HttpRequest, organo: str, sesion: str, **resto: Any) -> HttpResponse:
            fila = sesion_o_404(request, organo, sesion, conducir=True)
            try:
                destino = funcion(request, fila, **resto)
            except FormaInvalida as error:
                ctx = contexto(request, fila, **resto) | {
                    error.forma.nombre: error.forma,
                    "con_errores": error.forma,
                }
                return pintar(request, fila, paso, ctx, status=422)
            except VersionRancia as error:
                ctx = contexto(request, fila, **resto) | {"conflicto": choque(request, error)}
                return pintar(request, fila, paso, ctx, status=409)
            except ProtectedError:
                ctx = contexto(request, fila, **resto) | {"errores": [PROTEGIDO]}
                return pintar(request, fila, paso, ctx, status=409)
            except ValidationError as error:
                ctx = contexto(request, fila, **resto) | {"errores": error.messages}
                return pintar(request, fila, paso, ctx, status=422)
            return redirect(destino or url_de(fila, paso))

        return vista

    return decorar
