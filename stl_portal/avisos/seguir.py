"""Las páginas para seguir un tema por correo sin tener cuenta, confirmarlo y dejarlo.

Abrir una liga nunca cambia nada: los programas que revisan el correo abren todas. Cambia el botón.
"""

from http import HTTPStatus
from pathlib import Path

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from stl_portal.ligas import sin_ficha

from . import seguidores
from .forms import Seguir
from .models import Suscripcion
from .registro import temas

EN_ARCHIVOS = "django.core.mail.backends.filebased.EmailBackend"
PAGINA_O_ACTO = ["GET", "HEAD", "POST"]


@require_http_methods(PAGINA_O_ACTO)
def inicio(request: HttpRequest) -> HttpResponse:
    """Elegir qué seguir y dar un correo; `?tema=` ya lo trae elegido. La respuesta es igual para todos."""
    form = Seguir(
        request.POST if request.method == "POST" else None,
        temas=temas(timezone.localdate()),
        initial={"temas": request.GET.getlist("tema")},
    )
    if not form.is_bound:
        return render(request, "avisos/seguir/inicio.html", {"form": form})
    if not form.is_valid():
        return render(request, "avisos/seguir/inicio.html", {"form": form}, status=422)
    if not ratelimit.consume(request, action="seguir"):
        return ratelimit.respond_429(request)
    seguidores.pedir(form.cleaned_data["correo"], form.elegidos, timezone.now())
    return redirect("seguir:pedido")


@require_safe
def pedido(request: HttpRequest) -> HttpResponse:
    """Qué sigue después de pedirlo; en la demostración dice dónde quedó el correo."""
    contexto = {"carpeta": carpeta_de_correos(), "dias": seguidores.PARA_CONFIRMAR.days}
    return render(request, "avisos/seguir/pedido.html", contexto)


def carpeta_de_correos() -> str:
    """Dónde quedan los correos si aquí no salen (la demostración); vacía si sí salen."""
    en_archivos = settings.EMAIL_BACKEND == EN_ARCHIVOS
    return "/".join(Path(settings.EMAIL_FILE_PATH).parts[-2:]) if en_archivos else ""


@never_cache
@require_http_methods(PAGINA_O_ACTO)
@sin_ficha("seguir:confirmar", "clave")
def confirmar(request: HttpRequest, clave: str) -> HttpResponse:
    """La liga del correo: dice qué se confirma y lo confirma el botón. 404 si no existe; 410 si caducó."""
    ahora = timezone.now()
    try:
        if request.method == "POST":
            seguidores.confirmar(clave, ahora)
            return redirect("seguir:confirmar", clave)
        filas = seguidores.del_pedido(clave, ahora)
    except Suscripcion.DoesNotExist:
        return render(request, "avisos/seguir/no_sirve.html", status=HTTPStatus.NOT_FOUND)
    except seguidores.Caducada:
        return render(request, "avisos/seguir/caducada.html", status=HTTPStatus.GONE)
    suya = next(fila for fila in filas if fila.clave == clave)
    contexto = {"fila": suya, "nombres": seguidores.nombrar(filas, timezone.localdate())}
    return render(request, "avisos/seguir/confirmar.html", contexto)


@csrf_exempt  # el botón del programa de correo llega sin galletas ni ficha (RFC 8058)
@never_cache
@require_http_methods(PAGINA_O_ACTO)
@sin_ficha("seguir:baja", "clave")
def baja(request: HttpRequest, clave: str) -> HttpResponse:
    """Dejar un tema o, con `?todo=1`, todos. El acto nunca falla: lo que no existe ya no se sigue."""
    todo = "todo" in request.GET
    if request.method == "POST":
        seguidores.dar_de_baja(clave, todo=todo)
        return render(request, "avisos/seguir/baja_hecha.html")
    fila = Suscripcion.objects.filter(clave=clave).first()
    if fila is None:
        return render(request, "avisos/seguir/no_sirve.html", status=HTTPStatus.NOT_FOUND)
    filas = Suscripcion.objects.filter(correo=fila.correo) if todo else [fila]
    nombres = seguidores.nombrar(filas, timezone.localdate())
    return render(request, "avisos/seguir/baja.html", {"nombres": nombres, "correo": fila.correo})
