"""Personas, instituciones y quién ocupa cada asiento."""

from typing import Any, ClassVar

from django.urls import reverse

from sesiones import models as m
from stl_portal.gestion.captura import Captura, Renglones
from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.filtros import PorOrgano, por_organo
from stl_portal.gestion.sitio import apuntar

EN_EL_ASIENTO = "Se registra, se refrenda y se termina en la página del asiento."


@apuntar(m.Institucion)
class Instituciones(Captura):
    """Quiénes ocupan asientos, en cualquier órgano."""

    campos = ("nombre", "siglas", "sector", "vigente_desde", "vigente_hasta")
    list_display = ("nombre", "siglas", "sector", "vigente_desde", "vigente_hasta")
    list_filter = ("sector",)
    search_fields = ("nombre", "siglas")
    ordering = ("nombre", "pk")


class OtrosNombres(Renglones):
    """Otras formas en que los documentos escribieron el nombre."""

    model = m.AliasPersona
    fields = ("texto", "fuente")
    verbose_name_plural = "Otras formas en que aparece su nombre"


@apuntar(m.Persona)
class Personas(Captura):
    """Las personas y sus otros nombres; su correo y sus claves fiscales se escriben en los registros."""

    nota = "El correo, el RFC, la CURP y la cuenta se cambian en los registros de su órgano: ahí se protegen."
    campos = ("nombre", "apellidos", "tratamiento", "sexo")
    ocultos = ("sexo_declarado", "rfc", "curp")
    inlines = (OtrosNombres,)
    list_display = ("nombre", "tratamiento", "correo", "usuario")
    list_filter = ("sexo",)
    search_fields = ("nombre", "correo", "alias__texto")
    ordering = ("nombre", "pk")


@apuntar(m.AliasPersona)
class Alias(Consulta):
    """Los nombres como los escribió cada documento."""

    nota = "Se escriben en la ficha de la persona."
    list_display = ("texto", "persona", "fuente")
    search_fields = ("texto", "persona__nombre", "fuente")


@apuntar(m.Asiento)
class Asientos(Consulta):
    """El lugar de cada institución en su órgano."""

    nota = "Se agrega y se termina en los registros del órgano."
    list_display = (
        "institucion",
        "organo",
        "funcion",
        "tiene_voto",
        "orden",
        "vigente_desde",
        "vigente_hasta",
    )
    list_filter = (PorOrgano, "funcion", "tiene_voto")
    search_fields = ("institucion__nombre", "institucion__siglas")

    def donde(self, obj: Any) -> str:
        """Su página."""
        return reverse("registros:asiento", args=(obj.organo.clave, obj.pk))


class DeUnAsiento(Consulta):
    """Lo que pone a alguien en un asiento."""

    nota = EN_EL_ASIENTO
    con: ClassVar[tuple[str, ...]] = ("asiento__institucion", "asiento__organo")
    list_filter = (por_organo("asiento__organo"), "vigente_desde")
    search_fields = ("persona__nombre", "cargo", "asiento__institucion__nombre", "oficio__folio")

    def donde(self, obj: Any) -> str:
        """La página del asiento."""
        return reverse("registros:asiento", args=(obj.asiento.organo.clave, obj.asiento_id))


@apuntar(m.Nombramiento)
class Nombramientos(DeUnAsiento):
    """Las personas titulares."""

    list_display = ("persona", "cargo", "asiento", "encargada", "vigente_desde", "vigente_hasta", "oficio")


@apuntar(m.Suplencia)
class Suplencias(DeUnAsiento):
    """Las personas suplentes."""

    con = (*DeUnAsiento.con, "admitida_en__sesion", "admitida_en__punto")
    list_display = (
        "persona",
        "cargo",
        "asiento",
        "tipo",
        "sesion",
        "vigente_desde",
        "vigente_hasta",
        "oficio",
    )


@apuntar(m.Refrendo)
class Refrendos(Consulta):
    """Confirmaciones de una persona titular."""

    nota = EN_EL_ASIENTO
    con = ("nombramiento__persona",)
    list_display = ("nombramiento", "oficio", "fecha", "punto")
    list_filter = ("fecha",)
    search_fields = ("nombramiento__persona__nombre", "oficio__folio")
