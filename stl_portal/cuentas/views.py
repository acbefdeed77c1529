"""Las páginas de la verificación en dos pasos: las de allauth, que vuelven a donde la persona estaba."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recuperacion
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as llaves
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import identidad, registro
from .segundo_factor import FACTORES

Vista = Callable[..., HttpResponse]
NO_SE_RECONOCIO = "No se reconoció la llave de acceso. Inténtalo otra vez o usa un código."


def con_rechazo(vista: Vista) -> Vista:
    """Lo rechazado se contesta 422; allauth contesta 200."""

    @wraps(vista)
    def envuelta(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        respuesta = vista(request, *args, **kwargs)
        contexto = getattr(respuesta, "context_data", None) or {}
        formas = [contexto.get("form"), contexto.get("webauthn_form")]
        if request.method == "POST" and any(getattr(forma, "errors", None) for forma in formas):
            respuesta.status_code = 422
        return respuesta

    return envuelta


@never_cache
@login_required
@require_safe
def hace_falta(request: HttpRequest) -> HttpResponse:
    """Por qué este paso pide verificación en dos pasos, y cómo activarla sin perder el lugar."""
    volver = get_next_redirect_url(request)
    contexto = {"volver": volver, "obliga": registro.tiene_poder(request.user)}
    return render(request, "mfa/hace_falta.html", contexto)


class ConRegreso:
    """Al terminar, los códigos de recuperación si son nuevos y luego la página de la que se venía."""

    request: HttpRequest

    def get_success_url(self) -> str:
        """La página que sigue, sin olvidar a dónde volver."""
        volver = get_next_redirect_url(self.request)
        if volver and not self.did_generate_recovery_codes:  # type: ignore[attr-defined]
            return volver
        url: str = super().get_success_url()  # type: ignore[misc]
        return f"{url}?{urlencode({'next': volver})}" if volver else url

    def form_valid(self, form: Any) -> HttpResponse:
        """Activa el medio y da por identificada a la persona, que acaba de usarlo."""
        respuesta: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        medios = Authenticator.objects.filter(user=self.request.user, type__in=FACTORES)
        identidad.asentar(self.request, medios.latest("pk"))
        return respuesta


class Activar(ConRegreso, totp.ActivateTOTPView):
    """Activa la aplicación de códigos."""


class AgregarLlave(ConRegreso, llaves.AddWebAuthnView):
    """Agrega una llave de acceso."""


class QuitarLlave(llaves.RemoveWebAuthnView):
    """Quita una llave de acceso."""

    success_url = reverse_lazy("mfa_index")


class ConfirmarConLlave(llaves.ReauthenticateWebAuthnView):
    """Confirmar quién es con la llave de acceso."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Otra vez la misma página; la de allauth se va a la entrada."""
        messages.error(self.request, NO_SE_RECONOCIO)
        return HttpResponseRedirect(self.request.get_full_path())


class EntrarConLlave(llaves.LoginWebAuthnView):
    """Entrar con la llave de acceso, sin contraseña."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """De vuelta a la puerta, con el motivo en nuestras palabras."""
        messages.error(self.request, NO_SE_RECONOCIO)
        return HttpResponseRedirect(reverse_lazy("account_login"))


class Codigos(recuperacion.ViewRecoveryCodesView):
    """Los códigos de recuperación, que se muestran una sola vez."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Agrega a dónde volver, si es una dirección del portal."""
        return super().get_context_data(**kwargs) | {"volver": get_next_redirect_url(self.request)}


segundo_paso = con_rechazo(base.authenticate)
confirmar_con_codigo = con_rechazo(base.reauthenticate)
confirmar_con_llave = ConfirmarConLlave.as_view()
dos_pasos = base.index
activar = never_cache(login_required(con_rechazo(Activar.as_view())))
desactivar = totp.deactivate_totp
codigos = never_cache(Codigos.as_view())
codigos_nuevos = login_required(recuperacion.generate_recovery_codes)
agregar_llave = never_cache(login_required(con_rechazo(AgregarLlave.as_view())))
quitar_llave = login_required(QuitarLlave.as_view())
entrar_con_llave = EntrarConLlave.as_view()
