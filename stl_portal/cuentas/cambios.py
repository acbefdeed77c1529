"""Lo que pasa cuando cambia cómo se entra a una cuenta: se le avisa y se cierran sus otras sesiones.

allauth avisa de lo que se activa, se quita o se genera (`adaptador.send_notification_mail`); aquí está lo que
él no avisa.
"""

import logging
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from stl_portal.avisos import envio

from . import aparatos, falta_factor, limites_de_sesion, mensajes
from . import registro as de_poder
from .models import Usuario

registro = logging.getLogger(__name__)


def al_entrar(request: HttpRequest, user: Usuario, **resto: Any) -> None:
    """Empieza a contar lo que dura la entrada y anota en qué aparato fue."""
    limites_de_sesion.empezar(request.session, corta=de_poder.tiene_poder(user))
    aparatos.abrir(request, user)


def al_confirmar(request: HttpRequest, user: Usuario, reauthenticated: bool = False, **resto: Any) -> None:
    """Confirmó quién es: la llave de su sesión cambia, y la que alguien hubiera copiado antes ya no sirve."""
    if reauthenticated and request.session.session_key:
        request.session.cycle_key()
        aparatos.ver(request)


def al_cambiar_la_entrada(request: HttpRequest, user: Usuario, **resto: Any) -> None:
    """Cambió la contraseña o el segundo paso: quien hubiera entrado antes, en otro lado, queda fuera."""
    aparatos.cerrar_las_demas(request, user)
    if request.user.is_authenticated:
        falta_factor.revisar(request, user)


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
            aparatos.cerrar(cuenta.sesiones_abiertas.all())
            ahora = timezone.now()
            datos = {"user": cuenta, "timestamp": ahora}
            clase = mensajes.POR_PREFIJO[mensajes.QUITADO]
            asunto = get_adapter().format_email_subject(clase.titulo())
            carta = envio.Mensaje(cuenta.email, asunto, clase.texto(datos).strip(), str(cuenta))
            envio.encolar(clase, f"cuenta:{cuenta.pk}:sin-segundo-factor:{ahora:%Y%m%d%H%M%S%f}", [carta])
    if borrados:
        registro.warning("Se quitó el segundo factor de la cuenta %s; lo hizo %s.", cuenta.pk, por)
    return bool(borrados)


def cambiar_correo(cuenta: Usuario, nuevo: str, por: str) -> None:
    """Le cambia el correo con que entra, cierra sus sesiones y avisa al anterior y al nuevo."""
    anterior, ahora = cuenta.email, timezone.now()
    with transaction.atomic():
        cuenta.email = nuevo.strip().lower()
        cuenta.save(update_fields=["email"])
        EmailAddress.objects.filter(user=cuenta).delete()  # allauth hace otra con el nuevo
        aparatos.cerrar(cuenta.sesiones_abiertas.all())
        clase = mensajes.POR_PREFIJO[mensajes.OTRO_CORREO]
        datos = {"user": cuenta, "timestamp": ahora, "anterior": anterior, "nuevo": cuenta.email}
        asunto = get_adapter().format_email_subject(clase.titulo())
        cartas = [
            envio.Mensaje(correo, asunto, clase.texto(datos).strip(), str(cuenta))
            for correo in (anterior, cuenta.email)
        ]
        envio.encolar(clase, f"cuenta:{cuenta.pk}:correo:{ahora:%Y%m%d%H%M%S%f}", cartas)
    registro.warning("Cambió el correo de la cuenta %s; lo hizo %s.", cuenta.pk, por)
