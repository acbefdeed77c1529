"""Quién abre los archivos: las bases publicadas, cualquiera; las evidencias, quien conduce y el comité."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from sesiones import permisos
from stl_portal.archivo.models import Archivo
from stl_portal.archivo.permisos import ACCESO, POR_DENTRO

from .estados import EstadoPostulacion
from .models import Certamen, Evidencia, IntegranteDelComite


def puede_abrir(usuario: Any, archivo: Archivo) -> bool:
    """Las bases de una convocatoria publicada son de cualquiera; lo demás, de quien lo lee por dentro."""
    return Certamen.objects.publicos().filter(documento=archivo).exists() or lee_por_dentro(usuario, archivo)


def lee_por_dentro(usuario: Any, archivo: Archivo) -> bool:
    """Quien conduce el órgano, y de las evidencias presentadas también su comité."""
    if not usuario.is_authenticated:
        return False
    presentadas = Q(postulacion__estado=EstadoPostulacion.PRESENTADA)
    evidencias = Evidencia.objects.filter(presentadas, archivo=archivo)
    certamenes = Certamen.objects.filter(
        Q(documento=archivo) | Q(pk__in=evidencias.values("postulacion__certamen"))
    )
    conduce = permisos.organos_que_conduce(usuario, timezone.localdate())
    if certamenes.filter(organo__in=conduce).exists():
        return True
    en_comite = IntegranteDelComite.objects.filter(usuario=usuario).values("certamen")
    return evidencias.filter(postulacion__certamen__in=en_comite).exists()


def registrar() -> None:
    """Lo apunta en el portal; repetirlo no duplica la regla."""
    if puede_abrir not in ACCESO:
        ACCESO.append(puede_abrir)
        POR_DENTRO.append(lee_por_dentro)
