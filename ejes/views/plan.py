"""El plan para la ciudadanía: cuánto se avanzó según quien lo declara y según la cuenta, y por qué difieren.

Las cifras salen del documento de cada corte publicado; lo que se prepara no llega a ninguna plantilla.
"""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ejes.ciudadania import historia, sin_corte
from ejes.ciudadania.enlaces import acuerdos_publicos
from ejes.ciudadania.preguntado import formato_en_uso, preguntado
from ejes.ciudadania.quien_reporto import compromisos, responsables, situaciones
from ejes.ciudadania.relacionables import ligados
from ejes.ciudadania.respuestas import respuestas
from ejes.cortes.publicar import leido
from ejes.estados import EstadoCorte
from ejes.models import Bimestre, Compromiso, CortePublicado, Eje, Plan

MIGA = ("Plan de acción", "/plan/")


@require_safe
def planes(request: HttpRequest) -> HttpResponse:
    """Los planes publicados: los reales primero, del más reciente al más antiguo, con su último avance."""
    cuentas = {
        "total_ejes": Count("ejes", distinct=True),
        "total_compromisos": Count("ejes__compromisos", distinct=True),
    }
    filas = Plan.objects.publicados().select_related("organo").annotate(**cuentas)
    ordenadas = filas.order_by("organo__ficticio", "-inicio", "clave")
    ultimos = historia.ultimos(Plan.objects.publicados())
    return render(request, "ejes/planes.html", {"planes": [(p, ultimos.get(p.pk)) for p in ordenadas]})


@require_safe
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """El plan con su último corte publicado, su historia y sus bimestres; sin cortes, sus ejes."""
    fila = plan_publicado(plan)
    rigen = list(historia.cortes(fila))
    cuadros = historia.cuadros(rigen)
    contexto = {
        **_comun(fila),
        "publicado": rigen[-1] if rigen else None,
        "cuadro": cuadros[-1] if cuadros else None,
        "historia": historia.de_cortes(cuadros),
        "ejes": [] if cuadros else sin_corte.por_eje(fila),
        "cortes": rigen,
        "bimestres": Bimestre.objects.filter(plan=fila).con_prorrogas().order_by("numero"),
        "migas": [MIGA],
    }
    return render(request, "ejes/plan.html", contexto)


@require_safe
def informe(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Un corte, tal como se publicó; si después se corrigió, lo dice."""
    fila = plan_publicado(plan)
    publicado = _publicado(fila, numero)
    contexto = {
        **_comun(fila),
        "publicado": publicado,
        "cuadro": leido(publicado),
        "correccion": fila.cortes.publicados().filter(corrige=publicado.corte_id).first(),
        "cortes": _publicados(fila).defer("documento"),
        "migas": migas_de(fila),
        "es_informe": True,
    }
    return render(request, "ejes/plan.html", contexto)


@require_safe
def informe_pdf(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Lleva al PDF que se imprimió al publicarlo, cuya dirección dice su huella."""
    return redirect(_publicado(plan_publicado(plan), numero).pdf.a_la_vista)


@require_safe
def informe_json(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Los bytes canónicos del corte, de los que sale su huella."""
    publicado = _publicado(plan_publicado(plan), numero)
    return HttpResponse(bytes(publicado.documento), content_type="application/json")


@require_safe
def eje(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Un eje: su ficha, su avance, quién responde y lo que ha contestado bimestre a bimestre."""
    con_ficha = Eje.objects.filter(plan__in=Plan.objects.publicados()).select_related(
        "plan__organo", "responsable__institucion"
    )
    con_todo_lo_suyo = con_ficha.prefetch_related(
        "submetas", "propuestas", "difusion", "alineaciones", compromisos()
    )
    encontrado = get_object_or_404(con_todo_lo_suyo, plan__clave=plan, numero=numero)
    fila = encontrado.plan
    bimestres = Bimestre.objects.filter(plan=fila).con_prorrogas().order_by("numero")
    reportes = situaciones(bimestres, [encontrado], timezone.localdate())
    respondido = respuestas(s.publicado for s in reportes if s.publicado)
    formato = None if respondido else formato_en_uso(bimestres, timezone.localdate())
    contexto = {
        **_comun(fila),
        **_del_renglon(fila, encontrado.codigo),
        "eje": encontrado,
        "situaciones": reportes,
        "responsables": responsables(encontrado),
        "respondido": respondido,
        "formato": formato,
        "preguntado": preguntado(encontrado, formato),
        "ligados": ligados(encontrado),
        "migas": migas_de(fila),
    }
    return render(request, "ejes/eje.html", contexto)


@require_safe
def compromiso(request: HttpRequest, plan: str, eje: int, numero: int) -> HttpResponse:
    """Un compromiso: quién responde, sus acciones y de dónde sale cada cifra."""
    fila = plan_publicado(plan)
    con_partes = Compromiso.objects.select_related("eje", "responsable__institucion").prefetch_related(
        "partes", "alineaciones", "acciones", "hitos"
    )
    encontrado = get_object_or_404(con_partes, eje__plan=fila, eje__numero=eje, numero=numero)
    encontrado.eje.plan = fila
    hoy, en_el_corte = timezone.localdate(), _del_renglon(fila, encontrado.codigo)
    dicho = {} if en_el_corte["cuadro"] else sin_corte.reportado(fila)
    contexto = {
        **_comun(fila),
        **en_el_corte,
        "compromiso": encontrado,
        "reportado": sin_corte.filas(encontrado.acciones.all(), dicho),
        "hitos": [(hito, hito.atrasado(hoy)) for hito in encontrado.hitos.all()],
        "acuerdos": acuerdos_publicos(encontrado.acuerdos),
        "ligados": ligados(encontrado),
        "migas": [*migas_de(fila), (str(encontrado.eje), encontrado.eje.get_absolute_url())],
    }
    return render(request, "ejes/compromiso.html", contexto)


def plan_publicado(clave: str) -> Plan:
    """El plan publicado con esa clave. `Http404` si no lo hay."""
    return get_object_or_404(Plan.objects.publicados().select_related("organo"), clave=clave)


def migas_de(plan: Plan) -> list[tuple[str, str]]:
    """El camino hasta el plan, y él mismo."""
    return [MIGA, (plan.nombre, plan.get_absolute_url())]


def _comun(plan: Plan) -> dict[str, Any]:
    return {"plan": plan, "organo": plan.organo}


def _publicados(plan: Plan) -> "QuerySet[CortePublicado]":
    """Todos los cortes publicados, también los que se corrigieron, en el orden de sus números."""
    filas = CortePublicado.objects.filter(corte__plan=plan, corte__estado=EstadoCorte.PUBLICADO)
    return filas.select_related("corte", "pdf").order_by("corte__numero")


def _publicado(plan: Plan, numero: int) -> CortePublicado:
    return get_object_or_404(_publicados(plan), corte__numero=numero)


def _del_renglon(plan: Plan, codigo: str) -> dict[str, Any]:
    """El renglón en el último corte y su historia en todos."""
    cuadros = historia.cuadros(historia.cortes(plan))
    ultimo = cuadros[-1] if cuadros else None
    return {
        "cuadro": ultimo,
        "renglon": historia.buscar(ultimo.total, codigo) if ultimo else None,
        "historia": historia.de_cortes(cuadros, codigo),
    }
