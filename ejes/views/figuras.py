"""Cambiar las cifras de un corte: un compromiso con sus acciones, un eje o el plan, en una página."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ejes.cortes import tomar_de_reportes
from ejes.cortes.corte import con_lo_suyo, de_que
from ejes.cortes.cuadro import Cuadro, Renglon
from ejes.cortes.editar_corte import Choque, guardar
from ejes.forms.cortes import FormaFigura, dicho
from ejes.models import Accion, Compromiso, Corte, Eje, Figura

from .cortes import LEE_Y_ESCRIBE, corte_o_404, cuadro_del, marco

GLOBAL = "plan"


@require_http_methods(LEE_Y_ESCRIBE)
def editar(request: HttpRequest, plan: str, numero: int, codigo: str) -> HttpResponse:
    """Las cifras de ese renglón y de sus acciones: 302, 409 si alguien guardó antes, 422 si algo no cabe."""
    corte = corte_o_404(request, plan, numero, conducir=True)
    corte.exigir("publicar")
    cuadro = cuadro_del(corte)
    renglones = _renglones(cuadro, codigo)
    figuras = _figuras(corte, renglones)
    if request.method != "POST":
        return _pintar(request, corte, cuadro, _filas(renglones, figuras), codigo)
    filas = _filas(renglones, figuras, request.POST)
    formas = [forma for _, forma in filas]
    validas = [forma.is_valid() for forma in formas]  # todas: los errores se dicen de una vez
    if not all(validas):
        return _pintar(request, corte, cuadro, filas, codigo, status=422)
    try:
        cuantas = guardar(formas, request.user, timezone.now())
    except Choque as choque:
        return _pintar(request, corte, cuadro, filas, codigo, chocan=choque.formas, status=409)
    except ValidationError as error:
        return _pintar(request, corte, cuadro, filas, codigo, rechazo=error.messages, status=409)
    messages.success(request, "No cambiaste nada." if not cuantas else "Guardado.")
    sigue = _siguiente(cuadro, codigo) if "seguir" in request.POST else ""
    return redirect("cortes:cifras", plan, numero, sigue) if sigue else redirect(corte.url_de_trabajo)


def _renglones(cuadro: Cuadro, codigo: str) -> list[Renglon]:
    """El compromiso y sus acciones; o el eje, o el plan, solos. `Http404` si no existe."""
    renglon = cuadro.de("" if codigo == GLOBAL else codigo)
    if renglon is None or not codigo or codigo.count(".") > 1:
        raise Http404("Ese renglón no está en el corte.")
    acciones = renglon.partes if codigo.count(".") == 1 else ()
    return [*acciones, renglon]


def _figuras(corte: Corte, renglones: list[Renglon]) -> dict[str, Figura]:
    """La figura de cada renglón; las que falten, porque el plan creció, se crean antes."""
    figuras = _por_codigo(corte)
    if any(r.codigo not in figuras for r in renglones):
        tomar_de_reportes.completar(corte)
        figuras = _por_codigo(corte)
    return figuras


def _por_codigo(corte: Corte) -> dict[str, Figura]:
    codigos = _codigos(corte)
    return {codigos[de_que(f)]: f for f in con_lo_suyo(corte).select_related("editado_por")}


def _codigos(corte: Corte) -> dict[tuple[str, int], str]:
    """El código de cada cosa del plan, en tres consultas."""
    plan = corte.plan_id
    acciones = Accion.objects.filter(compromiso__eje__plan=plan).select_related("compromiso__eje")
    compromisos = Compromiso.objects.filter(eje__plan=plan).select_related("eje")
    return {
        ("plan", 0): "",
        **{("eje", e.pk): e.codigo for e in Eje.objects.filter(plan=plan)},
        **{("compromiso", c.pk): c.codigo for c in compromisos},
        **{("accion", a.pk): a.codigo for a in acciones},
    }


def _filas(
    renglones: list[Renglon], figuras: dict[str, Figura], enviado: Any = None
) -> list[tuple[Renglon, FormaFigura]]:
    return [(r, FormaFigura(enviado, figura=figuras[r.codigo])) for r in renglones]


def _pintar(
    request: HttpRequest,
    corte: Corte,
    cuadro: Cuadro,
    filas: list[tuple[Renglon, FormaFigura]],
    codigo: str,
    *,
    chocan: Any = (),
    rechazo: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    chocadas = {forma.figura.pk: _de_ahora(forma) for forma in chocan}
    contexto = marco(request, corte.plan) | {
        "corte": corte,
        "filas": [(r, forma, chocadas.get(forma.figura.pk)) for r, forma in filas],
        "renglon": filas[-1][0],
        "codigo": codigo,
        "siguiente": _siguiente(cuadro, codigo),
        "errores": [forma for _, forma in filas] if status == 422 else rechazo,
    }
    return render(request, "ejes/cortes/cifras.html", contexto, status=status)


def _de_ahora(forma: FormaFigura) -> dict[str, Any]:
    """Quién guardó antes y qué dice ahora la figura."""
    actual = Figura.objects.select_related("editado_por").prefetch_related("ligas").get(pk=forma.figura.pk)
    quien = actual.editado_por.nombre if actual.editado_por else "Una toma de los reportes"
    return {"quien": quien, "dice": dicho(actual), "explicacion": actual.explicacion}


def _siguiente(cuadro: Cuadro, codigo: str) -> str:
    """El renglón que sigue en la captura: cada compromiso, luego su eje y, al final, el plan."""
    orden = [r.codigo for e in cuadro.ejes for r in (*e.partes, e)] + [GLOBAL]
    sigue = orden.index(codigo) + 1 if codigo in orden else len(orden)
    return orden[sigue] if sigue < len(orden) else ""
