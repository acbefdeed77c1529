"""Las páginas de sesiones que se sugieren a quien pidió una que no existe. Solo salen de lo público.

Se nombran por su clave, que ya es pública: el nombre de una sesión puede estarse corrigiendo o traer un
dato testado.
"""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from sesiones.models import Acuerdo, Organo, Sesion
from stl_portal.publico.registro import PARECIDAS, Enlace
from stl_portal.publico.sugerencias import mas_cercana, primeras


def de_sesiones(partes: Sequence[str]) -> Iterator[Enlace]:
    """El órgano que se parece al pedido y sus sesiones, de la más reciente a la más antigua."""
    organo = _organo(partes)
    if organo:
        yield Enlace(f"Sesiones de {organo}", reverse("sesiones:organo", args=(organo,)))
        for clave in _claves(organo):
            yield Enlace(_dicha(clave, organo), reverse("sesiones:detalle", args=(organo, clave)))


def de_acuerdos(partes: Sequence[str]) -> Iterator[Enlace]:
    """Los acuerdos de la sesión que más se parece a la pedida."""
    organo = _organo(partes)
    sesion = mas_cercana(partes[2], _claves(organo)) if organo and len(partes) > 2 else ""
    if sesion:
        suyos = Acuerdo.objects.de_sesiones_publicas().filter(
            sesion__organo__clave=organo, sesion__clave=sesion
        )
        for numero in suyos.order_by("numero").values_list("numero", flat=True):
            texto = f"Acuerdo {numero} de la {_dicha(sesion, organo).lower()}"
            yield Enlace(texto, reverse("sesiones:acuerdo", args=(organo, sesion, numero)))


def de_integrantes(partes: Sequence[str]) -> Iterator[Enlace]:
    """Los integrantes del órgano que se parece al pedido."""
    organo = _organo(partes)
    if organo:
        yield Enlace(f"Integrantes de {organo}", reverse("sesiones:integrantes_de", args=(organo,)))


def _organo(partes: Sequence[str]) -> str:
    """La clave del que se parece; vacía si no se pidió ninguno."""
    if len(partes) < 2:
        return ""
    return mas_cercana(partes[1], primeras(Organo.objects.order_by("pk").values_list("clave", flat=True)))


def _claves(organo: str) -> list[str]:
    publicas = Sesion.objects.publicas().filter(organo__clave=organo).order_by("-fecha", "-pk")
    return list(primeras(publicas.values_list("clave", flat=True)))


def _dicha(clave: str, organo: str) -> str:
    """«Sesión XVIII ordinaria 2020, stl»."""
    numero, _, resto = clave.partition("-")
    return f"Sesión {numero.upper()} {resto.replace('-', ' ')}, {organo}"


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    PARECIDAS.update(sesiones=de_sesiones, acuerdos=de_acuerdos, integrantes=de_integrantes)
