"""Las páginas de las actas históricas: la lista, recibir una y revisarla junto a su texto."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sesiones import permisos
from sesiones.forms.base import FormaInvalida
from sesiones.views.acceso import exigir_cuenta, exigir_permiso
from sesiones.views.mesa.una_vez import FICHA, una_vez
from stl_portal.paginacion import pagina_pedida

from . import denominado
from .capturar import confirmar
from .estados import EstadoTranscripcion
from .forms import FormaRecibir, Revision
from .forms.revision import CLASES, CUANTAS
from .models import ActaPorTranscribir
from .padron import ErrorDeFila
from .propuesto import Reconocida

POR_PAGINA = 25
YA_ESTA = "Alguien acaba de registrar esa sesión, esa persona o esa institución: revísalo otra vez."


@require_http_methods(["GET", "HEAD"])
def lista(request: HttpRequest) -> HttpResponse:
    """Las de los órganos que la cuenta conduce, lo último primero."""
    exigir_cuenta(request)
    hoy = timezone.localdate()
    organos = permisos.organos_que_conduce(request.user, hoy)
    actas = ActaPorTranscribir.objects.filter(organo__in=organos).defer("texto", "propuesta", "correcciones")
    actas = actas.select_related("organo", "sesion__organo").prefetch_related("organo__denominaciones")
    pagina = pagina_pedida(request, actas, POR_PAGINA)
    filas = [(acta, acta.organo.denominacion(hoy)) for acta in pagina]
    return render(
        request,
        "sesiones/historicas/lista.html",
        {"pagina": pagina, "filas": filas, "conduce": organos.exists()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def nueva(request: HttpRequest) -> HttpResponse:
    """Recibe el texto y lleva a revisarlo; el mismo texto lleva siempre a la misma revisión."""
    exigir_cuenta(request)
    hoy = timezone.localdate()
    organos: Any = permisos.organos_que_conduce(request.user, hoy)
    etiquetas = {organo.pk: organo.denominacion(hoy).nombre for organo in organos.con_nombre()}
    forma = FormaRecibir(organos, etiquetas, request.POST or None, request.FILES or None)
    if request.method == "POST":
        with suppress(FormaInvalida):
            return redirect(una_vez(request, lambda: _recibir(request, forma)))
        return render(request, "sesiones/historicas/nueva.html", {"forma": forma}, status=422)
    return render(request, "sesiones/historicas/nueva.html", {"forma": forma})


def _recibir(request: HttpRequest, forma: FormaRecibir) -> str:
    with forma.ejecutar() as datos:
        acta, es_nueva = ActaPorTranscribir.recibir(
            datos["organo"],
            nombre=datos["nombre"],
            texto=datos["leido"],
            propuesta=datos["propuesta"],
            por=request.user,
            cuando=timezone.now(),
        )
    if not es_nueva:
        messages.info(request, "Ese texto ya se había recibido: aquí está.")
    return acta.get_absolute_url()


@require_http_methods(["GET", "HEAD", "POST"])
def revisar(request: HttpRequest, pk: int) -> HttpResponse:
    """El texto a un lado y lo propuesto al otro: «guardar» conserva, «confirmar» crea la sesión."""
    acta = acta_o_404(request, pk)
    if request.method != "POST":
        return _pintar(request, acta, _revision(acta, _guardadas(acta)))
    if acta.estado == EstadoTranscripcion.CONFIRMADA and acta.sesion:
        return redirect(acta.sesion.siguiente_url)
    acta.guardar_correcciones(_enviado(request))
    if "confirmar" not in request.POST:
        return _guardada(request, acta)
    revision = _revision(acta, request.POST)
    if revision.is_valid() and _confirmada(request, acta, revision):
        return redirect(acta.sesion.siguiente_url if acta.sesion else acta.get_absolute_url())
    return _pintar(request, acta, revision, status=422)


def _guardada(request: HttpRequest, acta: ActaPorTranscribir) -> HttpResponse:
    """De vuelta a la revisión, a donde se estaba si se quitó o se dejó todo un grupo."""
    grupo = request.POST.get("quitar") or request.POST.get("dejar") or ""
    messages.success(request, "Se guardó lo corregido. La sesión todavía no se crea.")
    return redirect(acta.get_absolute_url() + (f"#t-{grupo}" if grupo in CLASES else ""))


@require_POST
def descartar(request: HttpRequest, pk: int) -> HttpResponse:
    """La deja de lado; su texto se conserva."""
    acta = acta_o_404(request, pk)
    acta.cambiar("descartar", request.user, cuando=timezone.now())
    messages.success(request, "Se descartó. Si la vuelves a recibir, empieza de nuevo.")
    return redirect(reverse("historicas:lista"))


def acta_o_404(request: HttpRequest, pk: int) -> ActaPorTranscribir:
    """La transcripción, para quien conduce su órgano; para los demás no existe, o no les toca."""
    exigir_cuenta(request)
    actas = ActaPorTranscribir.objects.select_related("organo__padre", "sesion__organo")
    acta = get_object_or_404(actas.prefetch_related("organo__denominaciones"), pk=pk)
    exigir_permiso(request, acta.organo, captura=True)
    return acta


def _confirmada(request: HttpRequest, acta: ActaPorTranscribir, revision: Revision) -> bool:
    """Crea la sesión; lo que no se admite queda dicho en la forma y no se crea nada."""
    try:
        sesion = confirmar(acta, revision, request.user, timezone.now())
    except ErrorDeFila as error:
        error.fila.add_error(error.campo, error.frase)
        return False
    except ValidationError as error:
        revision.datos.anotar(error)
        return False
    except IntegrityError:
        revision.datos.add_error(None, YA_ESTA)
        return False
    acta.sesion = sesion
    messages.success(request, f"Se capturó la {sesion}. Revisa su acta antes de publicarla.")
    return True


def _enviado(request: HttpRequest) -> dict[str, list[str]]:
    """Lo que se guarda: lo escrito, con todo un grupo marcado para quitarse, o sin marcar, si se pidió."""
    sin = ("csrfmiddlewaretoken", FICHA, "confirmar", "guardar", "quitar", "dejar")
    escrito: dict[str, list[str]] = {c: valores for c, valores in request.POST.lists() if c not in sin}
    quitar, dejar = request.POST.get("quitar", ""), request.POST.get("dejar", "")
    if dejar in CLASES:
        return {c: v for c, v in escrito.items() if not (c.startswith(f"{dejar}-") and c.endswith("-DELETE"))}
    if quitar in CLASES:
        escrito |= {f"{quitar}-{n}-DELETE": ["on"] for n in _llenos(escrito, quitar)}
    return escrito


def _llenos(escrito: dict[str, list[str]], grupo: str) -> list[int]:
    """Los renglones del grupo que dicen algo; el vacío para agregar no se quita."""
    primero = next(iter(CLASES[grupo][1].base_fields))
    return [n for n in range(CUANTAS) if any(escrito.get(f"{grupo}-{n}-{primero}", ()))]


def _guardadas(acta: ActaPorTranscribir) -> QueryDict | None:
    """Lo último que se guardó, como si se acabara de enviar; None si no se ha corregido nada."""
    if not acta.correcciones:
        return None
    datos = QueryDict(mutable=True)
    for campo, valores in acta.correcciones.items():
        datos.setlist(campo, valores)
    return datos


def _revision(acta: ActaPorTranscribir, datos: Any) -> Revision:
    """La forma, con lo que se ofrece para los nombres propuestos y para los que la persona escribió."""
    escritos = datos.items() if datos else ()
    nombres = {v for c, v in escritos if c.startswith("asistentes-") and c.endswith("-nombre")}
    instituciones = {v for c, v in escritos if c.startswith("asistentes-") and c.endswith("-institucion")}
    reconocida = Reconocida(acta, nombres, instituciones)
    return Revision(
        acta, reconocida.iniciales(), reconocida.opciones(), hoy=timezone.localdate(), datos=datos
    )


def _pintar(
    request: HttpRequest, acta: ActaPorTranscribir, revision: Revision, *, status: int = 200
) -> HttpResponse:
    hoy = timezone.localdate()
    contexto = {
        "acta": acta,
        "revision": revision,
        "denominacion": acta.organo.denominacion(hoy),
        "aviso": denominado.aviso(acta, request.user, hoy),
        "errores": list(revision.errores()) if request.method == "POST" else [],
        "abierta": acta.estado == EstadoTranscripcion.POR_CONFIRMAR,
    }
    return render(request, "sesiones/historicas/revisar.html", contexto, status=status)
