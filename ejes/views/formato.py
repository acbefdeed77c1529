"""El editor del formato: todos sus renglones, con la pregunta de cada eje, en una página."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ejes.forms.calendario import usado
from ejes.forms.formato import Renglones, huella
from ejes.gestion import versiones_del_formato
from ejes.models import Formato, Plan
from ejes.registros import calendario
from ejes.registros import plan as registros
from ejes.registros.constancia import anotar
from ejes.views.acceso import plan_o_404
from sesiones.models import Organo
from sesiones.views.mesa.una_vez import una_vez
from sesiones.views.registros.huella import CAMPO, Diferencia, diferencias

from .gestion import marco


@require_http_methods(["GET", "HEAD", "POST"])
def formato(request: HttpRequest, plan: str, version: int) -> HttpResponse:
    """El formato, para escribirlo mientras no se use; 422 con sus errores y 409 si alguien lo cambió."""
    del_plan = plan_o_404(request, plan)
    fila = _formato(del_plan, version)
    if request.method == "POST":
        return _guardar(request, fila)
    return _pagina(request, fila, Renglones(instance=fila), huella(fila))


@require_POST
def nueva_version(request: HttpRequest, plan: str, version: int) -> HttpResponse:
    """Copia los renglones y las preguntas en una versión que sí se puede cambiar."""
    original = _formato(plan_o_404(request, plan, conducir=True), version)

    def hacer() -> str:
        copia = versiones_del_formato.nueva_version(original)
        anotar(registros.del_plan)(copia, f"Se hizo a partir de la versión {original.version}", request.user)
        messages.success(request, f"Se hizo la versión {copia.version}. Cambia lo que haga falta.")
        return calendario.editor(copia)

    return redirect(una_vez(request, hacer))


def _formato(plan: Plan, version: int) -> Formato:
    fila = get_object_or_404(plan.formatos.all(), version=version)
    fila.plan = plan
    return fila


def _se_queda(fila: Formato) -> str:
    """Por qué esa versión no se borra; vacío si se puede."""
    return calendario.FORMATOS.no_se_quita(fila, fila.plan.organo)


def _guardar(request: HttpRequest, fila: Formato) -> HttpResponse:
    """Guarda si nadie lo cambió ni lo usó mientras tanto; lo escrito vuelve siempre."""
    with transaction.atomic():
        Organo.objects.select_for_update().get(pk=fila.plan.organo_id)
        leida, renglones = huella(fila), Renglones(request.POST, instance=fila)
        if usado(fila):
            return _pagina(request, fila, renglones, leida, status=409)
        cambios = list(_cambios(renglones))
        if cambios and request.POST.get(CAMPO, "") != leida:
            return _pagina(request, fila, renglones, leida, choque=cambios, status=409)
        impide = _intentar(renglones)
        if impide is not None:
            return _pagina(request, fila, renglones, leida, impide=impide, status=422)
        if cambios:
            que = "; ".join(f"{c.dato}: {c.guardado} → {c.tuyo}" for c in cambios)
            anotar(registros.del_plan)(fila, que, request.user)
    messages.success(request, "Se guardó el formato.")
    return redirect(calendario.editor(fila))


def _intentar(renglones: Any) -> list[str] | None:
    """None si se guardó; si no, lo que lo impide además de lo que dice cada campo."""
    if not renglones.is_valid():
        return []
    try:
        renglones.save()
    except ValidationError as error:
        impide: list[str] = error.messages
        return impide
    return None


def _cambios(renglones: Any) -> Iterator[Diferencia]:
    """Lo escrito que no coincide con lo guardado, renglón por renglón."""
    for forma in renglones:
        numero = forma["orden"].value()
        for una in diferencias(forma):
            yield replace(una, dato=f"Renglón {numero}. {una.dato}")


def _pagina(
    request: HttpRequest,
    fila: Formato,
    renglones: Any,
    leida: str,
    *,
    choque: list[Diferencia] | None = None,
    impide: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    contexto = marco(request, fila.plan)
    sellado = usado(fila)
    contexto |= {
        "formato": fila,
        "renglones": renglones,
        "huella": leida,
        "choque": choque or [],
        "errores": [*(impide or []), renglones],
        "sellado": sellado,
        "nuevo": not renglones.initial_form_count(),
        "se_escribe": contexto["conduce"] and not sellado,
        "lectura": fila.renglones.prefetch_related("preguntas__eje"),
        "url": calendario.editor(fila),
        "url_corregir": calendario.FORMATOS.url_de(fila, fila.plan.organo),
        "url_quitar": "" if _se_queda(fila) else calendario.FORMATOS.url_de(fila, fila.plan.organo, "quitar"),
        "migas": [registros.tablero(fila.plan)],
    }
    return render(request, "ejes/gestion/formato.html", contexto, status=status)
