"""Las preguntas y los comentarios publicados que se encuentran en el buscador, con su respuesta vigente."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from stl_portal.buscador.fuentes import Clase, Fuente, Lugar, apuntar_fuente, vigilar
from stl_portal.texto import a_llano

from .lectura import Leida, leer
from .models import CambioPregunta, Pregunta, Respuesta

PREFIJO = "pregunta"


def grupos() -> Iterator[str]:
    """Las que cualquiera lee."""
    return (_grupo(folio) for folio in Pregunta.objects.visibles().values_list("folio", flat=True))


def de_pregunta(grupo: str) -> Iterator[Lugar]:
    """Una, si es visible; nunca su correo."""
    filas = Pregunta.objects.visibles().filter(folio=grupo.partition(":")[2])
    yield from (_lugar(leida, grupo) for leida in leer(filas.prefetch_related("respuestas")) if leida.objeto)


def _lugar(leida: Leida, grupo: str) -> Lugar:
    pregunta, de_que, respuesta = leida.pregunta, leida.objeto, leida.respuesta
    dicho = f" Respuesta de {respuesta.de_quien}: {a_llano(respuesta.texto)}" if respuesta else ""
    return Lugar(
        grupo,
        PREFIJO,
        f"{pregunta.get_tipo_display()} sobre: {de_que.titulo if de_que else ''}",
        pregunta.get_absolute_url(),
        f"{a_llano(pregunta.texto)}{dicho}",
        f"Folio {pregunta.folio}",
        leida.organo.clave if leida.organo else "",
        timezone.localdate(pregunta.publicada_el),
        bool(leida.organo and leida.organo.ficticio),
    )


def de(clase: str, objetos: Iterable[int]) -> list[str]:
    """Los grupos de las que se publicaron de esos objetos, por su clave primaria."""
    filas = Pregunta.objects.filter(clase=clase, objeto__in=list(objetos), publicada_el__isnull=False)
    return [_grupo(folio) for folio in filas.values_list("folio", flat=True)]


def _grupo(folio: str | None) -> str:
    return f"{PREFIJO}:{folio}"


def _del_cambio(cambio: Any) -> list[str]:
    """Antes de confirmarse no tiene folio: nada que anotar."""
    return [_grupo(cambio.objeto.folio)] if cambio.objeto.folio else []


def _de_la_respuesta(fila: Respuesta) -> list[str]:
    return [_grupo(fila.pregunta.folio)]


def registrar() -> None:
    """Se llama desde `ParticipacionConfig.ready()`; repetirlo no duplica nada."""
    clases = {PREFIJO: Clase("Pregunta de la ciudadanía", "Preguntas de la ciudadanía")}
    apuntar_fuente(Fuente(PREFIJO, clases, grupos, de_pregunta))
    vigilar(CambioPregunta, _del_cambio)
    vigilar(Respuesta, _de_la_respuesta)
