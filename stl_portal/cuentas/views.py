"""Las páginas de la verificación en dos pasos: las de allauth, que vuelven a donde la persona estaba."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recuperacion
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

Vista = Callable[..., HttpResponse]


def con_rechazo(vista: Vista) -> Vista:
    """Lo rechazado se contesta 422; allauth contesta 200."""

    @wraps(vista)
    def envuelta(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        respuesta = vista(request, *args, **kwargs)
        contexto = getattr(respuesta, "context_data", None) or {}
        if request.method == "POST" and getattr(contexto.get("form"), "errors", None):
            respuesta.status_code = 422
        return respuesta

    return envuelta


class Activar(totp.ActivateTOTPView):
    """Activa la aplicación de códigos y, ya guardados los de recuperación, vuelve a lo que se hacía."""

    def get_success_url(self) -> str:
        """La página que sigue, sin olvidar a dónde volver."""
        url: str = super().get_success_url()
        volver = get_next_redirect_url(self.request)
        return f"{url}?{urlencode({'next': volver})}" if volver else url


class Codigos(recuperacion.ViewRecoveryCodesView):
    """Los códigos de recuperación, que se muestran una sola vez."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Agrega a dónde volver, si es una dirección del portal."""
        return super().get_context_data(**kwargs) | {"volver": get_next_redirect_url(self.request)}


segundo_paso = con_rechazo(base.authenticate)
confirmar_con_codigo = con_rechazo(base.reauthenticate)
dos_pasos = base.index
activar = never_cache(login_required(con_rechazo(Activar.as_view())))
desactivar = totp.deactivate_totp
codigos = never_cache(Codigos.as_view())
codigos_nuevos = login_required(recuperacion.generate_recovery_codes)
