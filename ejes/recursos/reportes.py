"""Los reportes bimestrales: lo que se escribe, lo que se envió, lo que dijo la revisión y lo publicado."""

from typing import Any

from django.db.models import Q

from ejes import models as e
from ejes.estados import ABIERTO
from ejes.revision import publicar_reporte
from stl_portal.traspaso.colgado import Colgado
from stl_portal.traspaso.recurso import ORDINAL, Recurso
from stl_portal.traspaso.sellado import SIN_CADENA, ConDocumento, asentar


class DelReporte(Colgado):
    """Lo que cuelga de un reporte: mientras se escribe o, si ya se envió, solo con él."""

    raiz = e.Reporte
    camino = "reporte"

    @classmethod
    def abiertas(cls) -> Q:
        """Los que todavía se escriben."""
        return Q(estado__in=ABIERTO)


class Reportes(Recurso):
    """El reporte de una institución."""

    clave = "reportes"
    nombre = "Reportes bimestrales"
    descripcion = "Lo que una institución informa de un eje en un bimestre; «id» es el número de su página."
    modelo = e.Reporte
    llave = ("bimestre", "eje", "asiento")
    numerada = True
    editables = frozenset(ABIERTO)
    fijas = dict.fromkeys(("tardio", "limite"), "Se fijan al enviarlo.")


class HistoriaDeReportes(DelReporte):
    """Por qué estados pasó un reporte."""

    clave = "reportes-historia"
    nombre = "Historia de los reportes"
    descripcion = "Un cambio de estado de un reporte."
    modelo = e.CambioReporte
    llave = ("objeto", ORDINAL)
    camino = "objeto"
    solo_con_ella = True


class Respuestas(DelReporte):
    """Lo que se responde en cada indicador."""

    clave = "reportes-respuestas"
    nombre = "Respuestas de los reportes"
    descripcion = "Lo que un reporte responde en un indicador."
    modelo = e.Respuesta
    llave = ("reporte", "renglon")


class Avances(DelReporte):
    """Lo que se declara de cada acción."""

    clave = "reportes-avances"
    nombre = "Avances de los reportes"
    descripcion = "Lo que un reporte declara de una acción: porcentaje o palabras."
    modelo = e.AvanceReportado
    llave = ("reporte", "accion")


class Entregas(ConDocumento, DelReporte):
    """El reporte como se envió cada vez."""

    clave = "reportes-entregas"
    nombre = "Entregas de los reportes"
    descripcion = "El reporte tal como se envió una vez: sus bytes y su huella."
    modelo = e.Entrega
    llave = ("reporte", "numero")
    solo_con_ella = True


class Dictamenes(DelReporte):
    """Lo que la revisión dijo de cada parte."""

    clave = "reportes-dictamenes"
    nombre = "Dictámenes de los reportes"
    descripcion = "Lo que la revisión dijo de un indicador, de una acción o de toda una entrega."
    modelo = e.Dictamen
    llave = ("entrega", "renglon", "accion")
    camino = "entrega__reporte"
    solo_con_ella = True


class ReportesPublicados(ConDocumento, DelReporte):
    """El reporte como se publicó."""

    clave = "reportes-publicados"
    nombre = "Reportes publicados"
    descripcion = "Un reporte tal como se publicó: sus bytes, su huella y su PDF."
    modelo = e.ReportePublicado
    llave = ("entrega",)
    solo_con_ella = True
    excluidas = SIN_CADENA

    def al_llegar(self, objeto: Any) -> None:
        """Consta en el registro de este portal."""
        consta, de_que = publicar_reporte.lo_que_consta(objeto), publicar_reporte.objeto_de(objeto)
        asentar(objeto, publicar_reporte.REPORTE, consta, de_que)


RECURSOS = (
    Reportes,
    HistoriaDeReportes,
    Respuestas,
    Avances,
    Entregas,
    Dictamenes,
    ReportesPublicados,
)
