"""Quien sella, publica o administra activa su segundo paso antes de abrir ninguna página de trabajo.

Al entrar se marca su sesión y cada página de trabajo mira la marca, sin consultar nada; solo con ella se
pregunta a la base si ya lo activó o si ya no le toca. Lo público y las páginas de su cuenta no lo piden.
"""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode

from stl_portal.errores import es_autoguardado, reponer

from . import registro, segundo_factor

CLAVE = "falta_segundo_paso"
# Cómo empiezan las direcciones donde se trabaja; `tests/cuentas/test_falta_factor.py` las compara con la
# matriz de permisos.
DE_TRABAJO = ("mi/", "mesa/", "gestion/", "reportes/", "avisos/", "archivos/subidas/")
TITULO = "Antes hace falta la verificación en dos pasos"
LO_ESCRITO = (
    "Lo que escribiste sigue aquí. Activa la verificación en dos pasos de tu cuenta en otra pestaña y luego "
    "presiona «Enviar de nuevo»."
)


def revisar(request: HttpRequest, cuenta: Any) -> None:
    """Marca la sesión si a la cuenta le toca tenerlo y no lo tiene."""
    if registro.tiene_poder(cuenta) and not segundo_factor.tiene(cuenta):
        request.session[CLAVE] = True


def debe(request: HttpRequest) -> bool:
    """Si todavía le falta; si ya lo activó, aunque fuera en otro aparato, o ya no le toca, se olvida."""
    if CLAVE not in request.session or not request.user.is_authenticated:
        return False
    if registro.tiene_poder(request.user) and not segundo_factor.tiene(request.user):
        return True
    del request.session[CLAVE]
    return False


def es_de_trabajo(ruta: str) -> bool:
    """Si en esa dirección se trabaja."""
    return ruta.startswith(DE_TRABAJO)


def respuesta(request: HttpRequest) -> HttpResponse:
    """Por qué no pasa y cómo sigue, sin perder a dónde iba ni lo que escribió."""
    if es_autoguardado(request):
        return JsonResponse({"error": "dos_pasos", "mensaje": TITULO}, status=403)
    if request.method == "POST":
        return reponer(request, TITULO, LO_ESCRITO, 403)
    return HttpResponseRedirect(a_activarlo(request.get_full_path()))


def a_activarlo(regreso: str) -> str:
    """La página que lo explica y desde donde se activa; al terminar se vuelve a `regreso`."""
    return f"{reverse('mfa_hace_falta')}?{urlencode({'next': regreso})}"


def al_entrar(request: HttpRequest, destino: HttpResponse) -> HttpResponse:
    """A dónde se va al entrar: a activarlo, si falta y no se iba ya a eso."""
    a_donde = destino.headers.get("Location", "")
    if CLAVE not in request.session or a_donde.startswith(reverse("mfa_index")):
        return destino
    return HttpResponseRedirect(a_activarlo(a_donde or get_next_redirect_url(request) or reverse("mi")))
