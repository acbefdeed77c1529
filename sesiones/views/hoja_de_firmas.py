"""Quién entra a la hoja de firmas de un acta, y lo que ahí se ve."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from sesiones import pedir_firmas, permisos
from sesiones.acta.vida import Firmante
from sesiones.estados import EstadoActa
from sesiones.forms.firma import FormaSimple
from sesiones.models import LugarDeFirma, RaizDeConfianza, Sello, Sesion
from sesiones.views.acceso import exigir_cuenta, exigir_permiso
from sesiones.views.actas import hoja_sellada, pdf_vigente
from stl_portal.cuentas import segundo_factor
from stl_portal.espanol import enumerar


@dataclass(frozen=True)
class Hoja:
    """La hoja de firmas de la última versión sellada, y el lugar de quien la mira."""

    sesion: Sesion
    sello: Sello | None
    firmantes: list[Firmante]
    mio: Firmante | None
    conduce: bool
    lee: bool  # si además puede leer la mesa

    @property
    def abierta(self) -> bool:
        """Si todavía se firma."""
        return self.sello is not None and self.sello.acta.estado == EstadoActa.POR_FIRMAR

    @property
    def antes(self) -> str:
        """A quién le toca antes, si las firmas van en orden."""
        lugares = [firmante.lugar for firmante in self.firmantes]
        return pedir_firmas.antes_de(self.mio.lugar, lugares) if self.mio else ""

    @property
    def por_firmar(self) -> list[LugarDeFirma]:
        """Los lugares sin firma; quien se negó puede firmar después."""
        return [f.lugar for f in self.firmantes if not f.lugar.firmado] if self.abierta else []

    @property
    def ultima(self) -> bool:
        """Si la única respuesta que falta es la de quien mira: con ella la hoja se cierra."""
        faltan = [f for f in self.firmantes if f.firma is None]
        return bool(self.mio) and faltan == [self.mio]

    @property
    def como_va(self) -> str:
        """Quiénes faltan por responder, por su nombre."""
        faltan = [f.lugar.nombre for f in self.firmantes if f.firma is None]
        if not faltan:
            return "Nadie falta."
        if not self.abierta:
            return f"Se cerró sin la respuesta de {enumerar(faltan)}."
        verbo = "Falta" if len(faltan) == 1 else "Faltan"
        return f"{verbo} {len(faltan)} de {len(self.firmantes)}: {enumerar(faltan)}."


def hoja_o_404(request: HttpRequest, organo: str, sesion: str, *, conducir: bool = False) -> Hoja:
    """La hoja. Quien tiene un lugar en ella pasa aunque ya no ocupe un asiento; los demás, como en la mesa.

    Lanza `FaltaEntrar`, `Http404` o `PermissionDenied`.
    """
    exigir_cuenta(request)
    fila = sesion_de(organo, sesion)
    sello = ultimo_sello(fila)
    firmantes = hoja_con_personas(sello) if sello else []
    mio = next((f for f in firmantes if es_de(f.lugar, request)), None)
    if mio is None or conducir:
        exigir_permiso(request, fila.organo, captura=conducir)
    hoy = timezone.localdate()
    conduce = permisos.puede_conducir(request.user, fila.organo, hoy)
    lee = mio is None or permisos.puede_leer_mesa(request.user, fila.organo, hoy)
    return Hoja(fila, sello, firmantes, mio, conduce, lee)


def sesion_de(organo: str, clave: str) -> Sesion:
    """La sesión con su órgano a la mano, sin decidir todavía quién pasa."""
    filas = Sesion.objects.select_related("organo__padre").prefetch_related(
        "organo__denominaciones", "organo__reglas"
    )
    return get_object_or_404(filas, clave=clave, organo__clave=organo)


def ultimo_sello(sesion: Sesion) -> Sello | None:
    """El de la versión más reciente que se selló."""
    selladas = Sello.objects.filter(acta__sesion=sesion).select_related("acta", "pdf", "publicacion__pdf")
    sello = selladas.order_by("acta__version").last()
    if sello:
        sello.acta.sesion = sesion
    return sello


def hoja_con_personas(sello: Sello) -> list[Firmante]:
    """Los lugares con su persona, sus firmas y sus escaneos, en un número fijo de consultas."""
    lugares = sello.lugares.select_related("persona").prefetch_related("firmas__escaneo")
    firmantes = [Firmante(lugar, lugar.resuelto) for lugar in lugares]
    for firmante in firmantes:
        firmante.lugar.sello = sello
    return firmantes


def es_de(lugar: LugarDeFirma, request: HttpRequest) -> bool:
    """Si el lugar es de la cuenta que mira."""
    return lugar.persona is not None and lugar.persona.usuario_id == request.user.pk


def lugar_o_404(request: HttpRequest, organo: str, sesion: str, pk: int) -> LugarDeFirma:
    """El lugar propio. A quien lee la mesa se le dice que es de otra persona; para los demás no existe.

    El lugar es de un solo sello: quien firma en él firma ese texto y no otro.
    """
    exigir_cuenta(request)
    filas = LugarDeFirma.objects.select_related("persona", "sello__acta__sesion__organo__padre")
    lugar = get_object_or_404(
        filas, pk=pk, sello__acta__sesion__clave=sesion, sello__acta__sesion__organo__clave=organo
    )
    if es_de(lugar, request):
        return lugar
    del_organo = lugar.sello.acta.sesion.organo
    if not permisos.puede_leer_mesa(request.user, del_organo, timezone.localdate()):
        raise Http404
    raise PermissionDenied(f"Ese lugar es de {lugar.nombre}: solo esa persona firma en él.")


def contexto(request: HttpRequest, hoja: Hoja) -> dict[str, Any]:
    """Lo que la página dibuja."""
    marco = {"hoja": hoja, "sesion": hoja.sesion, "organo": hoja.sesion.organo, "sello": hoja.sello}
    if hoja.sello is None:
        return marco
    archivo = pdf_vigente(hoja.sello)
    return marco | hoja_sellada(hoja.sello) | _para_firmar(request, hoja) | {"archivo": archivo}


def _para_firmar(request: HttpRequest, hoja: Hoja) -> dict[str, Any]:
    """Con qué puede firmar la cuenta, si le toca."""
    if not (hoja.mio and hoja.abierta):
        return {}
    persona = hoja.mio.lugar.persona
    raices = RaizDeConfianza.objects.filter(organo=hoja.sesion.organo, intermedia=False)
    con_autoridades = raices.exists()
    return {
        "dos_pasos": segundo_factor.activo(request.user),
        "con_autoridades": con_autoridades,
        "con_efirma": con_autoridades and bool(persona and (persona.rfc or persona.curp)),
        "forma_simple": FormaSimple(user=request.user),
    }


def destino(sesion: Sesion) -> str:
    """A dónde se vuelve después de firmar."""
    return f"{pedir_firmas.url_de_firma(sesion)}#mi-firma"
