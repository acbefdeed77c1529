"""Quién abre los archivos de sesiones: anexos, oficios, convocatorias y actas selladas."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from sesiones import anexos, permisos, publica
from sesiones.models import Anexo, Convocatoria, Firma, Oficio, Organo, Publicacion, Sello
from stl_portal.archivo.models import Archivo
from stl_portal.archivo.permisos import ACCESO, RETIRADOS, Retirado


def organos_de(archivo: Archivo) -> "list[Organo]":
    """Órganos en cuyas sesiones u oficios está el archivo."""
    en_sesiones = Anexo.objects.filter(archivo=archivo).values("sesion__organo")
    en_oficios = Oficio.objects.filter(archivo=archivo).values("organo")
    convocatorias = Convocatoria.objects.filter(pdf=archivo).values("sesion__organo")
    actas = Sello.objects.filter(
        Q(pdf=archivo)
        | Q(lugares__firmas__pdf=archivo)
        | Q(publicacion__pdf=archivo)
        | Q(versiones_publicas__pdf=archivo)
    )
    usan = (en_sesiones, en_oficios, convocatorias, actas.values("acta__sesion__organo"))
    return list(Organo.objects.filter(reduce(or_, (Q(pk__in=usa) for usa in usan))))


def conducen_a(archivo: Archivo) -> "list[Organo]":
    """Órganos cuya hoja firmada a mano es ese escaneo: trae rúbricas y solo lo abre quien conduce."""
    escaneos = Firma.objects.filter(escaneo=archivo).values("lugar__sello__acta__sesion__organo")
    return list(Organo.objects.filter(pk__in=escaneos))


def le_toca_firmar(usuario: Any, archivo: Archivo) -> bool:
    """Si es el PDF de un acta que la cuenta firma: lo lee aunque ya no ocupe un asiento."""
    suyas = Sello.objects.filter(lugares__persona__usuario=usuario)
    suyo = Q(pdf=archivo) | Q(lugares__firmas__pdf=archivo) | Q(publicacion__pdf=archivo)
    return suyas.filter(suyo).exists()


def es_publico(archivo: Archivo) -> bool:
    """Con lo que hoy se publica un acta (el firmado o su última versión pública) o un anexo."""
    if Publicacion.objects.filter(pdf=archivo).exists():
        return not publica.reservado(archivo)
    return publica.vigentes().filter(pdf=archivo).exists() or anexos.es_publico(archivo)


def retirado(archivo: Archivo) -> Retirado | None:
    """El PDF de un acta en lugar del cual se entrega hoy una versión pública."""
    suyos = Q(publicacion__pdf=archivo) | Q(versiones_publicas__pdf=archivo)
    sello = Sello.objects.filter(suyos, versiones_publicas__isnull=False).select_related("acta").first()
    if sello is None:
        return None
    sesion = sello.acta.sesion
    return Retirado(
        "Este PDF dice datos personales y ya no se entrega. En su lugar está la versión pública del acta.",
        f"{reverse('sesiones:acta', args=(sesion.organo.clave, sesion.clave))}?version={sello.acta.version}",
        "Leer el acta",
    )


def puede_abrir(usuario: Any, archivo: Archivo) -> bool:
    """El acta publicada, cualquiera; lo demás, quien lee la mesa de algún órgano que lo usa o lo firma."""
    if es_publico(archivo):
        return True
    hoy = timezone.localdate()
    if usuario.is_authenticated and any(
        permisos.puede_conducir(usuario, organo, hoy) for organo in conducen_a(archivo)
    ):
        return True
    return usuario.is_authenticated and (
        any(permisos.puede_leer_mesa(usuario, organo, hoy) for organo in organos_de(archivo))
        or le_toca_firmar(usuario, archivo)
    )


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica la regla."""
    if puede_abrir not in ACCESO:
        ACCESO.append(puede_abrir)
        RETIRADOS.append(retirado)
