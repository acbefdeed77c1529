"""Los cortes del plan: de qué periodo son, sus cifras y lo que se publicó, byte por byte."""

from typing import Any

from django.db.models import Q

from ejes import models as e
from ejes.cortes import publicar
from ejes.estados import EstadoCorte
from stl_portal.traspaso.colgado import Colgado
from stl_portal.traspaso.recurso import ORDINAL, Recurso
from stl_portal.traspaso.sellado import SIN_CADENA, ConDocumento, asentar


class DelCorte(Colgado):
    """Lo que cuelga de un corte: mientras se arma o, si ya se publicó, solo con él."""

    raiz = e.Corte
    camino = "figura__corte"

    @classmethod
    def abiertas(cls) -> Q:
        """Los que se arman."""
        return Q(estado=EstadoCorte.BORRADOR)


class Cortes(Recurso):
    """Los informes parciales."""

    clave = "cortes"
    nombre = "Cortes del plan"
    descripcion = "Un corte (informe parcial) de un plan."
    modelo = e.Corte
    llave = ("plan", "numero")
    editables = frozenset({EstadoCorte.BORRADOR})


class HistoriaDeCortes(DelCorte):
    """Cuándo se publicó cada corte."""

    clave = "cortes-historia"
    nombre = "Historia de los cortes del plan"
    descripcion = "Un cambio de estado de un corte."
    modelo = e.CambioCorte
    llave = ("objeto", ORDINAL)
    camino = "objeto"
    solo_con_ella = True


class Figuras(DelCorte):
    """Las cifras de un corte."""

    clave = "cortes-figuras"
    nombre = "Avances en los cortes del plan"
    descripcion = "El avance de una acción, un compromiso, un eje o, sin ninguno, todo el plan, en un corte."
    modelo = e.Figura
    llave = ("corte", "eje", "compromiso", "accion")
    camino = "corte"


class EvidenciasDeFiguras(DelCorte):
    """Con qué evidencias se sostiene una cifra."""

    clave = "cortes-evidencias"
    nombre = "Evidencias de los cortes del plan"
    descripcion = "Una evidencia que respalda una cifra de un corte."
    modelo = e.Figura.evidencias.through
    llave = ("figura", "evidencia")


class Ediciones(DelCorte):
    """Lo que el personal cambió de lo reportado."""

    clave = "cortes-ediciones"
    nombre = "Cambios a los avances de los cortes"
    descripcion = "Un cambio del personal a una cifra tomada de un reporte, con su motivo."
    modelo = e.EdicionFigura
    llave = ("figura", ORDINAL)


class Ligas(DelCorte):
    """Las direcciones que respaldan una cifra."""

    clave = "cortes-ligas"
    nombre = "Ligas de los cortes del plan"
    descripcion = "Una dirección pública que respalda una cifra de un corte."
    modelo = e.Liga
    llave = ("figura", ORDINAL)


class CortesPublicados(ConDocumento, DelCorte):
    """El corte como se publicó."""

    clave = "cortes-publicados"
    nombre = "Cortes del plan publicados"
    descripcion = "Un corte tal como se publicó: sus bytes, su huella y su PDF."
    modelo = e.CortePublicado
    llave = ("corte",)
    camino = "corte"
    solo_con_ella = True
    excluidas = SIN_CADENA

    def al_llegar(self, objeto: Any) -> None:
        """Consta en el registro de este portal."""
        consta, de_que = publicar.lo_que_consta(objeto), publicar.objeto_de(objeto)
        asentar(objeto, publicar.TIPO, consta, de_que)


RECURSOS = (
    Cortes,
    HistoriaDeCortes,
    Figuras,
    EvidenciasDeFiguras,
    Ediciones,
    Ligas,
    CortesPublicados,
)
