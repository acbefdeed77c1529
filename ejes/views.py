"""El plan para la ciudadanía: cuánto se avanzó según quien lo declara y según la cuenta, y por qué difieren.

Todo sale de planes y cortes publicados; lo que se prepara no llega a ninguna plantilla.
"""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ejes.cuadro import Cuadro, Renglon, con_todo, cuadro
from ejes.models import Compromiso, Corte, Eje, Plan

MIGA = ("Plan de acción", "/plan/")


@require_safe
def planes(request: HttpRequest) -> HttpResponse:
    """Los planes publicados, del más reciente al más antiguo, con el avance de su último corte."""
    filas = Plan.objects.publicados().select_related("organo")
    con_cuentas = filas.annotate(
        total_ejes=Count("ejes", distinct=True), total_compromisos=Count("ejes__compromisos", distinct=True)
    )
    return render(request, "ejes/planes.html", {"planes": con_cuentas.order_by("-inicio", "clave")})


@require_safe
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """El plan con su último corte publicado; sin cortes, sus ejes."""
    fila = _plan(plan)
    ultimo = fila.cortes.publicados().last()
    return render(request, "ejes/plan.html", _contexto(fila, ultimo) | {"migas": [MIGA]})


@require_safe
def informe(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Un corte publicado, tal como se publicó."""
    fila = _plan(plan)
    corte = get_object_or_404(fila.cortes.publicados(), numero=numero)
    migas = [MIGA, (fila.nombre, fila.get_absolute_url())]
    return render(request, "ejes/plan.html", _contexto(fila, corte) | {"migas": migas, "es_informe": True})


@require_safe
def eje(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Un eje: su ficha, sus compromisos y su avance en cada corte."""
    fila = _plan(plan)
    del_plan = Eje.objects.select_related("responsable__institucion").prefetch_related(
        "submetas", "propuestas", "difusion", "alineaciones"
    )
    encontrado = get_object_or_404(del_plan, plan=fila, numero=numero)
    contexto = _contexto(fila, fila.cortes.publicados().last()) | {
        "eje": encontrado,
        "migas": [MIGA, (fila.nombre, fila.get_absolute_url())],
    }
    return render(request, "ejes/eje.html", contexto | {"renglon": _renglon(contexto["cuadro"], encontrado)})


@require_safe
def compromiso(request: HttpRequest, plan: str, eje: int, numero: int) -> HttpResponse:
    """Un compromiso: quién responde, sus acciones y de dónde sale cada cifra."""
    fila = _plan(plan)
    con_partes = Compromiso.objects.select_related("eje", "responsable__institucion").prefetch_related(
        "partes", "alineaciones", "acciones", "acuerdos__sesion__organo"
    )
    encontrado = get_object_or_404(con_partes, eje__plan=fila, eje__numero=eje, numero=numero)
    encontrado.eje.plan = fila
    contexto = _contexto(fila, fila.cortes.publicados().last()) | {
        "compromiso": encontrado,
        "migas": [
            MIGA,
            (fila.nombre, fila.get_absolute_url()),
            (str(encontrado.eje), encontrado.eje.get_absolute_url()),
        ],
    }
    renglon = _renglon(contexto["cuadro"], encontrado)
    return render(request, "ejes/compromiso.html", contexto | {"renglon": renglon})


def _plan(clave: str) -> Plan:
    """El plan publicado con esa clave. `Http404` si no lo hay."""
    con_nombre = Plan.objects.publicados().select_related("organo", "aprobado_en__sesion__organo")
    return get_object_or_404(con_nombre.prefetch_related("organo__denominaciones"), clave=clave)


def _contexto(plan: Plan, corte: Corte | None) -> dict[str, Any]:
    """El plan, su corte con el cuadro y los demás cortes publicados."""
    if corte:
        corte.plan = plan
    return {
        "plan": plan,
        "organo": plan.organo,
        "corte": corte,
        "cuadro": cuadro(corte) if corte else None,
        "ejes": None if corte else con_todo(plan),
        "cortes": list(plan.cortes.publicados()),
    }


def _renglon(del_corte: Cuadro | None, cosa: Eje | Compromiso) -> Renglon | None:
    """Su renglón en el último corte, si lo hay."""
    return del_corte.de(cosa) if del_corte else None
