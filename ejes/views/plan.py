"""El plan para la ciudadanía: cuánto se avanzó según quien lo declara y según la cuenta, y por qué difieren.

Las cifras salen del documento de cada corte publicado; lo que se prepara no llega a ninguna plantilla.
"""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from ejes.corte import con_todo
from ejes.models import Compromiso, CortePublicado, Eje, Plan
from ejes.publicar import leido

MIGA = ("Plan de acción", "/plan/")


@require_safe
def planes(request: HttpRequest) -> HttpResponse:
    """Los planes publicados, del más reciente al más antiguo."""
    cuentas = {
        "total_ejes": Count("ejes", distinct=True),
        "total_compromisos": Count("ejes__compromisos", distinct=True),
    }
    filas = Plan.objects.publicados().annotate(**cuentas).order_by("-inicio", "clave")
    return render(request, "ejes/planes.html", {"planes": filas})


@require_safe
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """El plan con su último corte publicado; sin cortes, sus ejes."""
    fila = _plan(plan)
    contexto = _contexto(fila, _publicados(fila).last()) | {"migas": [MIGA]}
    return render(request, "ejes/plan.html", contexto)


@require_safe
def informe(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Un corte, tal como se publicó."""
    fila = _plan(plan)
    contexto = _contexto(fila, get_object_or_404(_publicados(fila), corte__numero=numero))
    contexto |= {"migas": _migas(fila), "es_informe": True}
    return render(request, "ejes/plan.html", contexto)


@require_safe
def informe_pdf(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Lleva al PDF que se imprimió al publicarlo, cuya dirección dice su huella."""
    return redirect(get_object_or_404(_publicados(_plan(plan)), corte__numero=numero).pdf.a_la_vista)


@require_safe
def informe_json(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Los bytes canónicos del corte, de los que sale su huella."""
    publicado = get_object_or_404(_publicados(_plan(plan)), corte__numero=numero)
    return HttpResponse(bytes(publicado.documento), content_type="application/json")


@require_safe
def eje(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Un eje: su ficha, sus compromisos y su avance en el último corte."""
    fila = _plan(plan)
    con_ficha = Eje.objects.select_related("responsable__institucion").prefetch_related(
        "submetas", "propuestas", "difusion", "alineaciones"
    )
    encontrado = get_object_or_404(con_ficha, plan=fila, numero=numero)
    contexto = _contexto(fila, _publicados(fila).last(), encontrado.codigo)
    return render(request, "ejes/eje.html", contexto | {"eje": encontrado, "migas": _migas(fila)})


@require_safe
def compromiso(request: HttpRequest, plan: str, eje: int, numero: int) -> HttpResponse:
    """Un compromiso: quién responde, sus acciones y de dónde sale cada cifra."""
    fila = _plan(plan)
    con_partes = Compromiso.objects.select_related("eje", "responsable__institucion").prefetch_related(
        "partes", "alineaciones", "acciones", "acuerdos__sesion__organo"
    )
    encontrado = get_object_or_404(con_partes, eje__plan=fila, eje__numero=eje, numero=numero)
    encontrado.eje.plan = fila
    contexto = _contexto(fila, _publicados(fila).last(), encontrado.codigo) | {
        "compromiso": encontrado,
        "migas": [*_migas(fila), (str(encontrado.eje), encontrado.eje.get_absolute_url())],
    }
    return render(request, "ejes/compromiso.html", contexto)


def _plan(clave: str) -> Plan:
    """El plan publicado con esa clave. `Http404` si no lo hay."""
    return get_object_or_404(Plan.objects.publicados().select_related("organo"), clave=clave)


def _migas(plan: Plan) -> list[tuple[str, str]]:
    return [MIGA, (plan.nombre, plan.get_absolute_url())]


def _publicados(plan: Plan) -> Any:
    """Los cortes publicados del plan, del primero al último."""
    filas = CortePublicado.objects.filter(corte__plan=plan, corte__estado="publicado")
    return filas.select_related("corte", "pdf").order_by("corte__numero")


def _contexto(plan: Plan, publicado: CortePublicado | None, codigo: str = "") -> dict[str, Any]:
    """El plan, su corte con el cuadro publicado y los demás cortes; `renglon` es el de `codigo`."""
    cuadro = leido(publicado) if publicado else None
    return {
        "plan": plan,
        "organo": plan.organo,
        "publicado": publicado,
        "cuadro": cuadro,
        "renglon": cuadro.de(codigo) if cuadro and codigo else None,
        "ejes": None if cuadro else con_todo(plan),
        "cortes": _publicados(plan).defer("documento") if cuadro else [],
    }
