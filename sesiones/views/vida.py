"""Los actos que llevan el acta de borrador a publicada: aprobar, sellar, publicar y corregir."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sesiones import aprobacion, fe_de_erratas, publicar, sellar, testados, version_publica
from sesiones.acta import edicion, vida
from sesiones.estados import ViaAprobacion
from sesiones.faltantes import Falta
from sesiones.forms.actas import FormaDescartar, FormaDevolver, FormaFeDeErratas
from sesiones.models import Acta, Sesion
from sesiones.views import actas, testado
from sesiones.views.acceso import sesion_o_404
from stl_portal.archivo.veredicto import ArchivoRechazado
from stl_portal.cuentas import identidad
from stl_portal.espanol import enumerar, fecha_larga
from stl_portal.firma.errores import FirmaRechazada
from stl_portal.transiciones import TransicionInvalida

from .mesa.base import accion, pintar

RECHAZOS = (ValidationError, FirmaRechazada, ArchivoRechazado)
SIN_DECIDIR = "Hay textos editados a mano que ya no dicen lo que dicen los datos: decide antes cuál vale."
Acto = Callable[[HttpRequest, Acta], object]


def frases(error: Exception) -> list[str]:
    """Lo que se le dice a la persona."""
    return error.messages if isinstance(error, ValidationError) else [str(error)]


def hacer(request: HttpRequest, acta: Acta, verbo: str, acto: Acto) -> None:
    """Ejecuta el acto. Repetir el que esa misma cuenta acaba de hacer no es error: fueron dos clics."""
    try:
        acto(request, acta)
    except TransicionInvalida:
        ultimo = acta.historia.last()
        if ultimo is None or (ultimo.verbo, ultimo.por_id) != (verbo, request.user.pk):
            raise


@require_POST
def aprobar(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """Da el acta por aprobada con la prueba que ya consta: 302, 409 o 422 con lo que falta."""
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    try:
        hacer(request, Acta.de(fila), "aprobar", _aprobar)
    except RECHAZOS as error:
        contexto = actas.contexto(request, fila) | {"rechazo": frases(error)}
        return pintar(request, fila, "acta", contexto, status=422)
    return redirect(f"{fila.paso_url('acta')}#vida")


def _aprobar(request: HttpRequest, acta: Acta) -> None:
    """Por la sesión que la aprobó; si ninguna lo hizo y las reglas lo prevén, por correo."""
    ahora = timezone.now()
    if acta.en_trabajo:
        borrador = edicion.borrador(acta.sesion)
        if borrador.desfasados or borrador.huerfanas:
            raise ValidationError(SIN_DECIDIR)
    por_correo = acta.sesion.regla.aprobacion == ViaAprobacion.CORREO
    if por_correo and aprobacion.punto_que_la_aprobo(acta) is None:
        aprobacion.aprobar_por_correo(acta, request.user, ahora)
    else:
        aprobacion.aprobar_en_sesion(acta, request.user, ahora)


@accion("acta", actas.contexto)
def corregir(request: HttpRequest, sesion: Sesion) -> str:
    """Abre la fe de erratas: una versión nueva que sustituirá a la publicada."""
    identidad.exigir(request)
    forma = FormaFeDeErratas(request.POST)
    with forma.ejecutar() as datos:
        testados.exigir_sin_datos(sesion, datos["motivo"])
        fe_de_erratas.abrir(Acta.de(sesion), request.user, motivo=datos["motivo"])
    return f"{sesion.paso_url('acta')}#vida"


@accion("acta", actas.contexto)
def devolver(request: HttpRequest, sesion: Sesion) -> str:
    """Regresa a borrador el acta aprobada que no se puede sellar."""
    forma = FormaDevolver(request.POST)
    with forma.ejecutar() as datos:
        Acta.de(sesion).devolver(request.user, motivo=datos["motivo"])
    return f"{sesion.paso_url('acta')}#vida"


@accion("acta", actas.contexto)
def descartar(request: HttpRequest, sesion: Sesion) -> str:
    """Borra la fe de erratas que nadie ha circulado."""
    forma = FormaDescartar(request.POST)
    with forma.ejecutar() as datos:
        fe_de_erratas.descartar(Acta.de(sesion), request.user, motivo=datos["motivo"])
    messages.success(request, "Se descartó la fe de erratas. El acta publicada sigue como estaba.")
    return f"{sesion.paso_url('acta')}#vida"


@dataclass(frozen=True)
class Irreversible:
    """Un acto que no se deshace y por eso se confirma en su propia página."""

    verbo: str
    titulo: str
    accion: str
    advierte: str
    hecho: str  # lo que se le dice al terminar
    falta: Callable[[Acta], Iterable[Falta]]
    resumen: Callable[[Acta], Iterable[tuple[str, str]]]
    acto: Acto


def _resumen_de_sellar(acta: Acta) -> Iterator[tuple[str, str]]:
    """Lo que quedará fijo."""
    borrador = edicion.borrador(acta.sesion)
    firmas = [firma.nombre for firma in borrador.hechos.firmas]
    yield "Acta", str(acta)
    if acta.aprobada_el:
        yield "Aprobada", f"{acta.get_via_display()}, el {fecha_larga(acta.aprobada_el)}"
    yield "Firmarán", f"{len(firmas)}: {enumerar(firmas)}" if firmas else "Nadie todavía"
    yield "Anexos", str(acta.sesion.anexos.count() or "Ninguno")


def _resumen_de_publicar(acta: Acta) -> Iterator[tuple[str, str]]:
    """Lo que cualquiera podrá leer."""
    hoja = vida.hoja_de(acta.sello)
    yield "Acta", str(acta)
    yield "Código", acta.sello.codigo
    yield "Firmas", vida.cuantas(hoja)
    razones = list(version_publica.razones(acta.sello))
    yield (
        "Se publicará",
        f"Una versión pública: {enumerar(razones)}" if razones else "Completa: no hay datos marcados",
    )
    if acta.version > 1:
        yield "Sustituye", f"A la versión {acta.version - 1}, que seguirá a la vista y dirá cuál la sustituye"


SELLAR = Irreversible(
    "sellar",
    "Sellar el acta",
    "Sellar para siempre",
    "No se puede deshacer. El texto queda fijo y se anota en el registro público; después solo se corrige "
    "con una fe de erratas. Tarda unos segundos.",
    "El acta quedó sellada. Ahora la firman quienes están en su hoja de firmas.",
    sellar.lo_que_impide,
    _resumen_de_sellar,
    lambda request, acta: sellar.sellar(acta, request.user, timezone.now()),
)
PUBLICAR = Irreversible(
    "publicar",
    "Publicar el acta",
    "Publicar para todo el mundo",
    "No se puede deshacer. El sello del órgano cierra el PDF, cualquiera podrá leerlo y se avisa por correo "
    "a quienes integran el órgano.",
    "El acta ya es pública: cualquiera puede leerla y comprobarla.",
    vida.por_publicar,
    _resumen_de_publicar,
    lambda request, acta: publicar.publicar(acta, request.user, timezone.now()),
)


@require_http_methods(["GET", "HEAD", "POST"])
def confirmar_sello(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """La página que explica lo que se va a fijar; al confirmarla, se sella."""
    return _irreversible(request, organo, sesion, SELLAR)


@require_http_methods(["GET", "HEAD", "POST"])
def confirmar_publicacion(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """La página que explica qué será público; al confirmarla, se publica."""
    return _irreversible(request, organo, sesion, PUBLICAR)


def _irreversible(request: HttpRequest, organo: str, sesion: str, acto: Irreversible) -> HttpResponse:
    """Enseña la confirmación o hace el acto: 302, 409 si ya no procede, 422 con lo que lo impide."""
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    identidad.exigir(request, repetir=False)
    paso = f"{fila.paso_url('acta')}#vida"
    if request.method != "POST":
        acta = vida.acta_de(fila)
        return _pagina(request, acta, acto) if acta.puede(acto.verbo) else redirect(paso)
    try:
        hacer(request, Acta.de(fila), acto.verbo, acto.acto)
    except RECHAZOS as error:
        return _pagina(request, vida.acta_de(fila), acto, frases(error))
    messages.success(request, acto.hecho)
    return redirect(paso)


def _pagina(
    request: HttpRequest, acta: Acta, acto: Irreversible, rechazo: Iterable[str] = ()
) -> HttpResponse:
    """La confirmación, con lo que falta o lo que se rechazó."""
    faltas = list(acto.falta(acta))
    contexto = {
        "acto": acto,
        "acta": acta,
        "sesion": acta.sesion,
        "resumen": list(acto.resumen(acta)),
        "faltas": faltas,
        "impedido": any(falta.impide for falta in faltas),
        "rechazo": list(rechazo),
        "volver": f"{acta.sesion.paso_url('acta')}#vida",
    }
    if acto is PUBLICAR:
        contexto["sin_testar"] = enumerar(testado.sin_testar(request, acta.sello))
    return render(request, "sesiones/acta/confirmar.html", contexto, status=422 if rechazo else 200)
