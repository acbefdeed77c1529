"""La página de un acuerdo: qué se decidió, cómo, quién responde y qué pasó después."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sesiones import novedades, permisos, preguntas, publica, seguimiento
from sesiones.ligados import con_ligados
from sesiones.models import Acuerdo, Sesion


@require_safe
def acuerdo(request: HttpRequest, organo: str, sesion: str, numero: int) -> HttpResponse:
    """Un acuerdo de una sesión concluida, sin lo testado en sus actas."""
    uno = _publico(organo, sesion, numero)
    con_acta = novedades.con_acta(Sesion.objects.filter(pk=uno.sesion_id)).values_list("con_acta", flat=True)
    contexto = {
        "a": uno,
        "sesion": uno.sesion,
        "organo": uno.sesion.organo,
        "denominacion": uno.sesion.organo.denominacion(uno.sesion.fecha),
        "con_acta": con_acta.get(),
        "vecinos": _vecinos(uno),
        "expide": permisos.puede_conducir(request.user, uno.sesion.organo, timezone.localdate()),
        "clave_para_preguntar": preguntas.clave_de(uno),
        "vencido": seguimiento.vencido(uno, timezone.localdate()),
    }
    return render(request, "sesiones/publico/acuerdo.html", contexto)


def _publico(organo: str, sesion: str, numero: int) -> Any:
    """El acuerdo con todo lo que se lee de él; 404 si su sesión no ha concluido."""
    filas = seguimiento.con_estado_publico(Acuerdo.objects.de_sesiones_publicas())
    con_todo = filas.select_related("punto", "sesion__organo", "responsable_asiento__institucion")
    con_todo = con_todo.defer("punto__desahogo").prefetch_related(
        "sesion__organo__denominaciones", "plazos", "votaciones", seguimiento.publicado()
    )
    cual = {"sesion__organo__clave": organo, "sesion__clave": sesion, "numero": numero}
    uno = publica.acuerdos_sin_datos([get_object_or_404(con_todo, **cual)])[0]
    tachador = publica.tachadores([uno.sesion_id]).get(uno.sesion_id, publica.SIN_NADA)
    for fila in (uno.punto, *uno.votaciones.all()):
        publica.tachar(fila, tachador)
    return con_ligados([uno])[0]


def _vecinos(uno: Acuerdo) -> list[Acuerdo]:
    """El acuerdo anterior y el siguiente de la misma sesión, los que haya."""
    cerca = (uno.numero - 1, uno.numero + 1)
    filas = list(Acuerdo.objects.filter(sesion=uno.sesion_id, numero__in=cerca).order_by("numero"))
    for fila in filas:
        fila.sesion = uno.sesion
    return filas
