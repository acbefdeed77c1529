"""Lo que la orden dice al terminar: qué cargó, quiénes pueden entrar y qué probar."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from sesiones import pedir_firmas, revision
from sesiones.estados import EstadoActa
from sesiones.models import Acta, Sesion
from stl_portal.publico import registro

from .efirmas import carpeta
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
    yield ""
    yield "Para firmar o revisar entra como integrante@demo.example o presidencia@demo.example"
    yield f"e.firmas ficticias, con la misma contraseña: {carpeta()}"


def _actas() -> Iterator[tuple[str, str]]:
    """Dónde se revisa y dónde se firma, si todavía hay un acta ficticia en cada caso."""
    donde = {
        EstadoActa.CIRCULADA: ("Revisar un acta", revision.url_de_revision),
        EstadoActa.POR_FIRMAR: ("Firmar un acta", lambda acta: pedir_firmas.url_de_firma(acta.sesion)),
    }
    actas = Acta.objects.filter(sesion__organo__clave="demo", estado__in=donde)
    for acta in actas.select_related("sesion__organo").order_by("-sesion__fecha"):
        que, direccion = donde[EstadoActa(acta.estado)]
        yield que, direccion(acta)


def _rutas() -> Iterator[tuple[str, str]]:
    """Direcciones para empezar; la mesa, solo si hay una sesión ficticia por celebrarse."""
    yield "Entrar", reverse(settings.LOGIN_URL)
    hoy = timezone.localdate()
    ficticias = Sesion.objects.filter(organo__ficticio=True).por_celebrar(hoy).select_related("organo")
    for proxima in ficticias.prefetch_related("organo__denominaciones"):
        siglas = proxima.organo.denominacion(hoy).siglas
        yield f"Conducir la sesión ficticia ({siglas})", proxima.paso_url("asistencia")
    yield from _actas()
    yield "Seguir las actas por correo", reverse("seguir:inicio")
    for sesion in Sesion.objects.filter(organo__clave="stl").select_related("organo").order_by("numero"):
        yield f"{sesion.designacion} (real, 2020)", sesion.get_absolute_url()
    yield from ((seccion.texto, seccion.url) for seccion in registro.NAVEGACION)
