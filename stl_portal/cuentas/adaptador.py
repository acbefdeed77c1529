"""Membresía cerrada: nadie se registra por su cuenta."""

from typing import Any, ClassVar
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from stl_portal import limites
from stl_portal.avisos import envio

from . import aparatos, falta_factor, mensajes, segundo_factor

DEMASIADOS = "too_many_login_attempts"
FALLIDO, EN_TOTAL = "login_failed", "login_de_todas"  # en `ACCOUNT_RATE_LIMITS`
MUCHOS = (
    "Desde varios lugares se ha intentado entrar a esta cuenta. Espera {} y vuelve a intentarlo; si no "
    "fuiste tú, avisa a la administración de tu órgano."
)
MANERAS = {
    "mfa_reauthenticate": "Usar un código",
    "mfa_reauthenticate:webauthn": "Usar tu llave de acceso",
}


class MembresiaCerrada(DefaultAccountAdapter):
    """Las cuentas las da de alta la administración; no hay registro público."""

    error_messages: ClassVar[dict[str, str]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Esta cuenta está inactiva: pide a la administración de tu órgano que la revise.",
        "email_password_mismatch": "El correo o la contraseña no son correctos.",
        "enter_current_password": "Escribe tu contraseña actual.",
        "incorrect_password": "Esa no es tu contraseña.",
        "invalid_login": "El correo o la contraseña no son correctos.",
        "invalid_password_reset": "La liga ya no sirve: pide otra.",
        "unknown_email": "No hay una cuenta con ese correo.",
        "rate_limited": "Hiciste muchos intentos seguidos. Espera unos minutos.",
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """El error con nuestras palabras; si hay que esperar, dice cuánto."""
        if code != DEMASIADOS:
            error: ValidationError = super().validation_error(code, *args)
            return error
        clave = getattr(self, "_clave", "")
        espera = limites.de_la_accion(self.request, FALLIDO, clave) if clave else 0
        cuanto = limites.dicha(espera or limites.lo_mas_que_dura(FALLIDO))
        return ValidationError(f"Hubo demasiados intentos. Espera {cuanto} y vuelve a intentarlo.", code)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """La cuenta y desde dónde se intenta: quien falla en otra parte no le cierra la puerta a su dueña."""
        cuenta = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{cuenta}:{ratelimit.get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Cuenta el intento en su dirección y en total. Lanza `ValidationError` si ya son demasiados."""
        self._clave = self._get_login_attempts_cache_key(request, **credentials)
        super().pre_authenticate(request, **credentials)
        cuenta = super()._get_login_attempts_cache_key(request, **credentials)
        self._en_total = ratelimit.consume(request, app=limites.DE_ALLAUTH, action=EN_TOTAL, key=cuenta)
        if not self._en_total:
            espera = limites.dicha(limites.de_la_accion(request, EN_TOTAL, cuenta))
            raise ValidationError(MUCHOS.format(espera), DEMASIADOS)

    def _rollback_login_failed_rl_usage(self) -> None:
        """Un intento bueno no cuenta como fallido, ni en su dirección ni en total."""
        super()._rollback_login_failed_rl_usage()
        if self._en_total:
            self._en_total.rollback()

    def login(self, request: HttpRequest, user: Any) -> None:
        """Entra, y recuerda el aparato; si no era de los suyos, se le avisa."""
        primera_vez = user.last_login is None
        super().login(request, user)
        request.acaba_de_entrar = user  # type: ignore[attr-defined]  # la galleta la pone `peticion.SesionViva`
        if not primera_vez and not aparatos.se_conoce(request, user):
            dicho = aparatos.nombre(request.headers.get("User-Agent", ""))
            self.send_notification_mail(mensajes.APARATO_NUEVO, user, {"aparato": dicho})
        falta_factor.revisar(request, user)

    def post_login(self, request: HttpRequest, user: Any, **como: Any) -> HttpResponse:
        """A donde iba; a quien le falta su segundo paso, primero a activarlo."""
        return falta_factor.al_entrar(request, super().post_login(request, user, **como))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Siempre cerrado."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """El asunto tal cual, con el nombre del portal y no su dirección."""
        return f"{subject.strip()} · Portal del Secretariado Técnico Local"

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Cómo se confirma quién es; quien tiene segundo factor, siempre con él, y primero el que tenga.

        Lo pide allauth también para cambiar o quitar el segundo factor: la contraseña sola no basta.
        """
        maneras = {manera["id"]: manera for manera in super().get_reauthentication_methods(user)}
        if not segundo_factor.tiene(user):
            return list(maneras.values())
        orden = MANERAS if segundo_factor.activo(user) else dict(reversed(MANERAS.items()))
        return [maneras[i] | {"description": dicho} for i, dicho in orden.items() if i in maneras]

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Encola el aviso de un cambio en la cuenta; el de allauth se cae si el correo no contesta."""
        datos = {"timestamp": timezone.now(), "ip": self.get_client_ip(self.request), "user": user}
        carta = self.render_mail(template_prefix, email or user.email, datos | (context or {}))
        clase = mensajes.POR_PREFIJO.get(template_prefix, mensajes.OTRO)
        mensaje = envio.Mensaje(user.email, carta.subject, str(carta.body), str(user))
        envio.encolar(clase, f"cuenta:{user.pk}:{uuid4().hex}", [mensaje])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Encola lo que se pidió sin haber entrado (elegir otra contraseña): si no sale, se reintenta."""
        carta = self.render_mail(template_prefix, email, context)
        clase = mensajes.POR_PREFIJO.get(template_prefix, mensajes.OTRO)
        mensaje = envio.Mensaje(email, carta.subject, str(carta.body))
        envio.encolar(clase, f"cuenta-pedido:{uuid4().hex}", [mensaje])
