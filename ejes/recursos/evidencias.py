"""Las evidencias: qué archivo o liga es cada una, qué respalda, en qué envíos fue y qué se dijo de ella."""

from typing import Any

from ejes import models as e
from ejes.revision import publicar_reporte
from stl_portal.traspaso.colgado import Colgado
from stl_portal.traspaso.recurso import ORDINAL, Recurso
from stl_portal.traspaso.sellado import SIN_CADENA, asentar

from .reportes import DelReporte

NO_SE_CAMBIA = "Una evidencia no se cambia: se sustituye por otra."


class DeLaEvidencia(Colgado):
    """Lo que se dijo o se hizo con una evidencia: solo llega con ella."""

    raiz = e.Evidencia
    camino = "evidencia"
    solo_con_ella = True


class Evidencias(Recurso):
    """El archivo, por su huella, o la liga."""

    clave = "evidencias"
    nombre = "Evidencias"
    descripcion = "Un archivo (por su huella) o una liga; «id» es el número de su página."
    modelo = e.Evidencia
    numerada = True
    llave = ("plan", ORDINAL)
    fijas = dict.fromkeys(
        ("asiento", "titulo", "descripcion", "archivo", "liga", "sustituye", "subida_por", "subida_el"),
        NO_SE_CAMBIA,
    )


class AcuerdosDeEvidencias(Recurso):
    """Con qué acuerdos se relaciona una evidencia."""

    clave = "evidencias-acuerdos"
    nombre = "Acuerdos de las evidencias"
    descripcion = "Un acuerdo de una sesión con el que se relaciona una evidencia."
    modelo = e.Evidencia.acuerdos.through
    llave = ("evidencia", "acuerdo")


class EntregasDeEvidencias(DelReporte):
    """En qué envíos fue cada evidencia."""

    clave = "evidencias-entregas"
    nombre = "Entregas de las evidencias"
    descripcion = "Un envío de un reporte en el que fue una evidencia."
    modelo = e.Evidencia.entregas.through
    llave = ("evidencia", "entrega")
    camino = "entrega__reporte"
    solo_con_ella = True


class Usos(DelReporte):
    """Qué respalda cada evidencia."""

    clave = "evidencias-usos"
    nombre = "Usos de las evidencias"
    descripcion = (
        "Qué respalda una evidencia en un reporte: un indicador, una acción o, sin ninguno, todo él."
    )
    modelo = e.UsoDeEvidencia
    llave = ("evidencia", "reporte", "renglon", "accion")


class DictamenesDeEvidencias(DeLaEvidencia):
    """Lo que la revisión dijo de cada una."""

    clave = "evidencias-dictamenes"
    nombre = "Dictámenes de las evidencias"
    descripcion = "Lo que la revisión dijo de una evidencia; vale el último."
    modelo = e.DictamenEvidencia
    llave = ("evidencia", ORDINAL)


class EvidenciasPublicadas(DeLaEvidencia):
    """Desde cuándo es pública."""

    clave = "evidencias-publicadas"
    nombre = "Evidencias publicadas"
    descripcion = "Constancia de que una evidencia se publicó, con su huella."
    modelo = e.EvidenciaPublicada
    llave = ("evidencia",)
    excluidas = SIN_CADENA

    def al_llegar(self, objeto: Any) -> None:
        """Consta en el registro de este portal."""
        consta = publicar_reporte.lo_que_consta_de_evidencia(objeto)
        de_que = publicar_reporte.objeto_de_evidencia(objeto)
        asentar(objeto, publicar_reporte.EVIDENCIA, consta, de_que)


RECURSOS = (
    Evidencias,
    AcuerdosDeEvidencias,
    EntregasDeEvidencias,
    Usos,
    DictamenesDeEvidencias,
    EvidenciasPublicadas,
)
