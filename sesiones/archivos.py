"""Quién abre los archivos de sesiones: anexos, oficios y convocatorias."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from sesiones import permisos
from sesiones.models import Anexo, Convocatoria, Oficio, Organo
from stl_portal.archivo.models import Archivo
from stl_portal.archivo.permisos import ACCESO


def organos_de(archivo: Archivo) -> "list[Organo]":
    """Órganos en cuyas sesiones u oficios está el archivo."""
    en_sesiones = Anexo.objects.filter(archivo=archivo).values("sesion__organo")
    en_oficios = Oficio.objects.filter(archivo=archivo).values("organo")
    convocatorias = Convocatoria.objects.filter(pdf=archivo).values("sesion__organo")
    return list(Organo.objects.filter(Q(pk__in=en_sesiones) | Q(pk__in=en_oficios) | Q(pk__in=convocatorias)))


def puede_abrir(usuario: Any, archivo: Archivo) -> bool:
    """Quien puede leer la mesa de algún órgano que lo usa. Nada es público hasta que se publica."""
    hoy = timezone.localdate()
    return usuario.is_authenticated and any(
        permisos.puede_leer_mesa(usuario, organo, hoy) for organo in organos_de(archivo)
    )


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica la regla."""
    if puede_abrir not in ACCESO:
        ACCESO.append(puede_abrir)
