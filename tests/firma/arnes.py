"""Un portal mínimo para firmar en el navegador: las piezas reales de `stl_portal.firma`, sin actas."""

from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_hex

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import RequestContext, Template
from django.urls import path
from django.views.decorators.http import require_POST

from stl_portal.firma import certificados, pades, peticiones
from stl_portal.firma.errores import FirmaRechazada
from stl_portal.firma.preparacion import Preparacion
from stl_portal.urls import urlpatterns as del_portal
from tests.firma.documento import RAZON
from tests.firma.pki import AHORA, Autoridad, Persona

EFIRMA = "preparar='/arnes/preparar/' terminar='/arnes/terminar/' csrf_token=csrf_token only"
PAGINA = Template(
    "{% extends 'base.html' %}{% block titulo %}Firmar{% endblock %}"
    "{% block contenido %}<h1>Firmar el acta</h1>"
    f"{{% include 'firma/_efirma.html' with {EFIRMA} %}}"
    "{% endblock %}{% block guiones %}{% include 'firma/_programas.html' only %}{% endblock %}"
)

FIRMADA = Template("{% extends 'base.html' %}{% block contenido %}<h1>Firma guardada</h1>{% endblock %}")


@dataclass
class Mesa:
    """El documento que se firma y quién debe firmarlo; `en_medio` corre una vez, antes de terminar."""

    pdf: bytes
    autoridad: Autoridad
    quien: Persona
    campo: str = "firma-1"
    en_medio: Callable[[], None] | None = None
    preparaciones: dict[str, Preparacion] = field(default_factory=dict)


mesas: list[Mesa] = []


def firmar(request: HttpRequest) -> HttpResponse:
    """La página de firmar."""
    return HttpResponse(PAGINA.render(RequestContext(request)))


@require_POST
def preparar(request: HttpRequest) -> HttpResponseBase:
    """Recibe el certificado y dice qué firmar."""
    mesa = mesas[-1]
    try:
        confianza = certificados.comprobar(
            certificados.leer(peticiones.certificado(request)),
            al=AHORA,
            raices=mesa.autoridad.raices,
            intermedios=mesa.autoridad.intermedios,
            rfc=mesa.quien.rfc,
            curp=mesa.quien.curp,
        )
        preparacion = pades.preparar(mesa.pdf, mesa.campo, confianza, ahora=AHORA, razon=RAZON)
    except FirmaRechazada as motivo:
        return peticiones.rechazo(motivo)
    ficha = token_hex(8)
    mesa.preparaciones[ficha] = preparacion
    return peticiones.preparada(ficha, preparacion)


@require_POST
def terminar(request: HttpRequest) -> HttpResponseBase:
    """Recibe la firma y la pone."""
    mesa = mesas[-1]
    en_medio, mesa.en_medio = mesa.en_medio, None
    if en_medio:
        en_medio()
    try:
        preparacion = mesa.preparaciones.pop(request.POST["ficha"])
        mesa.pdf = pades.terminar(mesa.pdf, preparacion, peticiones.firma(request))
    except FirmaRechazada as motivo:
        return peticiones.rechazo(motivo)
    return peticiones.puesta("/arnes/firmada/")


def firmada(request: HttpRequest) -> HttpResponse:
    """A donde llega quien firmó."""
    return HttpResponse(FIRMADA.render(RequestContext(request)))


urlpatterns = [
    path("arnes/", firmar),
    path("arnes/preparar/", preparar),
    path("arnes/terminar/", terminar),
    path("arnes/firmada/", firmada),
    *del_portal,
]
handler400 = "stl_portal.publico.errores.peticion_invalida"
handler403 = "stl_portal.publico.errores.sin_permiso"
handler404 = "stl_portal.publico.errores.no_encontrada"
handler500 = "stl_portal.publico.errores.fallo"
