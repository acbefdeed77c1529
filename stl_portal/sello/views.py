"""El registro público: se lee, se descarga y se comprueba sin entrar."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from stl_portal.paginacion import PorPaginas

from . import clave, merkle, nota, puntos
from .canonico import huella
from .models import Eslabon, PuntoDeControl
from .prueba import Prueba
from .registro import nombres, paginas

POR_PAGINA = 25
AQUI = Path(__file__).parent
TEXTO = "text/plain; charset=utf-8"


class Lista(PorPaginas, ListView):  # type: ignore[type-arg]  # en ejecución no es genérica
    """Los eslabones, del más reciente al primero, y el último punto de control."""

    model = Eslabon
    template_name = "sello/lista.html"
    context_object_name = "eslabones"
    paginate_by = POR_PAGINA

    def get_queryset(self) -> QuerySet[Eslabon]:
        """Sin el contenido, que la lista no muestra."""
        return Eslabon.objects.defer("payload").order_by("-n")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Añade el último punto de control y dónde se lee lo que cada eslabón nombra."""
        contexto = super().get_context_data(punto=PuntoDeControl.objects.last(), **kwargs)
        _con_pagina(contexto["eslabones"])
        return contexto


@require_safe
def eslabon(request: HttpRequest, n: int) -> HttpResponse:
    """Un eslabón con todo lo que dice y lo que hay que descargar para comprobarlo."""
    fila = _eslabon(n)
    _con_pagina([fila])
    contexto = {
        "eslabon": fila,
        "punto": PuntoDeControl.objects.filter(tamano__gte=n).last(),
        "siguiente": Eslabon.objects.filter(n=n + 1).exists(),
        "migas": [("Registro", reverse("registro:lista"))],
    }
    return render(request, "sello/eslabon.html", contexto)


@require_safe
def eslabon_json(request: HttpRequest, n: int) -> HttpResponse:
    """El eslabón y su prueba de inclusión, para `verificar.py`."""
    respuesta = JsonResponse(Prueba.de(_eslabon(n)).como_json(), json_dumps_params={"ensure_ascii": False})
    return _con_nombre(respuesta, f"eslabon-{n}.json")


@require_safe
def contenido(request: HttpRequest, n: int) -> HttpResponse:
    """Los bytes exactos cuya huella está en la cadena."""
    return _con_nombre(HttpResponse(_eslabon(n).payload, content_type="application/json"), "contenido.json")


@require_safe
def prueba(request: HttpRequest, n: int) -> HttpResponse:
    """La prueba de inclusión en renglones, para comprobarla con `sha256sum`."""
    hecha = Prueba.de(_eslabon(n))
    if hecha.punto is None:
        raise Http404
    return _con_nombre(HttpResponse(hecha.como_texto(), content_type=TEXTO), "prueba.txt")


@require_safe
def punto_de_control(request: HttpRequest, tamano: int | None = None) -> HttpResponse:
    """El último punto de control, o el de ese tamaño, tal como se firmó."""
    filas = PuntoDeControl.objects.order_by("tamano")
    punto = filas.last() if tamano is None else filas.filter(tamano=_cabe(tamano)).first()
    if punto is None:
        raise Http404
    return _con_nombre(HttpResponse(punto.texto, content_type=TEXTO), "punto-de-control.txt")


@require_safe
def continuidad(request: HttpRequest, antes: int, ahora: int) -> HttpResponse:
    """La prueba de que el registro de tamaño `ahora` empieza por el de tamaño `antes` (RFC 6962)."""
    publicados = PuntoDeControl.objects.filter(tamano__in=[_cabe(antes), _cabe(ahora)])
    if antes > ahora or {p.tamano for p in publicados} != {antes, ahora}:
        raise Http404
    pasos = merkle.prueba_de_consistencia(puntos.hashes(ahora), antes)
    return JsonResponse({"antes": antes, "ahora": ahora, "continuidad": [paso.hex() for paso in pasos]})


@require_safe
def clave_publica(request: HttpRequest) -> HttpResponse:
    """La clave que firmó el último punto de control, como la lee `openssl`; la configurada, si no hay."""
    punto = PuntoDeControl.objects.last()
    vigente = punto.clave if punto else clave.publica(clave.privada())
    return _con_nombre(HttpResponse(clave.pem(vigente), content_type="application/x-pem-file"), "clave.pub")


@require_safe
def comprobar(request: HttpRequest) -> HttpResponse:
    """Cómo comprobar un eslabón sin este portal, con las órdenes completas."""
    punto = PuntoDeControl.objects.last()
    contexto = {
        "ordenes": _propio("comprobar.sh"),
        "huella_del_programa": huella(_propio("verificar.py").encode()),
        "clave_de_testigos": nota.clave_de_verificacion(punto.origen, punto.clave) if punto else "",
        "sitio": settings.SITIO,
        "migas": [("Registro", reverse("registro:lista"))],
    }
    return render(request, "sello/comprobar.html", contexto)


@require_safe
def verificador(request: HttpRequest) -> HttpResponse:
    """El programa que comprueba sin conexión; su huella está en la página de instrucciones."""
    return _con_nombre(
        HttpResponse(_propio("verificar.py"), content_type="text/x-python; charset=utf-8"), "verificar.py"
    )


def _con_pagina(filas: Iterable[Eslabon]) -> None:
    """Deja en cada uno cómo se llama lo que nombra y su página pública, si la tiene."""
    objetos = {fila.objeto for fila in filas}
    direcciones, dichos = paginas(objetos), nombres(objetos)
    for fila in filas:
        fila.pagina = direcciones.get(fila.objeto, "")
        fila.se_llama = dichos.get(fila.objeto) or fila.de_que


def _eslabon(n: int) -> Eslabon:
    """El que lleva ese número. Lanza `Http404`."""
    return get_object_or_404(Eslabon, n=_cabe(n))


def _cabe(numero: int) -> int:
    """El número, si la base puede guardarlo. Lanza `Http404`."""
    if numero >= 2**63:
        raise Http404
    return numero


@cache
def _propio(nombre: str) -> str:
    """Un archivo de esta carpeta que se publica tal cual."""
    return (AQUI / nombre).read_text(encoding="utf-8")


def _con_nombre(respuesta: HttpResponse, nombre: str) -> HttpResponse:
    """Se abre en el navegador y, al guardarlo, ya tiene el nombre que piden las instrucciones."""
    respuesta["Content-Disposition"] = content_disposition_header(False, nombre) or "inline"
    return respuesta
