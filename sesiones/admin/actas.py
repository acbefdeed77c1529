"""La vida del acta: redactarla, revisarla, sellarla, firmarla y publicarla."""

from typing import Any

from django.contrib import admin

from sesiones import models as m
from stl_portal.gestion.consulta import Consulta, Historia
from stl_portal.gestion.filtros import por_organo
from stl_portal.gestion.sitio import apuntar

DE_SU_ACTA = por_organo("acta__sesion__organo")
EN_SU_PAGINA = "Se circula, se aprueba, se sella, se firma y se publica en la página del acta."


@apuntar(m.Acta)
class Actas(Consulta):
    """Cada versión del acta de una sesión."""

    nota = EN_SU_PAGINA
    con = ("sesion__organo",)
    list_display = ("__str__", "del_organo", "estado", "version", "via", "aprobada_el", "creada_el")
    list_filter = (por_organo("sesion__organo"), "estado", "via", "aprobada_el")
    search_fields = ("sesion__designacion", "sesion__clave", "motivo")
    ordering = ("-sesion__fecha", "-pk")

    @admin.display(description="órgano", ordering="sesion__organo")
    def del_organo(self, acta: Any) -> str:
        """De qué órgano es."""
        return str(acta.sesion.organo)

    @property
    def aviso(self) -> str:
        """Un acta se sella al final: antes se trabaja, y aquí no."""
        return self.nota

    def donde(self, obj: Any) -> str:
        """La página del acta."""
        return str(obj.sesion.paso_url("acta"))


@apuntar(m.CambioActa)
class HistoriaDeActas(Historia):
    """Cada paso de un acta."""

    nombre, nombres = "paso de un acta", "pasos de las actas"
    con = ("objeto__sesion__organo",)


@apuntar(m.ParrafoEditado)
class Parrafos(Consulta):
    """Lo que alguien escribió en lugar de lo redactado con los datos."""

    nota = EN_SU_PAGINA
    con = ("acta__sesion",)
    list_display = ("clave", "acta", "editado_por", "editado_el", "version")
    list_filter = (DE_SU_ACTA,)
    search_fields = ("clave", "texto", "acta__sesion__designacion")


@apuntar(m.Ronda)
class Rondas(Consulta):
    """Las veces que se circuló un acta."""

    nota = EN_SU_PAGINA
    con = ("acta__sesion",)
    list_display = ("__str__", "acta", "abierta_el", "vence", "cerrada_el")
    list_filter = (DE_SU_ACTA, "abierta_el")
    search_fields = ("acta__sesion__designacion",)


@apuntar(m.Revisor)
class Revisores(Consulta):
    """A quién se le pidió revisar y qué respondió."""

    nota = EN_SU_PAGINA
    con = ("ronda__acta__sesion",)
    list_display = ("nombre", "institucion", "ronda", "respuesta", "respondio_el")
    list_filter = ("respuesta",)
    search_fields = ("nombre", "institucion")


@apuntar(m.Observacion)
class Observaciones(Consulta):
    """Lo que se observó del borrador y qué se hizo con ello."""

    nota = EN_SU_PAGINA
    list_display = ("texto", "revisor", "atencion", "creada_el", "atendida_por", "atendida_el")
    list_filter = ("atencion", "creada_el")
    search_fields = ("texto", "porque", "revisor__nombre")


@apuntar(m.Sello)
class Sellos(Consulta):
    """El contenido congelado de un acta: su huella y su código de verificación."""

    con = ("acta__sesion",)
    list_display = ("acta", "codigo", "sellado_el", "sellado_por", "pdf")
    list_filter = (DE_SU_ACTA, "sellado_el")
    search_fields = ("codigo", "huella", "acta__sesion__designacion")


@apuntar(m.LugarDeFirma)
class Lugares(Consulta):
    """Los lugares de la hoja de firmas."""

    con = ("sello__acta__sesion",)
    list_display = ("nombre", "cargo", "institucion", "orden", "sello")
    search_fields = ("nombre", "institucion", "sello__codigo")


@apuntar(m.Firma)
class Firmas(Consulta):
    """Cómo respondió cada quien en su lugar; el certificado y lo firmado están en el PDF."""

    con = ("lugar__sello",)
    ocultos = ("detalle",)
    list_display = ("lugar", "clase", "cuando", "por", "motivo")
    list_filter = ("clase", "cuando")
    search_fields = ("lugar__nombre", "motivo", "lugar__sello__codigo")


@apuntar(m.Preparacion)
class Preparaciones(Consulta):
    """Firmas que se empezaron y no se han terminado; su llave no se muestra."""

    nombre, nombres = "firma a medias", "firmas a medias"
    nota = "Caducan solas."
    con = ("sello__acta__sesion",)
    ocultos = ("clave",)
    list_display = ("sello", "lugar", "por", "vence")
    search_fields = ("lugar__nombre", "sello__codigo")


@apuntar(m.Publicacion)
class Publicaciones(Consulta):
    """Cuándo se publicó cada acta."""

    con = ("sello__acta__sesion",)
    list_display = ("sello", "publicada_el", "publicada_por", "pdf")
    list_filter = ("publicada_el",)
    search_fields = ("sello__codigo", "sello__acta__sesion__designacion")


@apuntar(m.Testado)
class Testados(Consulta):
    """Por qué algo del acta no se publica. Lo testado mismo se lee solo en su página."""

    nota = "Se marca y se quita en la página de datos que no se publican."
    ocultos = ("texto",)
    con = ("sello__acta__sesion",)
    list_display = ("motivo", "fundamento", "sello", "por", "creado_el")
    list_filter = ("creado_el",)
    search_fields = ("motivo", "fundamento", "sello__codigo")


@apuntar(m.VersionPublica)
class VersionesPublicas(Consulta):
    """Lo que cualquiera lee de un acta con datos personales."""

    con = ("sello__acta__sesion",)
    list_display = ("sello", "ordinal", "elaborada_el", "elaborada_por", "motivo", "pdf")
    list_filter = ("elaborada_el",)
    search_fields = ("sello__codigo", "motivo")
