"""El calendario anual de sesiones y sus fechas."""

from sesiones.estados import EstadoCalendario
from sesiones.models import Calendario, CambioCalendario, FechaCalendario
from stl_portal.traspaso.recurso import ORDINAL, Recurso

from .colgado import Colgado


class Calendarios(Recurso):
    """El de cada año y los que lo enmiendan."""

    clave = "calendarios"
    nombre = "Calendarios de sesiones"
    descripcion = "El calendario de un año, o la enmienda que lo sustituye."
    modelo = Calendario
    numerada = True
    llave = ("organo", "anio", ORDINAL)
    fijas = {"estado": "avanza al aprobarlo por acuerdo."}
    editables = frozenset({EstadoCalendario.PROPUESTO})


class HistoriaDeCalendarios(Colgado):
    """Cada cambio de estado."""

    clave = "calendarios-historia"
    nombre = "Historia de los calendarios"
    descripcion = "Un cambio de estado de un calendario: qué, cuándo y quién."
    modelo = CambioCalendario
    llave = ("objeto", ORDINAL)
    raiz = Calendario
    camino = "objeto"
    solo_con_ella = True


class Fechas(Colgado):
    """Los días de cada calendario."""

    clave = "calendarios-fechas"
    nombre = "Fechas de los calendarios"
    descripcion = "Un día de un calendario y, si ya se programó, su sesión."
    modelo = FechaCalendario
    llave = ("calendario", ORDINAL)
    raiz = Calendario
    camino = "calendario"


TODOS = (Calendarios, HistoriaDeCalendarios, Fechas)
