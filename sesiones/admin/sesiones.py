"""Las sesiones, su lista de asistencia y lo que se declaró en ellas."""

from typing import Any, ClassVar

from sesiones import models as m
from stl_portal.gestion.consulta import Consulta, Historia
from stl_portal.gestion.filtros import PorOrgano, por_organo
from stl_portal.gestion.sitio import apuntar

DE_SU_SESION = por_organo("sesion__organo")
EN_LA_MESA = "Se captura en la mesa, con la sesión; al declararse queda congelado."


class DeLaSesion(Consulta):
    """Algo que cuelga de una sesión; `paso` es el de la mesa donde se trabaja."""

    nota = EN_LA_MESA
    paso = "desahogo"
    con: ClassVar[tuple[str, ...]] = ("sesion__organo",)
    list_filter: ClassVar[tuple[Any, ...]] = (DE_SU_SESION,)

    def donde(self, obj: Any) -> str:
        """El paso de la mesa."""
        return str(obj.sesion.paso_url(self.paso))


@apuntar(m.Sesion)
class Sesiones(Consulta):
    """Las reuniones de cada órgano, desde que se programan."""

    nota = (
        "Se programa, se convoca, se conduce y se cierra en la mesa: cada paso tiene su botón y su historia."
    )
    ocultos = ("liga",)
    list_display = ("designacion", "organo", "tipo", "fecha", "estado", "modalidad")
    list_filter = (PorOrgano, "estado", "tipo", "fecha")
    search_fields = ("designacion", "clave", "lugar")

    def donde(self, obj: Any) -> str:
        """Lo que sigue en la mesa."""
        return str(obj.siguiente_url)


@apuntar(m.CambioSesion)
class HistoriaDeSesiones(Historia):
    """Cada paso de una sesión."""

    nombre, nombres = "paso de una sesión", "pasos de las sesiones"
    con = ("objeto__organo",)


@apuntar(m.Convocatoria)
class Convocatorias(DeLaSesion):
    """Lo que se convocó, con su contenido congelado."""

    paso = "convocatoria"
    list_display = ("sesion", "secuencia", "emitida_el", "emitida_por", "motivo", "pdf")
    list_filter = (DE_SU_SESION, "emitida_el")
    search_fields = ("sesion__designacion", "motivo")


@apuntar(m.Receso)
class Recesos(DeLaSesion):
    """Las suspensiones."""

    paso = "cierre"
    list_display = ("sesion", "inicio", "fin", "motivo")
    search_fields = ("sesion__designacion", "motivo")


@apuntar(m.Asistencia)
class Asistencias(DeLaSesion):
    """Quién estuvo, en qué calidad y con qué cargo ese día."""

    paso = "asistencia"
    con = ("sesion__organo", "asiento__institucion", "suplencia__persona", "suplencia__asiento__institucion")
    list_display = ("nombre", "institucion", "calidad", "estado", "en_quorum", "sesion")
    list_filter = (DE_SU_SESION, "calidad", "estado", "en_quorum")
    search_fields = ("nombre", "institucion", "sesion__designacion")


@apuntar(m.Movimiento)
class Movimientos(Consulta):
    """Llegadas y salidas durante la sesión."""

    nota = EN_LA_MESA
    con = ("asistencia__sesion",)
    list_display = ("asistencia", "tipo", "hora", "punto")
    list_filter = ("tipo",)
    search_fields = ("asistencia__nombre",)


@apuntar(m.Quorum)
class Quorums(DeLaSesion):
    """Lo que se declaró de quórum, con la lista y la regla de ese momento."""

    nombres = "declaraciones de quórum"
    paso = "asistencia"
    list_display = (
        "sesion",
        "hay",
        "presentes",
        "requeridos",
        "base",
        "hora",
        "sin_efecto",
        "declarado_por",
    )
    list_filter = (DE_SU_SESION, "hay", "sin_efecto")
    search_fields = ("sesion__designacion", "frase")


@apuntar(m.Firmante)
class Firmantes(DeLaSesion):
    """A quiénes les toca firmar el acta, y por qué difiere de quienes asistieron."""

    paso = "cierre"
    con = ("sesion__organo", "asistencia__sesion")
    list_display = ("nombre", "cargo", "institucion", "sesion", "orden", "explicacion")
    search_fields = ("nombre", "institucion", "sesion__designacion")


@apuntar(m.CambioCalendario)
class HistoriaDeCalendarios(Historia):
    """Cada paso de un calendario."""

    nombre, nombres = "paso de un calendario", "pasos de los calendarios"


@apuntar(m.Envio)
class Envios(Consulta):
    """Las formas ya atendidas, para que dos clics no creen dos cosas; su huella no se muestra."""

    nota = "Lo escribe el portal."
    ocultos = ("huella",)
    list_display = ("destino", "cuando")
    list_filter = ("cuando",)
    search_fields = ("destino",)
    ordering = ("-pk",)


@apuntar(m.Presencia)
class Presencias(Consulta):
    """Quién escribe en qué punto en este momento."""

    nota = "Lo escribe el portal y dura segundos."
    con = ("punto__sesion",)
    list_display = ("usuario", "punto", "visto")
    search_fields = ("usuario__nombre",)
