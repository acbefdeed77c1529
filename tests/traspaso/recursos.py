"""Recursos de prueba: pocos, con cada clase de columna y de llave."""

from sesiones import models as m
from stl_portal.cuentas.recursos import Cuentas
from stl_portal.traspaso.recurso import ORDINAL, Recurso


class Organos(Recurso):
    clave, nombre, modelo, llave = "organos", "Órganos", m.Organo, ("clave",)


class Instituciones(Recurso):
    clave, nombre, modelo, llave = "instituciones", "Instituciones", m.Institucion, ("nombre",)


class Personas(Recurso):
    clave, nombre, modelo, llave = "personas", "Personas", m.Persona, ("nombre",)
    numerada = True


class Alias(Recurso):
    clave, nombre, modelo, llave = "alias", "Otros nombres", m.AliasPersona, ("persona", ORDINAL)


class Asientos(Recurso):
    clave, nombre, modelo = "asientos", "Asientos", m.Asiento
    llave = ("organo__clave", "institucion__nombre")


class Nombramientos(Recurso):
    clave, nombre, modelo = "nombramientos", "Nombramientos", m.Nombramiento
    llave = ("asiento", "persona", "vigente_desde")
    excluidas = {"oficio": "No hace falta en estas pruebas."}


TODOS = [Nombramientos, Alias, Asientos, Organos, Instituciones, Personas, Cuentas]
