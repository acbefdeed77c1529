"""Quién abre los materiales de un evento: cualquiera si es público; si no, quien lee la mesa."""

from typing import Any

from django.db.models.signals import pre_delete
from django.utils import timezone

from sesiones.eventos.estados import PUBLICOS
from sesiones.eventos.models import Material
from sesiones.models import Organo
from sesiones.permisos import puede_leer_mesa
from stl_portal.archivo import vitrina
from stl_portal.archivo.models import Archivo
from stl_portal.archivo.permisos import ACCESO, POR_DENTRO
from stl_portal.publico.registro import apuntar


def puede_abrir(usuario: Any, archivo: Archivo) -> bool:
    """Si es de un evento público o la cuenta lo lee por dentro."""
    publicos = Material.objects.filter(archivo=archivo, evento__estado__in=PUBLICOS)
    return publicos.exists() or lee_por_dentro(usuario, archivo)


def lee_por_dentro(usuario: Any, archivo: Archivo) -> bool:
    """Si la cuenta lee la mesa del órgano que lo registró."""
    if not usuario.is_authenticated:
        return False
    hoy = timezone.localdate()
    organos = Organo.objects.filter(eventos__materiales__archivo=archivo).distinct()
    return any(puede_leer_mesa(usuario, organo, hoy) for organo in organos)


def al_quitarse(sender: Any, instance: Material, **_: Any) -> None:
    """Lo que se quita deja de entregarse en esa misma transacción."""
    if instance.archivo is not None:
        vitrina.retirar(instance.archivo)


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(ACCESO, puede_abrir)
    apuntar(POR_DENTRO, lee_por_dentro)
    pre_delete.connect(al_quitarse, sender=Material, dispatch_uid="material-de-evento-quitado")
