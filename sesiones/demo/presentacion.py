"""Lo que la orden dice al terminar: qué cargó, quiénes pueden entrar y qué probar."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from sesiones.models import Sesion
from stl_portal.publico import registro

from .elenco import contrasena, personas

SIN_CAMBIOS = "La demostración ya estaba cargada: no cambió nada."


def lineas(creado: Sequence[str]) -> Iterator[str]:
    """Los renglones del mensaje final, en orden."""
    yield "Se cargó:" if creado else SIN_CAMBIOS
    yield from (f"  • {algo}" for algo in creado)
    yield ""
    yield f"Cuentas ficticias (contraseña de todas: {contrasena()})"
    for persona in personas():
        yield f"  {persona.correo:<32}{persona.papel}"
        yield f"  {'':<32}{persona.probar}"
    yield ""
    yield "Qué probar"
    yield from (f"  {que:<38}{settings.SITIO}{donde}" for que, donde in _rutas())


def _rutas() -> Iterator[tuple[str, str]]:
    """Direcciones para empezar; la mesa, solo si hay una sesión ficticia por celebrarse."""
    yield "Entrar", reverse(settings.LOGIN_URL)
    proxima = Sesion.objects.filter(organo__clave="demo").por_celebrar(timezone.localdate()).first()
    if proxima:
        yield "Conducir la sesión ficticia", proxima.paso_url("asistencia")
    for sesion in Sesion.objects.filter(organo__clave="stl").select_related("organo").order_by("numero"):
        yield f"{sesion.designacion} (real, 2020)", sesion.get_absolute_url()
    yield from ((seccion.texto, seccion.url) for seccion in registro.NAVEGACION)
