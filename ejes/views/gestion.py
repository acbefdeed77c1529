"""La página donde se administra un plan y la de cada uno de sus bimestres."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ejes.gestion import publicar_plan, tablero
from ejes.models import Bimestre, Plan, Prorroga
from ejes.registros import calendario
from ejes.registros import plan as registros
from ejes.reportes import recordatorios
from ejes.views.acceso import plan_o_404
from sesiones import permisos
from sesiones.views.acceso import exigir_cuenta
from stl_portal.cuentas import identidad

CAMBIOS = 20  # los últimos que se muestran


@require_safe
def planes(request: HttpRequest) -> HttpResponse:
    """Los planes que administra o audita quien entra, con a dónde ir en cada uno."""
    exigir_cuenta(request)
    filas = tablero.planes_de(request.user, timezone.localdate())
    return render(request, "ejes/gestion/planes.html", {"planes": filas})


@require_safe
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """El árbol del plan, sus bimestres, lo que falta y quién ha cambiado qué."""
    fila, hoy = plan_o_404(request, plan), timezone.localdate()
    ejes = tablero.arbol(fila)
    contexto = marco(request, fila) | {
        "ejes": ejes,
        "cuentas": tablero.cuentas(ejes),
        "falta": publicar_plan.lo_que_falta(ejes) if fila.puede("publicar") else [],
        "bimestres": tablero.bimestres(fila, hoy),
        "formatos": fila.formatos.order_by("-version"),
        "cambios": fila.historia.select_related("por").order_by("-pk")[:CAMBIOS],
        "urls": _urls(fila),
    }
    return render(request, "ejes/gestion/plan.html", contexto)


@require_POST
def publicar(request: HttpRequest, plan: str) -> HttpResponse:
    """Hace público el plan. 409 si le falta algo o ya lo estaba."""
    fila = plan_o_404(request, plan, conducir=True)
    identidad.exigir(request)
    publicar_plan.publicar(fila, request.user)
    messages.success(request, f"Se publicó «{fila.nombre}». Ya lo puede leer cualquiera.")
    return redirect("gestion:plan", fila.clave)


@require_safe
def bimestre(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Quién envió, quién no, sus prórrogas y los recordatorios que han salido."""
    fila, hoy = plan_o_404(request, plan), timezone.localdate()
    todos = Bimestre.objects.filter(plan=fila).con_prorrogas()
    encontrado = get_object_or_404(todos, numero=numero)
    organo, situaciones = fila.organo, tablero.del_bimestre(encontrado, hoy)
    contexto = marco(request, fila) | {
        "bimestre": encontrado,
        "ventana": encontrado.ventana,
        "vencido": encontrado.ventana.vencida(hoy),
        "situaciones": situaciones,
        "avisos": recordatorios.enviados(encontrado),
        "proximos": recordatorios.proximos(encontrado, hoy),
        "sin_correo": recordatorios.sin_correo([s.casilla for s in situaciones], hoy),
        "url_corregir": calendario.BIMESTRES.url_de(encontrado, organo),
        "url_prorroga": calendario.PRORROGAS.url_nuevo(organo, encontrado),
        "prorrogas": _prorrogas(encontrado),
        "migas": [registros.tablero(fila)],
    }
    return render(request, "ejes/gestion/bimestre.html", contexto)


def _prorrogas(bimestre: Bimestre) -> list[tuple[Prorroga, str]]:
    """De la primera a la última, con la dirección para corregir la que todavía se puede."""
    registro, organo = calendario.PRORROGAS, bimestre.plan.organo
    filas = registro.filas(organo).filter(bimestre=bimestre).order_by("entrega", "pk")
    return [(p, "" if registro.candado(p, organo) else registro.url_de(p, organo)) for p in filas]


def marco(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """Lo que toda página de la gestión del plan necesita."""
    hoy, organo = timezone.localdate(), plan.organo
    return {
        "plan": plan,
        "organo": organo,
        "denominacion": organo.denominacion(hoy),
        "denominacion_padre": organo.padre.denominacion(hoy) if organo.padre else None,
        "conduce": permisos.puede_conducir(request.user, organo, hoy),
    }


def _urls(plan: Plan) -> dict[str, str]:
    """A dónde se corrige el plan y dónde se le agrega cada cosa."""
    organo = plan.organo
    return {
        "corregir": registros.PLANES.url_de(plan, organo),
        "eje": registros.EJES.url_nuevo(organo, plan),
        "formato": calendario.FORMATOS.url_nuevo(organo, plan),
        "bimestre": calendario.BIMESTRES.url_nuevo(organo, plan),
    }
