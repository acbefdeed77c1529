"""Las convocatorias públicas que se sugieren a quien pidió una que no existe. Solo salen de lo público."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from stl_portal.publico.registro import PARECIDAS, Enlace
from stl_portal.publico.sugerencias import mas_cercana, primeras

from .models import Certamen


def de_las_convocatorias(partes: Sequence[str]) -> Iterator[Enlace]:
    """Las del órgano que se parece al pedido, de la más nueva a la más vieja."""
    publicas = Certamen.objects.publicos()
    claves = set(publicas.order_by().values_list("organo__clave", flat=True))
    organo = mas_cercana(partes[1], sorted(claves)) if len(partes) > 1 else ""
    filas = publicas.filter(organo__clave=organo).order_by("-publicada_el", "-pk")
    for clave, titulo in primeras(filas.values_list("clave", "titulo")) if organo else ():
        yield Enlace(titulo, reverse("certamenes:certamen", args=(organo, clave)))


def registrar() -> None:
    """Se llama desde `CertamenesConfig.ready()`; repetirlo no duplica nada."""
    PARECIDAS["convocatorias"] = de_las_convocatorias
