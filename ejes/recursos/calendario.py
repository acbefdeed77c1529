"""Cuándo y con qué formato se reporta: bimestres, prórrogas y las versiones del formato de indicadores."""

from ejes import models as e
from stl_portal.traspaso.recurso import Recurso


class Formatos(Recurso):
    """Las versiones del formato."""

    clave = "formatos-de-indicadores"
    nombre = "Formatos de indicadores"
    descripcion = "Una versión del formato de indicadores de un plan."
    modelo = e.Formato
    llave = ("plan", "version")


class Renglones(Recurso):
    """Los indicadores de un formato."""

    clave = "indicadores-del-formato"
    nombre = "Indicadores del formato"
    descripcion = "Un indicador de un formato, con la pregunta que vale para los ejes sin una propia."
    modelo = e.RenglonFormato
    llave = ("formato", "orden")


class Preguntas(Recurso):
    """Lo que cada eje responde."""

    clave = "preguntas-de-los-ejes"
    nombre = "Preguntas de los ejes"
    descripcion = "La pregunta que un eje responde en un indicador, con su línea de base y su meta."
    modelo = e.Pregunta
    llave = ("renglon", "eje")


class Bimestres(Recurso):
    """Las ventanas de reporte."""

    clave = "bimestres"
    nombre = "Bimestres"
    descripcion = "Una ventana de reporte de un plan, con las fechas acordadas al principio."
    modelo = e.Bimestre
    llave = ("plan", "numero")


class Prorrogas(Recurso):
    """Más tiempo para entregar."""

    clave = "bimestres-prorrogas"
    nombre = "Prórrogas"
    descripcion = "Una prórroga para entregar, con el punto o el acuerdo de la sesión que la concedió."
    modelo = e.Prorroga
    llave = ("bimestre", "entrega")


RECURSOS = (Formatos, Renglones, Preguntas, Bimestres, Prorrogas)
