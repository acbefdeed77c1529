"""Cuándo y con qué formato se reporta: bimestres, prórrogas y las versiones del formato de indicadores."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from ejes import models as e
from stl_portal.traspaso.colgado import Colgado
from stl_portal.traspaso.recurso import Recurso

if TYPE_CHECKING:
    from stl_portal.traspaso.motor import Motor

CON_PRORROGA = "Tiene una prórroga: se conserva la fecha que se acordó primero."
CON_REPORTES = "Ya hay reportes que lo usan."


class DelFormato(Colgado):
    """Lo que cuelga de una versión del formato: la que ya se usó en un reporte enviado no cambia."""

    raiz = e.Formato

    @classmethod
    def abiertas(cls) -> Q:
        """Las que ningún reporte enviado usó."""
        usos = e.Entrega.objects.filter(reporte__bimestre__formato__isnull=False)
        return ~Q(pk__in=usos.values("reporte__bimestre__formato"))


class Formatos(Recurso):
    """Las versiones del formato."""

    clave = "formatos-de-indicadores"
    nombre = "Formatos de indicadores"
    descripcion = "Una versión del formato de indicadores de un plan."
    modelo = e.Formato
    llave = ("plan", "version")


class Renglones(DelFormato):
    """Los indicadores de un formato."""

    clave = "indicadores-del-formato"
    nombre = "Indicadores del formato"
    descripcion = "Un indicador de un formato, con la pregunta que vale para los ejes sin una propia."
    modelo = e.RenglonFormato
    llave = ("formato", "orden")
    camino = "formato"


class Preguntas(DelFormato):
    """Lo que cada eje responde."""

    clave = "preguntas-de-los-ejes"
    nombre = "Preguntas de los ejes"
    descripcion = "La pregunta que un eje responde en un indicador, con su línea de base y su meta."
    modelo = e.Pregunta
    llave = ("renglon", "eje")
    camino = "renglon__formato"


class Bimestres(Recurso):
    """Las ventanas de reporte."""

    clave = "bimestres"
    nombre = "Bimestres"
    descripcion = "Una ventana de reporte de un plan, con las fechas acordadas al principio."
    modelo = e.Bimestre
    llave = ("plan", "numero")

    def preparar(self, motor: "Motor") -> None:
        """Cuáles tienen ya prórrogas y cuáles reportes."""
        super().preparar(motor)
        todos = e.Bimestre.objects.values_list("plan_id", "numero")
        self._con_prorroga = set(todos.filter(prorrogas__isnull=False))
        self._con_reportes = set(todos.filter(reportes__isnull=False))

    def objetar(self, antes: Mapping[str, Any] | None, ahora: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Lo ya usado no cambia: la fecha original con prórroga, el formato con reportes."""
        yield from super().objetar(antes, ahora)
        cual = (ahora["plan_id"], ahora["numero"])
        if antes and antes["entrega"] != ahora["entrega"] and cual in self._con_prorroga:
            yield "entrega", CON_PRORROGA
        if antes and antes["formato_id"] != ahora["formato_id"] and cual in self._con_reportes:
            yield self.fields["formato"].encabezados[0], CON_REPORTES


class Prorrogas(Recurso):
    """Más tiempo para entregar."""

    clave = "bimestres-prorrogas"
    nombre = "Prórrogas"
    descripcion = "Una prórroga para entregar, con el punto o el acuerdo de la sesión que la concedió."
    modelo = e.Prorroga
    llave = ("bimestre", "entrega")


RECURSOS = (Formatos, Renglones, Preguntas, Bimestres, Prorrogas)
