"""Las convocatorias públicas en los registros de la administración.

Lo que cada integrante del comité calificó no se muestra: hasta los resultados solo lo sabe quien lo escribió.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from sesiones.certamenes import models as m
from sesiones.certamenes.estados import EstadoPostulacion
from stl_portal.gestion.consulta import Consulta, Historia
from stl_portal.gestion.filtros import PorOrgano, por_organo
from stl_portal.gestion.sitio import apuntar

SIN_BORRADORES = "Solo lo presentado: los borradores no los lee más que quien los escribe, desde su liga."
EN_SU_PAGINA = "Se prepara, se publica y se resuelve en la página de la convocatoria."
DEL_CERTAMEN = por_organo("certamen__organo")
DE_LA_POSTULACION = por_organo("postulacion__certamen__organo")


@apuntar(m.Certamen)
class Certamenes(Consulta):
    """Las convocatorias públicas."""

    nota = EN_SU_PAGINA
    list_display = ("titulo", "organo", "abre_el", "cierra_el", "estado", "publicada_el")
    list_filter = (PorOrgano, "estado", "cierra_el")
    search_fields = ("titulo", "clave")
    ordering = ("-cierra_el", "-pk")


@apuntar(m.CambioCertamen)
class HistoriaDeCertamenes(Historia):
    """Cada paso de una convocatoria pública."""

    nombre, nombres = "paso de una convocatoria pública", "pasos de las convocatorias públicas"


@apuntar(m.Apartado)
class Apartados(Consulta):
    """Lo que pregunta el formulario de una convocatoria."""

    nota = EN_SU_PAGINA
    list_display = ("pregunta", "certamen", "orden", "tope")
    list_filter = (DEL_CERTAMEN,)
    search_fields = ("pregunta", "certamen__titulo")


@apuntar(m.Criterio)
class Criterios(Consulta):
    """Con qué se califica."""

    nota = EN_SU_PAGINA
    list_display = ("nombre", "certamen", "orden", "peso", "escala")
    list_filter = (DEL_CERTAMEN,)
    search_fields = ("nombre", "certamen__titulo")


@apuntar(m.ActoPublico)
class Actos(Consulta):
    """Lo que de una convocatoria consta en el registro público."""

    list_display = ("certamen", "acto", "cuando", "por", "eslabon")
    list_filter = (DEL_CERTAMEN, "acto")
    search_fields = ("certamen__titulo",)


@apuntar(m.Postulacion)
class Postulaciones(Consulta):
    """Quiénes participan; ni la liga con que se escribe ni cómo se les localiza se muestran aquí."""

    nota = SIN_BORRADORES
    ocultos = ("llave", "correo", "nombre", "telefono")
    con = ("certamen__organo",)
    list_display = ("__str__", "certamen", "folio", "institucion", "sector", "estado", "presentada_el")
    list_filter = (DEL_CERTAMEN, "estado", "sector")
    search_fields = ("titulo", "institucion", "certamen__titulo")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Solo lo presentado: un borrador no es de nadie más que de quien lo escribe."""
        return super().get_queryset(request).filter(estado=EstadoPostulacion.PRESENTADA)

    def donde(self, obj: Any) -> str:
        """Donde la lee quien conduce; su propia liga es solo de quien postula."""
        certamen = obj.certamen
        return reverse(
            "certamenes_gestion:postulacion", args=(certamen.organo.clave, certamen.clave, obj.folio)
        )


@apuntar(m.CambioPostulacion)
class HistoriaDePostulaciones(Historia):
    """Cada paso de una postulación."""

    nombre, nombres = "paso de una postulación", "pasos de las postulaciones"


class DeLoPresentado(Consulta):
    """Algo de una postulación presentada."""

    nota = SIN_BORRADORES

    def get_queryset(self, request: HttpRequest) -> Any:
        """Sin lo de los borradores."""
        return super().get_queryset(request).filter(postulacion__estado=EstadoPostulacion.PRESENTADA)


@apuntar(m.Respuesta)
class Respuestas(DeLoPresentado):
    """Lo que se contestó en cada apartado."""

    con = ("postulacion__certamen",)
    list_display = ("__str__", "postulacion", "apartado")
    list_filter = (DE_LA_POSTULACION,)
    search_fields = ("texto", "postulacion__titulo")


@apuntar(m.Evidencia)
class Evidencias(DeLoPresentado):
    """Lo que respalda una postulación."""

    con = ("postulacion__certamen",)
    list_display = ("__str__", "tipo", "postulacion", "archivo", "liga")
    list_filter = (DE_LA_POSTULACION, "tipo")
    search_fields = ("descripcion", "liga", "postulacion__titulo")


@apuntar(m.IntegranteDelComite)
class Comite(Consulta):
    """Quiénes califican."""

    nota = EN_SU_PAGINA
    list_display = ("usuario", "institucion", "certamen")
    list_filter = (DEL_CERTAMEN,)
    search_fields = ("usuario__nombre", "institucion", "certamen__titulo")


@apuntar(m.Dictamen)
class Dictamenes(Consulta):
    """Quién ya dictaminó qué; lo que dijo no se muestra."""

    nota = "Lo escribe cada integrante del comité, y hasta los resultados solo lo lee quien lo escribió."
    ocultos = ("abstencion", "motivo")
    con = ("integrante__usuario",)
    list_display = ("__str__", "postulacion", "integrante", "cuando")
    list_filter = (DE_LA_POSTULACION,)
    search_fields = ("postulacion__titulo", "integrante__usuario__nombre")


@apuntar(m.Puntaje)
class Puntajes(Consulta):
    """En qué criterios ya calificó cada quien; los puntos no se muestran."""

    nota = "Lo escribe cada integrante del comité, y hasta los resultados solo lo lee quien lo escribió."
    ocultos = ("puntos",)
    con = ("dictamen__integrante__usuario",)
    list_display = ("pk", "dictamen", "criterio")
    search_fields = ("criterio__nombre",)

    def titulo(self, obj: Any) -> str:
        """Sin los puntos, que son como se llama la fila."""
        return f"Puntaje {obj.pk}"


@apuntar(m.Resultado)
class Resultados(Consulta):
    """El orden publicado, con su porqué."""

    con = ("postulacion__certamen",)
    list_display = ("postulacion", "orden", "promedio", "lugar", "mencion")
    list_filter = (DE_LA_POSTULACION,)
    search_fields = ("postulacion__titulo", "porque")
