"""Las páginas de los datos abiertos: qué hay, qué es cada conjunto y cómo fue cambiando."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from stl_portal.avisos.envio import liga
from stl_portal.paginacion import pagina_pedida

from . import ficha, filtros, licencia
from .descargas import migas, no_se_entiende, pedido
from .models import VersionDeDatos

POR_PAGINA = 25


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Los conjuntos por tema, con su licencia y cómo citarlos."""
    contexto = {
        "temas": ficha.por_tema(),
        "sueltos": ficha.sueltos(),
        "licencia": licencia,
        "cita": licencia.cita(
            "Datos abiertos",
            "Secretariado Técnico Local",
            liga(reverse("datos:inicio")),
            timezone.localdate(),
        ),
    }
    return render(request, "datos/inicio.html", contexto)


@require_safe
def conjunto(request: HttpRequest, clave: str) -> HttpResponse:
    """Un conjunto: qué trae, cómo se descarga, qué significa cada columna y sus primeras filas."""
    cual = pedido(clave)
    try:
        seleccion = filtros.leer(cual, request.GET)
    except filtros.FiltroMalo as malo:
        return no_se_entiende(request, cual, malo)
    return render(request, "datos/conjunto.html", {**ficha.de(seleccion), "migas": migas()})


@require_safe
def versiones(request: HttpRequest, clave: str) -> HttpResponse:
    """Todas las versiones de un conjunto, de la más reciente a la primera, y en qué cambió cada una."""
    cual = pedido(clave)
    filas = VersionDeDatos.objects.filter(conjunto=clave).order_by("-numero")
    pagina = pagina_pedida(request, filas, POR_PAGINA)
    contexto = {"conjunto": cual, "pagina": pagina, "migas": migas(cual)}
    return render(request, "datos/versiones.html", contexto)
