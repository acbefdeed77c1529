"""Lo que se avisa y cómo le fue: quien conduce ve todo y reintenta; los demás, solo lo suyo."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from stl_portal.errores import FaltaEntrar

from . import buzon, envio
from .models import Adjunto, Aviso
from .registro import SERIES, Serie


def _serie_o_404(request: HttpRequest, clase: str, clave: str) -> Serie:
    """La serie, si la cuenta puede verla. Lanza `FaltaEntrar` o `Http404`."""
    if not request.user.is_authenticated:
        raise FaltaEntrar
    serie = SERIES[clase](request.user, clave) if clase in SERIES else None
    if serie is None:
        raise Http404
    return serie


def _avisos(vista: Serie, clase: str, clave: str) -> QuerySet[Aviso]:
    """Los avisos ya escritos de la serie que le toca ver a la cuenta."""
    avisos = Aviso.objects.filter(motivo__startswith=f"{clase}:{clave}:")
    return avisos if vista.solo_de is None else avisos.filter(para=vista.solo_de)


@require_safe
def serie(request: HttpRequest, clase: str, clave: str) -> HttpResponse:
    """Los mensajes por salir, tal como se leerán, y los que ya salieron."""
    vista = _serie_o_404(request, clase, clave)
    avisos = (
        _avisos(vista, clase, clave)
        .order_by("pk")
        .prefetch_related(
            # El contenido puede pesar: para la lista bastan los nombres.
            Prefetch("adjuntos", Adjunto.objects.defer("contenido"))
        )
    )
    contexto = {"serie": vista, "avisos": avisos, "clase": clase, "clave": clave}
    contexto["hay_por_salir"] = any(aviso.error for aviso in avisos)
    return render(request, "avisos/serie.html", contexto)


@require_POST
def reintentar(request: HttpRequest, clase: str, clave: str) -> HttpResponse:
    """Vuelve a enviar los que no salieron."""
    vista = _serie_o_404(request, clase, clave)
    if not vista.puede_reintentar:
        raise PermissionDenied("Reenviar avisos le toca a la persona facilitadora.")
    envio.reintentar(_avisos(vista, clase, clave))
    return redirect("avisos:serie", clase, clave)


@require_safe
def adjunto(request: HttpRequest, clase: str, clave: str, pk: int) -> HttpResponse:
    """Un archivo tal como viajó con el aviso."""
    vista = _serie_o_404(request, clase, clave)
    fila = get_object_or_404(Adjunto, pk=pk, aviso__in=_avisos(vista, clase, clave))
    return buzon.entregar(fila)
