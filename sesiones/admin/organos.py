"""Los órganos y lo que de ellos cambia con fechas: nombres, reglas, citas, textos y papeles."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from sesiones import models as m
from sesiones import roles
from stl_portal.gestion.captura import Captura
from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.filtros import PorOrgano
from stl_portal.gestion.sitio import apuntar

EN_SUS_REGISTROS = "Se cambia en los registros del órgano, en su mesa."


@apuntar(m.Organo)
class Organos(Consulta):
    """Los cuerpos colegiados que el portal aloja."""

    nota = "Nace con «manage.py crear_organo» o al fundar un secretariado municipal; después no cambia."
    list_display = ("clave", "clase", "padre", "acompanado_por", "clave_municipio", "ficticio")
    list_filter = ("clase", "ficticio")
    search_fields = ("clave", "denominaciones__nombre", "clave_municipio")
    ordering = ("ficticio", "clave")

    def donde(self, obj: Any) -> str:
        """Sus registros."""
        return reverse("registros:organo", args=(obj.clave,))


@apuntar(m.Denominacion)
class Denominaciones(Captura):
    """Cómo se ha llamado cada órgano."""

    al_nacer = ("organo",)
    campos = ("nombre", "nombre_corto", "siglas", "lugar", "vigente_desde", "vigente_hasta")
    list_display = ("nombre", "nombre_corto", "siglas", "organo", "vigente_desde", "vigente_hasta")
    list_filter = (PorOrgano, "vigente_desde")
    search_fields = ("nombre", "nombre_corto", "siglas")


@apuntar(m.CitaLegal)
class Citas(Captura):
    """El fundamento que se imprime, con su vigencia."""

    al_nacer = ("organo", "clave")
    campos = ("texto", "vigente_desde", "vigente_hasta")
    list_display = ("clave", "texto", "organo", "vigente_desde", "vigente_hasta")
    list_filter = (PorOrgano, "clave")
    search_fields = ("texto", "clave")


@apuntar(m.Regla)
class Reglas(Consulta):
    """Quórum, avisos, mayorías y firmas, con su vigencia."""

    nota = "Una regla nueva sucede a la anterior: se escribe en los registros del órgano."
    list_display = ("__str__", "organo", "vigente_desde", "vigente_hasta", "quorum_base", "aprobacion")
    list_filter = (PorOrgano, "aprobacion", "vigente_desde")
    search_fields = ("fundamento", "organo__clave")

    def donde(self, obj: Any) -> str:
        """Las reglas de su órgano."""
        return reverse("registros:lista", args=(obj.organo.clave, "reglas"))


@apuntar(m.Rol)
class Roles(Captura):
    """Quién conduce, administra o audita cada órgano, y desde cuándo."""

    nota = "Darlo le avisa por correo. Un papel no se cambia por otro: se termina y se da el nuevo."
    al_nacer = ("usuario", "organo", "tipo")
    campos = ("vigente_desde", "vigente_hasta")
    autocomplete_fields = ("usuario",)
    list_display = ("usuario", "tipo", "organo", "vigente_desde", "vigente_hasta")
    list_filter = (PorOrgano, "tipo")
    search_fields = ("usuario__nombre", "usuario__email")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Darlo es el mismo acto que en su página."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            roles.dar(obj, request.user)


@apuntar(m.Frase)
class Frases(Captura):
    """La biblioteca de frases del desahogo."""

    al_nacer = ("organo",)
    campos = ("nombre", "texto", "orden")
    list_display = ("nombre", "texto", "organo", "orden")
    list_filter = (PorOrgano,)
    search_fields = ("nombre", "texto")


@apuntar(m.PuntoPlantilla)
class Plantillas(Captura):
    """Los puntos con que nace el orden del día."""

    al_nacer = ("organo",)
    campos = ("tipo_sesion", "tipo", "titulo", "orden")
    list_display = ("titulo", "tipo_sesion", "tipo", "organo", "orden")
    list_filter = (PorOrgano, "tipo_sesion", "tipo")
    search_fields = ("titulo",)


@apuntar(m.Serie)
class Series(Consulta):
    """El último número de cada serie de sesiones."""

    nota = "Lo lleva el portal con candado, para que ningún número se repita ni se salte."
    list_display = ("organo", "nombre", "ultimo")
    list_filter = (PorOrgano,)
    search_fields = ("nombre",)


@apuntar(m.RaizDeConfianza)
class Autoridades(Consulta):
    """Qué autoridades certificadoras se aceptan al firmar."""

    nota = EN_SUS_REGISTROS
    list_display = ("nombre", "organo", "intermedia", "huella")
    list_filter = (PorOrgano, "intermedia")
    search_fields = ("nombre", "huella")


@apuntar(m.Oficio)
class Oficios(Consulta):
    """Los oficios, con su folio tal como se escribió y normalizado."""

    nota = EN_SUS_REGISTROS
    list_display = ("folio", "asunto", "fecha", "remitente", "destinatario", "organo", "archivo")
    list_filter = (PorOrgano, "sentido", "fecha")
    search_fields = ("folio", "folio_normalizado", "asunto", "remitente", "destinatario")
    ordering = ("-fecha", "-pk")


@apuntar(m.CopiaOficio)
class CopiasDeOficio(Consulta):
    """A quién se marcó copia de cada oficio."""

    nombre, nombres = "copia de un oficio", "copias de oficios"
    nota = EN_SUS_REGISTROS
    list_display = ("para", "oficio")
    search_fields = ("para", "oficio__folio")


@apuntar(m.Calendario)
class Calendarios(Consulta):
    """El calendario anual de cada órgano."""

    nota = EN_SUS_REGISTROS
    con = ("acuerdo__sesion", "acuerdo__punto")
    list_display = ("organo", "anio", "estado", "acuerdo", "sustituye")
    list_filter = (PorOrgano, "estado", "anio")
    search_fields = ("organo__clave", "anio")


@apuntar(m.FechaCalendario)
class Fechas(Consulta):
    """Las fechas previstas de un calendario."""

    nota = EN_SUS_REGISTROS
    con = ("calendario__organo",)
    list_display = ("fecha", "hora", "tipo", "calendario", "sesion")
    list_filter = ("tipo", "fecha")
    search_fields = ("calendario__organo__clave",)
