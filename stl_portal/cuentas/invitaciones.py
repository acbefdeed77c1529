"""Las invitaciones: cómo abre su cuenta quien no se registra sola.

Invitar da una ficha al azar que viaja en un correo y de la que solo se guarda la huella: quien lea la base no
puede abrir nada. Vale una vez, vence, y es de esa cuenta y ese correo. Reenviar da otra: la anterior muere.
Mientras una cuenta espera a su dueña, la única puerta es su invitación; «olvidé mi contraseña» no la abre.
"""

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from stl_portal.avisos import envio

from . import mensajes, registro
from .models import Invitacion, Usuario

ENTRE_ENVIOS = dt.timedelta(minutes=1)
MUY_PRONTO = "Se acaba de enviar. Espera un minuto para mandarla otra vez."
YA_NO = "Esa invitación ya no está pendiente: se aceptó o se retiró."
EL_PORTAL = "La administración del portal"


class NoAbre(Exception):
    """La ficha no abre nada: no existe, venció, se usó o se retiró. Quien la trae no sabe cuál."""


def invitar(cuenta: Usuario, *, a_que: str, por: Any = None, ambito: str = "") -> str:
    """Invita a esa cuenta, que todavía no se abre, y devuelve la liga; si ya esperaba ahí, la renueva.

    `a_que` sigue a «Te invita»: «a usar el portal como…». `ambito` es la clave del órgano que invita.
    """
    ficha, ahora = secrets.token_urlsafe(32), timezone.now()
    with transaction.atomic():
        esperan = Invitacion.objects.pendientes().select_for_update()
        fila = esperan.filter(cuenta=cuenta, ambito=ambito).first() or Invitacion(
            cuenta=cuenta, ambito=ambito
        )
        fila.a_que = a_que if a_que in fila.a_que or not fila.a_que else f"{fila.a_que}; y {a_que}"
        fila.invita = por or fila.invita
        return _mandar(fila, ficha, ahora)


def reenviar(invitacion: Invitacion, por: Any = None) -> str:
    """Otra liga y otro plazo; la anterior deja de servir. Lanza `ValidationError` si ya no toca."""
    ahora = timezone.now()
    with transaction.atomic():
        fila = _pendiente(invitacion)
        if ahora - fila.enviada_el < ENTRE_ENVIOS:
            raise ValidationError(MUY_PRONTO)
        fila.invita = por or fila.invita
        return _mandar(fila, secrets.token_urlsafe(32), ahora)


def revocar(invitacion: Invitacion) -> None:
    """La retira y deshace lo que ofrecía. Lanza `ValidationError` si ya no está pendiente."""
    with transaction.atomic():
        fila = _pendiente(invitacion)
        fila.revocada_el = timezone.now()
        fila.save(update_fields=["revocada_el"])
        for deshacer in registro.AL_REVOCAR:
            deshacer(fila.cuenta, fila.ambito)


def de_la_ficha(ficha: str) -> Invitacion:
    """La invitación que esa ficha abre ahora. Lanza `NoAbre`."""
    vigentes = Invitacion.objects.vigentes(timezone.now()).select_related("cuenta", "invita")
    fila = vigentes.filter(huella=_huella(ficha), cuenta__is_active=True).first()
    if fila is None:
        raise NoAbre
    return fila


def aceptar(ficha: str, contrasena: str) -> Usuario:
    """Pone la contraseña y gasta la ficha, una sola vez aunque lleguen dos. Lanza `NoAbre`."""
    with transaction.atomic():
        fila = de_la_ficha(ficha)
        ahora = timezone.now()
        gastada = Invitacion.objects.vigentes(ahora).filter(pk=fila.pk, huella=_huella(ficha))
        if not gastada.update(aceptada_el=ahora):
            raise NoAbre
        fila.cuenta.set_password(contrasena)
        fila.cuenta.save(update_fields=["password"])
        for una in [fila, *fila.cuenta.invitaciones.pendientes().select_related("invita")]:
            _avisar_aceptada(una)
        # Mismo correo y misma persona: lo demás que se le ofreció ya no espera.
        fila.cuenta.invitaciones.pendientes().update(aceptada_el=ahora)
    return fila.cuenta


def sin_abrir(cuenta: Usuario) -> Invitacion | None:
    """Su última invitación, si la cuenta se dio invitando y nadie la ha abierto."""
    if cuenta.has_usable_password():
        return None
    return cuenta.invitaciones.select_related("invita").order_by("-enviada_el", "-pk").first()


def decir_que_sigue(invitacion: Invitacion) -> None:
    """A quien pidió contraseña sin haber abierto su cuenta, por qué no le llega y qué hacer."""
    cuenta, ahora = invitacion.cuenta, timezone.now()
    contexto = {
        "quien": quien_invita(invitacion),
        "retirada": invitacion.revocada_el is not None,
        "vencida": invitacion.vencio(ahora),
        "vence_el": invitacion.vence_el,
    }
    carta = _carta(mensajes.QUE_SIGUE, cuenta.email, contexto, str(cuenta))
    envio.encolar(mensajes.QUE_SIGUE, f"invitacion:{invitacion.pk}:que-sigue:{ahora:%Y%m%d%H%M}", [carta])


def quien_invita(invitacion: Invitacion) -> str:
    """El nombre de quien invita, o el de la administración si fue una orden."""
    return str(invitacion.invita) if invitacion.invita else EL_PORTAL


def _pendiente(invitacion: Invitacion) -> Invitacion:
    fila = Invitacion.objects.pendientes().select_for_update().filter(pk=invitacion.pk).first()
    if fila is None:
        raise ValidationError(YA_NO)
    return fila


def _mandar(fila: Invitacion, ficha: str, ahora: dt.datetime) -> str:
    fila.huella, fila.enviada_el = _huella(ficha), ahora
    fila.vence_el = ahora + dt.timedelta(hours=settings.INVITACION_HORAS)
    fila.save()
    liga = envio.liga(reverse("invitacion", args=(ficha,)))
    contexto = {
        "cuenta": fila.cuenta,
        "quien": quien_invita(fila),
        "a_que": fila.a_que,
        "liga": liga,
        "vence_el": fila.vence_el,
    }
    carta = _carta(mensajes.INVITACION, fila.cuenta.email, contexto, str(fila.cuenta))
    envio.encolar(mensajes.INVITACION, f"invitacion:{fila.pk}:{fila.huella[:16]}", [carta])
    return liga


def _avisar_aceptada(fila: Invitacion) -> None:
    if fila.invita is None:
        return
    contexto = {"quien": fila.cuenta, "correo": fila.cuenta.email, "a_que": fila.a_que}
    carta = _carta(mensajes.ACEPTADA, fila.invita.email, contexto, str(fila.invita))
    envio.encolar(mensajes.ACEPTADA, f"invitacion:{fila.pk}:aceptada", [carta])


def _carta(clase: Any, para: str, contexto: dict[str, Any], nombre: str) -> envio.Mensaje:
    return envio.Mensaje(para, clase.titulo(**contexto), clase.texto(contexto), nombre)


def _huella(ficha: str) -> str:
    return hashlib.sha256(ficha.encode()).hexdigest()
