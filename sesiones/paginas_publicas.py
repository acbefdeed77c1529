"""La página pública de las actas y los anexos que el registro público nombra."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from sesiones.estados import ACTA_PUBLICA
from sesiones.models import Anexo, Sello, Sesion
from stl_portal.sello.registro import PAGINAS
from stl_portal.versiones import entero


def de_actas(codigos: Collection[str]) -> Mapping[str, str]:
    """De su código de verificación, esa versión del acta."""
    publicas = Sello.objects.filter(codigo__in=codigos, acta__estado__in=ACTA_PUBLICA)
    filas = publicas.select_related("acta__sesion__organo").defer("documento", "xml")
    return {
        sello.codigo: f"{_url('acta', sello.acta.sesion)}?version={sello.acta.version}" for sello in filas
    }


def de_anexos(claves: Collection[str]) -> Mapping[str, str]:
    """De «31», el anexo 31: su archivo o, si se retiró, la página que dice por qué."""
    pks = {entero(clave) for clave in claves}
    publicos = Anexo.objects.filter(pk__in=pks, publicaciones__isnull=False).distinct()
    filas = publicos.filter(sesion__actas__estado__in=ACTA_PUBLICA).select_related("sesion__organo")
    return {str(anexo.pk): _url("anexo", anexo.sesion, anexo.pk) for anexo in filas}


def _url(nombre: str, sesion: Sesion, *mas: int) -> str:
    return reverse(f"sesiones:{nombre}", args=(sesion.organo.clave, sesion.clave, *mas))


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    PAGINAS.update(acta=de_actas, anexo=de_anexos)
