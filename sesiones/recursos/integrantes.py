"""Quiénes integran los órganos: instituciones, personas, asientos, titulares, suplencias y sus oficios."""

from typing import Any

from sesiones.historicas.models import AliasInstitucion
from sesiones.models import (
    AliasPersona,
    Asiento,
    CopiaOficio,
    Institucion,
    Nombramiento,
    Oficio,
    Persona,
    Refrendo,
    Suplencia,
)
from sesiones.numeracion import normalizar_folio
from stl_portal.traspaso.recurso import ORDINAL, Recurso


class Instituciones(Recurso):
    """Quienes ocupan asientos."""

    clave = "instituciones"
    nombre = "Instituciones"
    descripcion = "Una institución, con su sector."
    modelo = Institucion
    numerada = True
    llave = ("nombre",)


class OtrosNombresDeInstituciones(Recurso):
    """Como las escribieron las actas."""

    clave = "instituciones-otros-nombres"
    nombre = "Otros nombres de instituciones"
    descripcion = "Cómo escribió un documento el nombre de una institución."
    modelo = AliasInstitucion
    llave = ("institucion", "texto", "fuente")


class Personas(Recurso):
    """Las personas, con su correo y sus claves: es el archivo con más datos personales."""

    clave = "personas"
    nombre = "Personas"
    descripcion = "Una persona. Si dos se llaman igual, «n» dice cuál es: 1, 2…"
    modelo = Persona
    numerada = True
    llave = ("nombre", ORDINAL)
    excluidas = {"usuario": "su cuenta da permisos: se liga en cada portal."}


class OtrosNombresDePersonas(Recurso):
    """Como las escribieron las actas."""

    clave = "personas-otros-nombres"
    nombre = "Otros nombres de personas"
    descripcion = "Cómo escribió un documento el nombre de una persona."
    modelo = AliasPersona
    llave = ("persona", "texto", "fuente")


class Oficios(Recurso):
    """Los recibidos y los enviados."""

    clave = "oficios"
    nombre = "Oficios"
    descripcion = "Un oficio. Si varios no tienen folio, «n» dice cuál es."
    modelo = Oficio
    numerada = True
    llave = ("organo", "sentido", "folio", ORDINAL)
    excluidas = {"folio_normalizado": "sale del folio."}

    def al_llegar(self, objeto: Any) -> None:
        """Para hallarlo aunque se escriba de otra manera."""
        objeto.folio_normalizado = normalizar_folio(objeto.folio)


class CopiasDeOficios(Recurso):
    """A quién se marcó copia."""

    clave = "oficios-copias"
    nombre = "Copias de los oficios"
    descripcion = "A quién se marcó copia de un oficio."
    modelo = CopiaOficio
    llave = ("oficio", "para", ORDINAL)


class Asientos(Recurso):
    """El lugar de cada institución."""

    clave = "asientos"
    nombre = "Asientos"
    descripcion = "El lugar de una institución en un órgano."
    modelo = Asiento
    numerada = True
    llave = ("organo", "institucion", "funcion", "vigente_desde")


class Nombramientos(Recurso):
    """Titulares entre dos fechas."""

    clave = "nombramientos"
    nombre = "Nombramientos"
    descripcion = "Quién es titular de un asiento entre dos fechas."
    modelo = Nombramiento
    numerada = True
    llave = ("asiento", "vigente_desde")


class Refrendos(Recurso):
    """Confirmaciones de titulares."""

    clave = "refrendos"
    nombre = "Refrendos"
    descripcion = "El oficio que confirma a una persona titular."
    modelo = Refrendo
    llave = ("nombramiento", ORDINAL)


class Suplencias(Recurso):
    """Quienes suplen, hasta nuevo aviso o en una sesión."""

    clave = "suplencias"
    nombre = "Suplencias"
    descripcion = "Quién suple a la persona titular de un asiento, hasta nuevo aviso o en una sola sesión."
    modelo = Suplencia
    numerada = True
    llave = ("asiento", "persona", ORDINAL)


TODOS = (
    Instituciones,
    OtrosNombresDeInstituciones,
    Personas,
    OtrosNombresDePersonas,
    Oficios,
    CopiasDeOficios,
    Asientos,
    Nombramientos,
    Suplencias,
    Refrendos,
)
