"""Lo que se le avisa por correo a una cuenta cuando cambia cómo se entra a ella.

allauth avisa de lo que se activa, se quita o se genera (`adaptador.send_notification_mail`); aquí está lo que
él no avisa.
"""

import logging
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from stl_portal.avisos import envio

from . import mensajes
from .models import Usuario

registro = logging.getLogger(__name__)


def al_usar(request: HttpRequest, user: Usuario, authenticator: Authenticator, **resto: Any) -> None:
    """Un código de recuperación que alguien usó: si no fue su dueña, tiene que saberlo."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        authenticator.refresh_from_db()  # allauth gasta el código en otra copia de la fila
        quedan = len(authenticator.wrap().get_unused_codes())
        get_adapter(request).send_notification_mail("mfa/email/recovery_code_used", user, {"quedan": quedan})


def quitar_segundo_factor(cuenta: Usuario, por: str) -> bool:
    """Borra los medios de la cuenta, le avisa y anota quién lo hizo; falso si no tenía ninguno."""
    with transaction.atomic():
        borrados, _ = Authenticator.objects.filter(user=cuenta).delete()
        if borrados:
            ahora = timezone.now()
            datos = {"user": cuenta, "timestamp": ahora}
            clase = mensajes.POR_PREFIJO[mensajes.QUITADO]
            asunto = get_adapter().format_email_subject(clase.titulo())
            carta = envio.Mensaje(cuenta.email, asunto, clase.texto(datos).strip(), str(cuenta))
            envio.encolar(clase, f"cuenta:{cuenta.pk}:sin-segundo-factor:{ahora:%Y%m%d%H%M%S%f}", [carta])
    if borrados:
        registro.warning("Se quitó el segundo factor de la cuenta %s; lo hizo %s.", cuenta.pk, por)
    return bool(borrados)
