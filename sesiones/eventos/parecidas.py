"""Los eventos que se sugieren a quien pidió uno que no existe. Solo salen de lo público."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from sesiones.eventos.models import Evento
from stl_portal.publico.registro import PARECIDAS, Enlace
from stl_portal.publico.sugerencias import mas_cercana, primeras


def de_la_agenda(partes: Sequence[str]) -> Iterator[Enlace]:
    """Los del órgano que se parece al pedido, del más reciente al más antiguo."""
    publicos = Evento.objects.publicados()
    claves = set(publicos.order_by().values_list("organo__clave", flat=True))
    organo = mas_cercana(partes[1], sorted(claves)) if len(partes) > 1 else ""
    filas = publicos.filter(organo__clave=organo).order_by("-dia", "-pk").values_list("clave", "titulo")
    for clave, titulo in primeras(filas) if organo else ():
        yield Enlace(titulo, reverse("agenda:detalle", args=(organo, clave)))


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`; repetirlo no duplica nada."""
    PARECIDAS["agenda"] = de_la_agenda
