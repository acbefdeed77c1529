"""La puerta de cada vista privada: encuentra la cosa y decide quién pasa, en un solo paso.

Para quien no tiene que ver con el órgano no existe (404). Quien puede leer pero no capturar
recibe 403 al intentarlo.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from sesiones import permisos, revision
from sesiones.models import Acta, Organo, Punto, Revisor, Sesion
from stl_portal.errores import FaltaEntrar


def organo_o_404(request: HttpRequest, clave: str, *, conducir: bool = False) -> Organo:
    """El órgano, si la cuenta puede leer su mesa (o capturar en ella, con `conducir`).

    Lanza `FaltaEntrar`, `Http404` o `PermissionDenied`.
    """
    exigir_cuenta(request)
    organo = get_object_or_404(Organo.objects.select_related("padre").con_nombre(), clave=clave)
    exigir_permiso(request, organo, captura=conducir or request.method not in ("GET", "HEAD"))
    return organo


def exigir_cuenta(request: HttpRequest) -> None:
    """Nadie pasa sin entrar: lanza `FaltaEntrar`."""
    if not request.user.is_authenticated:
        raise FaltaEntrar


def exigir_permiso(request: HttpRequest, organo: Organo, *, captura: bool) -> None:
    """Lanza `Http404` a quien no puede leer la mesa del órgano y `PermissionDenied` a quien no captura."""
    hoy = timezone.localdate()
    if captura and permisos.puede_conducir(request.user, organo, hoy):
        return
    if not permisos.puede_leer_mesa(request.user, organo, hoy):
        raise Http404
    if captura:
        raise PermissionDenied("Puedes consultar esta mesa, pero capturar le toca a la persona facilitadora.")


def punto_por_escribir(request: HttpRequest, organo: str, sesion: str, pk: int) -> Punto:
    """El punto con su sesión y su órgano en una consulta, para capturar: por aquí pasa el autoguardado.

    La misma puerta que `sesion_o_404`; el nombre del órgano no se trae porque no se muestra.
    """
    exigir_cuenta(request)
    puntos = Punto.objects.select_related("sesion__organo")
    punto = get_object_or_404(puntos, pk=pk, sesion__clave=sesion, sesion__organo__clave=organo)
    exigir_permiso(request, punto.sesion.organo, captura=True)
    return punto


def sesion_o_404(request: HttpRequest, organo: str, sesion: str, *, conducir: bool = False) -> Sesion:
    """La sesión de ese órgano, con la misma puerta que `organo_o_404`."""
    del_organo = organo_o_404(request, organo, conducir=conducir)
    encontrada = get_object_or_404(Sesion, organo=del_organo, clave=sesion)
    encontrada.organo = del_organo
    return encontrada


def en_revision_o_404(request: HttpRequest, organo: str, sesion: str) -> tuple[Sesion, Revisor | None]:
    """La sesión y el lugar de la cuenta en la última ronda de su acta.

    Quien tiene ese lugar pasa aunque ya no ocupe un asiento (suplió un solo día) y responde aunque
    no capture; para los demás es la misma puerta de la mesa.
    """
    exigir_cuenta(request)
    filas = Sesion.objects.select_related("organo__padre").prefetch_related("organo__denominaciones")
    fila = get_object_or_404(filas, clave=sesion, organo__clave=organo)
    acta = Acta.objects.filter(sesion=fila).last()
    revisor = revision.revisor_de(acta, request.user) if acta else None
    if revisor is None:
        exigir_permiso(request, fila.organo, captura=request.method not in ("GET", "HEAD"))
    return fila, revisor
