"""Las pruebas del registro que ninguna página enlaza una por una y que van en la copia del sitio."""

from collections.abc import Iterator
from itertools import pairwise

from django.urls import reverse

from .models import PuntoDeControl


def pruebas() -> Iterator[str]:
    """La clave, el programa que comprueba, cada punto de control y que cada uno continúa al anterior."""
    yield reverse("registro:clave")
    yield reverse("registro:verificador")
    tamanos = list(PuntoDeControl.objects.order_by("tamano").values_list("tamano", flat=True))
    yield from (reverse("registro:punto", args=(tamano,)) for tamano in tamanos)
    yield from (reverse("registro:continuidad", args=par) for par in pairwise(tamanos))
