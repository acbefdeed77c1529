"""Quién abre los archivos de sesiones: anexos, oficios, convocatorias y actas selladas."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from sesiones import anexos, permisos, publica
from sesiones.estados import ACTA_PUBLICA
from sesiones.models import Anexo, AnexoPublicado, Convocatoria, Firma, Oficio, Organo, Publicacion, Sello
from stl_portal.archivo.models import Archivo
from stl_portal.archivo.permisos import ACCESO, POR_DENTRO, QUIEN_SUBE, RETIRADOS, Retirado


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
    """El PDF de un acta que hoy se entrega en versión pública, o un anexo que se dejó de publicar."""
    return _acta_reservada(archivo) or _anexo_retirado(archivo)


def _acta_reservada(archivo: Archivo) -> Retirado | None:
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


def _anexo_retirado(archivo: Archivo) -> Retirado | None:
    """El archivo con que se publicó un anexo: se retiró, o hoy se publica otro en su lugar."""
    filas = AnexoPublicado.objects.filter(archivo=archivo, anexo__sesion__actas__estado__in=ACTA_PUBLICA)
    fila = filas.select_related("anexo__sesion__organo").last()
    if fila is None:
        return None
    ultima = fila.anexo.publicaciones.last()
    sustituido = ultima is not None and ultima.archivo_id is not None
    sesion = fila.anexo.sesion
    return Retirado(
        "Este archivo se retiró: el anexo se publica hoy con otro."
        if sustituido
        else "Este anexo se retiró: se publicó y ya no se entrega.",
        reverse("sesiones:anexo", args=(sesion.organo.clave, sesion.clave, fila.anexo_id)),
        "Ver el anexo que hoy se publica" if sustituido else "Ver por qué se retiró",
    )


def puede_abrir(usuario: Any, archivo: Archivo) -> bool:
    """El acta publicada, cualquiera; lo demás, quien lo lee por dentro."""
    return es_publico(archivo) or lee_por_dentro(usuario, archivo)


def lee_por_dentro(usuario: Any, archivo: Archivo) -> bool:
    """Quien lee la mesa de algún órgano que lo usa o lo firma, sea público o no."""
    hoy = timezone.localdate()
    if usuario.is_authenticated and any(
        permisos.puede_conducir(usuario, organo, hoy) for organo in conducen_a(archivo)
    ):
        return True
    return usuario.is_authenticated and (
        any(permisos.puede_leer_mesa(usuario, organo, hoy) for organo in organos_de(archivo))
        or le_toca_firmar(usuario, archivo)
    )


def conduce_alguno(usuario: Any) -> bool:
    """Quien conduce algún órgano agrega anexos y oficios."""
    return usuario.is_authenticated and permisos.organos_que_conduce(usuario, timezone.localdate()).exists()


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica la regla."""
    if puede_abrir not in ACCESO:
        ACCESO.append(puede_abrir)
        POR_DENTRO.append(lee_por_dentro)
        QUIEN_SUBE.append(conduce_alguno)
        RETIRADOS.append(retirado)
