"""Los informes anuales para cualquiera: la lista, cada uno como se publicó, su PDF y sus datos."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stl_portal.paginacion import pagina_pedida
from stl_portal.publico.registro import organos

from .documento import leer
from .forms import FiltroInformes
from .models import InformeAnual, InformePublicado

POR_PAGINA = 20


@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Los que rigen, del periodo más reciente al más viejo; los de órganos ficticios, rotulados."""
    vigentes = InformeAnual.objects.vigentes()
    de_quienes = set(vigentes.order_by().values_list("clave_del_organo", flat=True))
    conocidos = organos(timezone.localdate())
    filtro = FiltroInformes(request.GET, organos=[o for c, o in conocidos.items() if c in de_quienes])
    pagina = pagina_pedida(request, filtro.aplicar(vigentes).select_related("publicacion"), POR_PAGINA)
    consulta = request.GET.copy()
    consulta.pop("page", None)
    contexto = {
        "filtro": filtro,
        "pagina": pagina,
        "renglones": [(fila, conocidos.get(fila.clave_del_organo)) for fila in pagina],
        "consulta": consulta.urlencode(),
    }
    estado = HTTPStatus.OK if filtro.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "informe_anual/lista.html", contexto, status=estado)


def publicado(clave: str) -> InformePublicado:
    """El publicado con esa clave, aunque después se haya corregido. `Http404` si no lo hay."""
    filas = InformePublicado.objects.select_related("informe__corrige", "pdf")
    return get_object_or_404(filas, informe__in=InformeAnual.objects.publicados(), informe__clave=clave)


@require_safe
def informe(request: HttpRequest, clave: str) -> HttpResponse:
    """Uno, leído de sus bytes sellados; si otro lo sustituyó, lo dice."""
    fila = publicado(clave)
    contexto = {
        "informe": fila.informe,
        "publicado": fila,
        "leido": leer(bytes(fila.documento)),
        "correccion": InformeAnual.objects.publicados().filter(corrige=fila.informe_id).first(),
    }
    return render(request, "informe_anual/informe.html", contexto)


@require_safe
def pdf(request: HttpRequest, clave: str) -> HttpResponse:
    """Lleva al PDF que se imprimió al publicarlo, cuya dirección dice su huella."""
    return redirect(publicado(clave).pdf.a_la_vista)


@require_safe
def datos(request: HttpRequest, clave: str) -> HttpResponse:
    """Los bytes canónicos, de los que sale su huella."""
    return HttpResponse(bytes(publicado(clave).documento), content_type="application/json")
