"""El plan por dentro: ejes, compromisos con sus ODS y sus partes, acciones e hitos."""

from ejes import models as e
from stl_portal.traspaso.colgado import Colgado
from stl_portal.traspaso.recurso import ORDINAL, Recurso


class Planes(Recurso):
    """El plan y su modo de medir."""

    clave = "planes"
    nombre = "Planes de acción"
    descripcion = "Un plan de acción, con su periodo, su estado y cómo se mide su avance."
    modelo = e.Plan
    llave = ("clave",)


class HistoriaDePlanes(Colgado):
    """Cuándo se publicó cada plan y qué se le cambió después."""

    clave = "planes-historia"
    nombre = "Historia de los planes"
    descripcion = "Un cambio de estado de un plan, o una corrección a lo ya publicado."
    modelo = e.CambioPlan
    llave = ("objeto", ORDINAL)
    raiz = e.Plan
    camino = "objeto"
    solo_con_ella = True


class Ejes(Recurso):
    """Los ejes de cada plan."""

    clave = "ejes"
    nombre = "Ejes"
    descripcion = "Un eje de un plan, con su meta y el asiento que responde por él."
    modelo = e.Eje
    llave = ("plan", "numero")


class Submetas(Recurso):
    """Las partes de la meta de un eje."""

    clave = "ejes-submetas"
    nombre = "Submetas de los ejes"
    descripcion = "Una parte de la meta verificable de un eje."
    modelo = e.Submeta
    llave = ("eje", "orden")


class Propuestas(Recurso):
    """Lo que la ciudadanía propuso."""

    clave = "ejes-propuestas"
    nombre = "Propuestas ciudadanas"
    descripcion = "Una propuesta ciudadana de un eje."
    modelo = e.PropuestaCiudadana
    llave = ("eje", "orden")


class Difusiones(Recurso):
    """Dónde se cuenta el avance de un eje."""

    clave = "ejes-difusion"
    nombre = "Medios de difusión de los ejes"
    descripcion = "Una página o red social donde se cuenta el avance de un eje."
    modelo = e.Difusion
    llave = ("eje", ORDINAL)


class Compromisos(Recurso):
    """Los compromisos de cada eje."""

    clave = "compromisos"
    nombre = "Compromisos"
    descripcion = "Un compromiso de un eje."
    modelo = e.Compromiso
    llave = ("eje", "numero")


class AcuerdosDeCompromisos(Recurso):
    """Con qué acuerdos se relaciona un compromiso."""

    clave = "compromisos-acuerdos"
    nombre = "Acuerdos de los compromisos"
    descripcion = "Un acuerdo de una sesión con el que se relaciona un compromiso."
    modelo = e.Compromiso.acuerdos.through
    llave = ("compromiso", "acuerdo")


class PartesCocreadoras(Recurso):
    """Quién creó el compromiso."""

    clave = "compromisos-partes"
    nombre = "Partes cocreadoras"
    descripcion = "Quien participó en crear un compromiso, y lo que le toca."
    modelo = e.ParteCocreadora
    llave = ("compromiso", "nombre")


class Alineaciones(Recurso):
    """A qué objetivos de desarrollo sostenible abona un eje o un compromiso."""

    clave = "alineaciones"
    nombre = "Alineación con los ODS"
    descripcion = "Un objetivo de desarrollo sostenible al que abona un eje o un compromiso: uno de los dos."
    modelo = e.Alineacion
    llave = ("eje", "compromiso", "objetivo", "meta")


class Acciones(Recurso):
    """Las acciones de cada compromiso."""

    clave = "acciones"
    nombre = "Acciones"
    descripcion = "Una acción verificable de un compromiso."
    modelo = e.Accion
    llave = ("compromiso", "numero")


class Hitos(Recurso):
    """El calendario de compromisos y acciones."""

    clave = "hitos"
    nombre = "Hitos"
    descripcion = "Algo que debe haber ocurrido a una fecha, en un compromiso o en una de sus acciones."
    modelo = e.Hito
    llave = ("compromiso", "nombre")


RECURSOS = (
    Planes,
    HistoriaDePlanes,
    Ejes,
    Submetas,
    Propuestas,
    Difusiones,
    Compromisos,
    AcuerdosDeCompromisos,
    PartesCocreadoras,
    Alineaciones,
    Acciones,
    Hitos,
)
