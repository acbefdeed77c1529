"""El encargo: una colega de la institución prepara los reportes; enviarlos sigue siendo de quien responde."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ejes import permisos
from ejes.mensajes import ENCARGO
from ejes.models import Encargo
from sesiones.asuntos import asunto
from sesiones.models import Asiento
from stl_portal.avisos import envio
from stl_portal.avisos.envio import Mensaje
from stl_portal.cuentas.models import Usuario

SIN_CUENTA = (
    "No hay una cuenta con ese correo. Pide a la persona facilitadora del órgano que la dé de alta; "
    "después vuelve aquí."
)


def cuenta_de(correo: str) -> Usuario:
    """La cuenta activa con ese correo. Lanza `ValidationError` y dice quién puede crearla."""
    cuenta = Usuario.objects.filter(email__iexact=correo.strip(), is_active=True).first()
    if cuenta is None:
        raise ValidationError({"correo": SIN_CUENTA})
    return cuenta


def encargar(
    asiento: Asiento, correo: str, por: Any, desde: dt.date, hasta: dt.date | None = None
) -> Encargo:
    """Da el encargo y avisa a la colega. Lanza `ValidationError` con el campo que lo impide."""
    cuenta = cuenta_de(correo)
    if permisos.prepara(cuenta, asiento, desde):
        raise ValidationError({"correo": "Esa persona ya puede preparar los reportes en esa fecha."})
    exigir_de_la_institucion(cuenta, asiento, desde)
    with transaction.atomic():
        encargo = Encargo(
            asiento=asiento, usuario=cuenta, dado_por=por, vigente_desde=desde, vigente_hasta=hasta
        )
        encargo.full_clean()
        encargo.save()
        _avisar(encargo)
    return encargo


def exigir_de_la_institucion(cuenta: Usuario, asiento: Asiento, al: dt.date) -> None:
    """Lanza `ValidationError` si esa cuenta ocupa el asiento de otra institución."""
    ajeno = Asiento.objects.ocupados_por(cuenta, al).exclude(institucion=asiento.institucion)
    otro = ajeno.select_related("institucion").first()
    if otro is not None:
        frase = f"Esa persona integra el órgano por {otro.institucion}: encárgaselo a alguien de la tuya."
        raise ValidationError({"correo": frase})


def terminar(encargo: Encargo, al: dt.date) -> None:
    """Termina hoy mismo: desde este momento la cuenta ya no abre los reportes.

    El que apenas empieza hoy, o empezaría después, se quita: nunca llegó a regir un día completo.
    """
    ayer = al - dt.timedelta(days=1)
    if encargo.vigente_desde and encargo.vigente_desde > ayer:
        encargo.delete()
    elif encargo.vigente_hasta is None or encargo.vigente_hasta > ayer:
        encargo.vigente_hasta = ayer
        encargo.save(update_fields=["vigente_hasta"])


def _avisar(encargo: Encargo) -> None:
    contexto = {"encargo": encargo, "liga": envio.liga(reverse("reportes:inicio"))}
    cuenta = encargo.usuario
    dicho = ENCARGO.titulo(institucion=encargo.asiento.institucion.nombre)
    titulo = asunto(dicho, timezone.localdate(), encargo.asiento.organo)
    mensaje = Mensaje(cuenta.email, titulo, ENCARGO.texto(contexto), cuenta.nombre)
    envio.encolar(ENCARGO, f"encargo:{encargo.pk}", [mensaje])
