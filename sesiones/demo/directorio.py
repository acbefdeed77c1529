"""Encuentra en la base lo que los archivos de la demostración nombran con una clave corta."""

from typing import Any

from sesiones import models as m
from sesiones.estados import Funcion

SECCIONES = ("institucion", "persona", "oficio", "asiento", "nombramiento", "suplencia")


class Directorio:
    """Traduce claves del archivo («iacip», «soria») a filas del órgano ya cargado.

    Lanza `KeyError` si la clave no está en el archivo y `DoesNotExist` si la fila ya no existe.
    """

    def __init__(self, organo: m.Organo, datos: dict[str, Any]) -> None:
        """Guarda las fichas del archivo por sección y clave."""
        self.organo = organo
        self._fichas = {s: {ficha["clave"]: ficha for ficha in datos.get(s, [])} for s in SECCIONES}

    def sumar(self, datos: dict[str, Any]) -> None:
        """Agrega lo que otro archivo nombra con clave: el oficio y la suplencia de una sola sesión."""
        for seccion, fichas in self._fichas.items():
            fichas.update({ficha["clave"]: ficha for ficha in datos.get(seccion, []) if "clave" in ficha})

    def ficha(self, seccion: str, clave: str) -> dict[str, Any]:
        """Lo que el archivo dice de esa clave."""
        return self._fichas[seccion][clave]

    def institucion(self, clave: str) -> m.Institucion:
        """Institución por su nombre."""
        return m.Institucion.objects.get(nombre=self.ficha("institucion", clave)["nombre"])

    def persona(self, clave: str) -> m.Persona:
        """Persona por su nombre; si hay homónimas, la que se cargó primero."""
        return m.Persona.objects.filter(nombre=self.ficha("persona", clave)["nombre"]).earliest("pk")

    def oficio(self, clave: str) -> m.Oficio:
        """Oficio del órgano por su folio o, si no lo tiene, por su asunto."""
        ficha = self.ficha("oficio", clave)
        return self.organo.oficios.get(folio=ficha.get("folio", ""), asunto=ficha["asunto"])

    def asiento(self, clave: str) -> m.Asiento:
        """Asiento del órgano por su institución (la clave es la misma) y su función."""
        funcion = self.ficha("asiento", clave).get("funcion", Funcion.INTEGRANTE)
        return self.organo.asientos.get(institucion=self.institucion(clave), funcion=funcion)

    def nombramiento(self, clave: str) -> m.Nombramiento:
        """Nombramiento por su asiento y su persona."""
        ficha = self.ficha("nombramiento", clave)
        return self.asiento(ficha["asiento"]).nombramientos.get(persona=self.persona(ficha["persona"]))

    def suplencia(self, clave: str) -> m.Suplencia:
        """Suplencia por su asiento y su persona."""
        ficha = self.ficha("suplencia", clave)
        return self.asiento(ficha["asiento"]).suplencias.get(persona=self.persona(ficha["persona"]))
