"""La agenda de eventos: cada evento, con quién participa, sus materiales y las cifras de redes."""

from collections.abc import Iterable, Mapping
from typing import Any

from sesiones.eventos.estados import EstadoEvento
from sesiones.eventos.models import CambioEvento, CifraDeRed, Evento, Material, Ponente, RelacionConPlan
from sesiones.recursos.colgado import Colgado
from stl_portal.traspaso.recurso import ORDINAL, Recurso
from stl_portal.traspaso.registro import apuntar


class Eventos(Recurso):
    """Lo que un órgano anuncia."""

    clave = "eventos"
    nombre = "Eventos de la agenda"
    descripcion = "Un evento, un curso o un panel que un órgano anuncia."
    modelo = Evento
    numerada = True
    llave = ("organo", "clave")
    fijas = {"estado": "avanza al publicarlo, celebrarlo o cancelarlo."}
    # Publicado, cada corrección sube la secuencia con que las agendas ajenas se enteran.
    editables = frozenset({EstadoEvento.BORRADOR})

    def objetar(self, antes: Mapping[str, Any] | None, ahora: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """El estado no se captura en una forma, y por eso nadie más revisa que exista."""
        if ahora["estado"] not in EstadoEvento.values:
            yield "estado", "No es un estado de un evento."


class HistoriaDeEventos(Colgado):
    """Cada cambio."""

    clave = "eventos-historia"
    nombre = "Historia de los eventos"
    descripcion = "Un cambio de un evento: qué, cuándo y quién."
    modelo = CambioEvento
    llave = ("objeto", ORDINAL)
    raiz = Evento
    camino = "objeto"
    solo_con_ella = True


class Relaciones(Recurso):
    """Con qué ejes y compromisos se relaciona."""

    clave = "eventos-plan"
    nombre = "Relación de los eventos con el plan"
    descripcion = "Un eje o compromiso con el que se relaciona un evento."
    modelo = RelacionConPlan
    llave = ("evento", "clave")


class Ponentes(Recurso):
    """Quiénes participan."""

    clave = "eventos-ponentes"
    nombre = "Ponentes"
    descripcion = "Quien expone, modera o imparte en un evento."
    modelo = Ponente
    numerada = True
    llave = ("evento", ORDINAL)


class Materiales(Recurso):
    """Lo que se repartió."""

    clave = "eventos-materiales"
    nombre = "Materiales de los eventos"
    descripcion = "Un material de un evento: su archivo, por su huella, o su dirección."
    modelo = Material
    numerada = True
    llave = ("evento", "titulo")


class Cifras(Recurso):
    """Las de redes sociales."""

    clave = "cifras-de-redes"
    nombre = "Cifras de redes sociales"
    descripcion = "Una cifra de una red social, como la dice la fuente y su número."
    modelo = CifraDeRed
    llave = ("organo", "red", "cuenta", "medida", "desde", "hasta")


TODOS = (Eventos, HistoriaDeEventos, Relaciones, Ponentes, Materiales, Cifras)


def registrar() -> None:
    """Los apunta; se llama al arrancar."""
    apuntar(*TODOS)
