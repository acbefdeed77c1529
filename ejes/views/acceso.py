"""La puerta de cada vista privada del plan: encuentra la cosa y decide quién pasa, en un solo paso."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ejes import permisos
from ejes.models import Bimestre, Plan, Reporte
from sesiones.views.acceso import exigir_cuenta, exigir_permiso

LEE = ("GET", "HEAD")


def reporte_o_404(request: HttpRequest, pk: int) -> Reporte:
    """El reporte, para leerlo; si la petición escribe, exige poder prepararlo.

    Lanza `FaltaEntrar`, `Http404` a quien no tiene que ver con él y `PermissionDenied` a quien solo lo lee.
    """
    exigir_cuenta(request)
    reporte = _traer(pk)
    hoy = timezone.localdate()
    if not permisos.lee_reporte(request.user, reporte, hoy):
        raise Http404
    if request.method not in LEE and not permisos.prepara(request.user, reporte.asiento, hoy):
        raise PermissionDenied("Puedes consultar este reporte, pero prepararlo le toca a su institución.")
    return reporte


def por_revisar_o_404(request: HttpRequest, pk: int, *, conducir: bool = False) -> Reporte:
    """El reporte ya enviado, para quien lo revisa; la auditora lo lee, salvo con `conducir`.

    Lanza `FaltaEntrar`, `PermissionDenied` a la auditora que decide y `Http404` a los demás: quien lo prepara
    tiene su propia página, y los de otras instituciones no deben saber ni que se envió.
    """
    exigir_cuenta(request)
    reporte = _traer(pk)
    if not reporte.entregas.exists():
        raise Http404
    hoy = timezone.localdate()
    if permisos.revisa(request.user, reporte, hoy):
        return reporte
    if not permisos.audita(request.user, reporte, hoy):
        raise Http404
    if conducir or request.method not in LEE:
        raise PermissionDenied("Puedes leer este reporte, pero revisarlo le toca a quien conduce el órgano.")
    return reporte


def plan_o_404(request: HttpRequest, clave: str, *, conducir: bool = False) -> Plan:
    """El plan, publicado o no, si la cuenta lee la mesa de su órgano; capturar le toca a quien lo conduce."""
    exigir_cuenta(request)
    planes = Plan.objects.select_related("organo__padre").prefetch_related("organo__denominaciones")
    plan = get_object_or_404(planes, clave=clave)
    exigir_permiso(request, plan.organo, captura=conducir or request.method not in LEE)
    return plan


def _traer(pk: int) -> Reporte:
    filas = Reporte.objects.select_related("eje__plan", "asiento__institucion", "asiento__organo__padre")
    reporte = get_object_or_404(filas, pk=pk)
    reporte.bimestre = Bimestre.objects.con_prorrogas().get(pk=reporte.bimestre_id)
    return reporte
