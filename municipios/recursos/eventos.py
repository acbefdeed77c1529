"""Capacitaciones, reuniones de acompañamiento y eventos con los municipios, con sus materiales."""

from municipios import models as m
from stl_portal.traspaso.recurso import ORDINAL, Recurso


class Eventos(Recurso):
    """Lo que se hizo con los municipios."""

    clave = "capacitaciones"
    nombre = "Capacitaciones, reuniones y eventos"
    descripcion = (
        "Una capacitación, una reunión de acompañamiento o un evento; «id» es el de los datos abiertos."
    )
    modelo = m.Evento
    numerada = True
    llave = ("organo", ORDINAL)


class MunicipiosDeEventos(Recurso):
    """Qué municipios participaron."""

    clave = "capacitaciones-municipios"
    nombre = "Municipios de las capacitaciones"
    descripcion = "Un municipio que participó en una capacitación, una reunión o un evento."
    modelo = m.Evento.municipios.through
    llave = ("evento", "municipio")


class Materiales(Recurso):
    """Lo que se repartió."""

    clave = "capacitaciones-materiales"
    nombre = "Materiales de las capacitaciones"
    descripcion = "Un archivo (por su huella) o una dirección de una capacitación."
    modelo = m.Material
    llave = ("evento", ORDINAL)


class Retirados(Recurso):
    """Los huecos que las agendas suscritas todavía deben leer."""

    clave = "capacitaciones-retiradas"
    nombre = "Capacitaciones retiradas"
    descripcion = "El hueco de un evento que ya no se muestra, para las agendas que lo tenían."
    modelo = m.EventoRetirado
    llave = ("evento",)


RECURSOS = (Eventos, MunicipiosDeEventos, Materiales, Retirados)
