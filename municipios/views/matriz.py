"""La matriz de captura: 46 municipios por las etapas que un secretariado sigue."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from municipios import permisos
from municipios.captura.anotar import Cambio, Rechazados, Rechazo, varias
from municipios.captura.deshacer import de_la_importacion
from municipios.captura.filtro import leer
from municipios.captura.tablero import Intento, Tablero, claves, fecha_pedida, por_que_no
from municipios.cuadro import tomar
from municipios.forms.anotar import Matriz
from municipios.views.acceso import informa_de, lee_todos, seguimiento_o_404
from sesiones.models import Organo
from sesiones.permisos import puede_conducir, puede_fundar
from sesiones.views.acceso import exigir_cuenta
from stl_portal.versiones import entero


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Los seguimientos que la cuenta captura o consulta; si es uno solo, va directo a él."""
    exigir_cuenta(request)
    hoy = timezone.localdate()
    suyos = permisos.organos_que_siguen(request.user, hoy)
    organos = list(Organo.objects.con_nombre().filter(pk__in=suyos).reales_primero())
    if len(organos) == 1:
        return redirect("gestion_municipios:matriz", organos[0].clave)
    renglones = [(organo, organo.denominacion(hoy).nombre) for organo in organos]
    return render(request, "municipios/gestion/inicio.html", {"renglones": renglones})


@require_http_methods(["GET", "HEAD", "POST"])
def matriz(request: HttpRequest, organo: str) -> HttpResponse:
    """El cuadro a una fecha, 422 si no se puede ver; al enviarlo, anota todo o nada: 302, 409 o 422."""
    seguimiento = seguimiento_o_404(request, organo)
    hoy = timezone.localdate()
    if request.method != "POST":
        pedida = request.GET.get("al", "")
        motivo = por_que_no(pedida, hoy)
        status = 422 if motivo else 200
        return pintar(request, seguimiento, fecha_pedida(pedida, hoy), status=status, motivo=motivo)
    return _guardar(request, seguimiento, fecha_pedida(request.POST.get("fecha", ""), hoy))


def _guardar(request: HttpRequest, organo: Organo, fecha: dt.date) -> HttpResponse:
    informa = claves(informa_de(request, organo))
    cuadro = tomar(organo, fecha)
    cambios, rechazos = Matriz(request.POST, cuadro, informa, fecha).leer()
    try:
        if rechazos:
            raise Rechazados(rechazos)
        varias(request.user, organo, cambios)
    except Rechazados as error:
        return _no_guardado(request, organo, fecha, cambios, list(error.rechazos))
    messages.success(request, _se_guardo(len(cambios)))
    lo_mismo = f"?al={fecha.isoformat()}{leer(request.GET, cuadro.etapas).consulta}"
    return redirect(f"{reverse('gestion_municipios:matriz', args=(organo.clave,))}{lo_mismo}")


def _se_guardo(cuantos: int) -> str:
    if not cuantos:
        return "No había nada que guardar."
    return "Se guardó un cambio." if cuantos == 1 else f"Se guardaron {cuantos} cambios."


def _no_guardado(
    request: HttpRequest, organo: Organo, fecha: dt.date, cambios: list[Cambio], rechazos: list[Rechazo]
) -> HttpResponse:
    """Lo elegido sigue en pantalla y cada casilla dice qué le falta; 409 si otra persona anotó antes."""
    intento = Intento({c.sitio: c for c in cambios}, {r.sitio: r for r in rechazos})
    status = 409 if any(r.campo == "sobre" for r in rechazos) else 422
    return pintar(request, organo, fecha, intento, status)


def tablero_de(
    request: HttpRequest, organo: Organo, fecha: dt.date, intento: Intento | None = None
) -> Tablero:
    """El cuadro a esa fecha con lo que la cuenta ve y puede cambiar, filtrado como lo pide la dirección."""
    cuadro = tomar(organo, fecha)
    return Tablero(
        cuadro,
        claves(informa_de(request, organo)),
        lee_todos(request, organo),
        intento or Intento(),
        leer(request.GET, cuadro.etapas),
    )


def pintar(
    request: HttpRequest,
    organo: Organo,
    fecha: dt.date,
    intento: Intento | None = None,
    status: int = 200,
    *,
    motivo: str = "",
) -> HttpResponse:
    """La página de la matriz; `motivo`: por qué no se ve el día pedido sino `fecha`."""
    tablero = tablero_de(request, organo, fecha, intento)
    contexto = marco(request, organo, tablero) | {
        "hoy": timezone.localdate(),
        "al": fecha,
        "por_que_no": motivo,
        "importacion": _importacion(request, organo),
    }
    return render(request, "municipios/gestion/matriz.html", contexto, status=status)


def _importacion(request: HttpRequest, organo: Organo) -> int:
    """Lo que se acaba de importar, por una de sus anotaciones, si todavía hay qué deshacer; 0 si no."""
    pk = entero(request.GET.get("importacion"))
    return pk if pk and de_la_importacion(request.user, organo, pk).exists() else 0


def marco(request: HttpRequest, organo: Organo, tablero: Tablero) -> dict[str, Any]:
    """Lo que lleva toda página de captura."""
    hoy = timezone.localdate()
    renglones = tablero.renglones
    uno = renglones[0].municipio if len(renglones) == 1 else None
    return {
        "organo": organo,
        "denominacion": organo.denominacion(hoy),
        "conduce": puede_conducir(request.user, organo, hoy),
        "funda": puede_fundar(request.user, organo, hoy),
        "tablero": tablero,
        "renglones": renglones,
        "cuantos": sum(not renglon.oculto for renglon in renglones),
        "titulo": f"Avance de {uno}" if uno else "Avance de los municipios",
    }
