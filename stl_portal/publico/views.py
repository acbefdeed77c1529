"""Portada, «mi portal», textos fijos y salud."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stl_portal.avisos import seguidores
from stl_portal.paginacion import pagina_pedida

from . import registro

POR_PAGINA = 20


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Portada con los bloques que cada aplicación ofrece."""
    hoy = timezone.localdate()
    bloques = sorted((bloque(request, hoy) for bloque in registro.PORTADA), key=lambda b: b.orden)
    return render(request, "publico/inicio.html", {"bloques": bloques})


@login_required
def mi(request: HttpRequest) -> HttpResponse:
    """Lo que me toca, lo más urgente primero y por páginas, y mis espacios de trabajo."""
    hoy = timezone.localdate()
    pendientes = [p for fuente in registro.PENDIENTES for p in fuente(request.user, hoy)]
    pendientes.sort(key=lambda p: (not p.urgente, p.vence or dt.date.max, p.titulo))
    espacios = [e for fuente in registro.ESPACIOS for e in fuente(request.user, hoy)]
    bloques = [bloque(request, hoy) for bloque in registro.MI]
    pagina = pagina_pedida(request, pendientes, POR_PAGINA)
    contexto = {"pendientes": pagina, "espacios": espacios, "bloques": bloques, "hoy": hoy}
    return render(request, "publico/mi.html", contexto)


@require_safe
def ayuda(request: HttpRequest) -> HttpResponse:
    """Guía breve para cada persona."""
    return render(request, "publico/ayuda.html")


@require_safe
def accesibilidad(request: HttpRequest) -> HttpResponse:
    """Declaración de accesibilidad."""
    return render(request, "publico/accesibilidad.html")


@require_safe
def privacidad(request: HttpRequest) -> HttpResponse:
    """Aviso de privacidad simplificado e integral, con lo que se dio en la configuración."""
    dias = {
        "sin_confirmar": seguidores.PARA_CONFIRMAR.days,
        "copias": seguidores.COPIA.days,
        "preguntas": settings.PREGUNTAS_GUARDAR_CORREO,
    }
    return render(request, "publico/privacidad.html", {"dias": dias})


@require_safe
def salud(request: HttpRequest) -> HttpResponse:
    """El proceso responde."""
    return HttpResponse("ok", content_type="text/plain")
