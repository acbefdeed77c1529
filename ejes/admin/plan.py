"""El plan, sus ejes, compromisos y acciones, su formato y sus bimestres."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from ejes import models as m
from ejes.gestion import en_espera, publicar_plan
from sesiones import permisos
from stl_portal.gestion import acciones
from stl_portal.gestion.consulta import Consulta, Historia
from stl_portal.gestion.filtros import PorOrgano, por_organo
from stl_portal.gestion.sitio import apuntar

EN_SU_TABLERO = "Se captura en la página donde se administra el plan; publicado, casi nada cambia."
DEL_PLAN = por_organo("plan__organo")
DEL_EJE = por_organo("eje__plan__organo")


@apuntar(m.Plan)
class Planes(Consulta):
    """Los planes de acción de cada órgano."""

    nota = "Se captura en la página donde se administra el plan; aquí se publica el que ya está completo."
    con = ("aprobado_en__sesion", "aprobado_en__punto")
    list_display = ("nombre", "clave", "organo", "inicio", "fin", "estado")
    list_filter = (PorOrgano, "estado", "inicio")
    search_fields = ("nombre", "clave")
    actions = ("publicar",)

    @admin.action(description="Publicar los planes completos")
    def publicar(self, request: HttpRequest, queryset: QuerySet[m.Plan]) -> None:
        """El mismo acto que su botón, con el permiso de conducir su órgano."""
        hoy = timezone.localdate()
        acciones.una_por_una(
            self,
            request,
            queryset,
            lambda plan: permisos.puede_conducir(request.user, plan.organo, hoy),
            lambda plan: publicar_plan.publicar(plan, request.user),
            "Se publicó",
        )


@apuntar(m.CambioPlan)
class HistoriaDePlanes(Historia):
    """Cada paso de un plan."""

    nombre, nombres = "paso de un plan", "pasos de los planes"


class DelPlan(Consulta):
    """Lo que se captura con el plan."""

    nota = EN_SU_TABLERO


@apuntar(m.Eje)
class Ejes(DelPlan):
    """Los ejes."""

    con = ("plan__organo", "responsable__institucion")
    list_display = ("numero", "nombre", "plan", "responsable", "peso")
    list_filter = (DEL_PLAN,)
    search_fields = ("nombre", "descripcion", "plan__clave")
    ordering = ("-plan__inicio", "numero", "pk")


@apuntar(m.Submeta, m.PropuestaCiudadana)
class TextosDelEje(DelPlan):
    """Submetas y propuestas de la ciudadanía."""

    con = ("eje__plan",)
    list_display = ("texto", "eje", "orden")
    list_filter = (DEL_EJE,)
    search_fields = ("texto", "eje__nombre")


@apuntar(m.Difusion)
class Difusiones(DelPlan):
    """Dónde se difundió cada eje."""

    con = ("eje__plan",)
    list_display = ("medio", "direccion", "eje")
    list_filter = (DEL_EJE,)
    search_fields = ("medio", "direccion", "eje__nombre")


@apuntar(m.Compromiso)
class Compromisos(DelPlan):
    """Los compromisos."""

    con = ("eje__plan__organo", "responsable__institucion")
    list_display = ("__str__", "eje", "responsable", "peso")
    list_filter = (DEL_EJE,)
    search_fields = ("nombre", "descripcion", "problema", "eje__nombre")


@apuntar(m.Accion)
class Acciones(DelPlan):
    """Las acciones."""

    con = ("compromiso__eje__plan",)
    list_display = ("__str__", "compromiso", "peso")
    list_filter = (por_organo("compromiso__eje__plan__organo"),)
    search_fields = ("texto", "compromiso__nombre")


@apuntar(m.ParteCocreadora)
class Partes(DelPlan):
    """Quiénes cocrearon cada compromiso y qué les toca."""

    con = ("compromiso__eje__plan",)
    list_display = ("nombre", "sector", "institucion", "compromiso")
    list_filter = ("sector",)
    search_fields = ("nombre", "le_toca", "institucion__nombre")


@apuntar(m.Alineacion)
class Alineaciones(DelPlan):
    """Con qué objetivos de desarrollo sostenible se alinea."""

    con = ("eje__plan", "compromiso__eje__plan")
    list_display = ("objetivo", "meta", "eje", "compromiso")
    list_filter = ("objetivo",)
    search_fields = ("meta", "compromiso__nombre", "eje__nombre")


@apuntar(m.Hito)
class Hitos(DelPlan):
    """Lo que debía pasar y para cuándo."""

    con = ("compromiso__eje__plan", "accion__compromiso__eje__plan")
    list_display = ("nombre", "previsto", "cumplido", "compromiso", "accion")
    list_filter = ("previsto", "cumplido")
    search_fields = ("nombre", "nota")


@apuntar(m.Formato)
class Formatos(DelPlan):
    """Los formatos de indicadores y sus versiones."""

    con = ("plan__organo",)
    list_display = ("nombre", "version", "plan")
    list_filter = (DEL_PLAN,)
    search_fields = ("nombre", "plan__clave")


@apuntar(m.RenglonFormato)
class Renglones(DelPlan):
    """Los renglones de un formato."""

    con = ("formato__plan",)
    list_display = ("orden", "categoria", "indicador", "unidad", "obligatorio", "formato")
    list_filter = ("obligatorio",)
    search_fields = ("categoria", "indicador", "pregunta")


@apuntar(m.Pregunta)
class PreguntasDelEje(DelPlan):
    """La pregunta propia de cada eje en un renglón."""

    con = ("renglon__formato", "eje__plan")
    list_display = ("texto", "eje", "renglon", "unidad", "linea_base", "meta")
    list_filter = (DEL_EJE,)
    search_fields = ("texto", "eje__nombre")


class PorCerrar(admin.SimpleListFilter):
    """Los que se están reportando: la misma cuenta que el tablero."""

    title = "por cerrar"
    parameter_name = en_espera.POR_CERRAR

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Solo hay una pregunta."""
        return [("si", "Todavía se reportan a tiempo")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[m.Bimestre]) -> QuerySet[m.Bimestre]:
        """Los que todavía se reportan a tiempo, hoy."""
        if self.value() != "si":
            return queryset
        abiertos = en_espera.por_cerrar(m.Bimestre.objects.all(), timezone.localdate())
        return queryset.filter(pk__in=abiertos.values("pk"))


@apuntar(m.Bimestre)
class Bimestres(DelPlan):
    """Las ventanas de reporte."""

    con = ("plan__organo", "formato__plan")
    list_display = ("nombre", "numero", "plan", "abre", "entrega", "carga", "en_portal")
    list_filter = (PorCerrar, DEL_PLAN, "en_portal", "entrega")
    search_fields = ("nombre", "plan__clave")
    ordering = ("-entrega", "-pk")


@apuntar(m.Prorroga)
class Prorrogas(DelPlan):
    """Las prórrogas, con la sesión o el acuerdo que las concedió."""

    con = ("bimestre__plan", "punto__sesion", "acuerdo__sesion", "acuerdo__punto")
    list_display = ("bimestre", "entrega", "carga", "motivo", "punto", "acuerdo")
    list_filter = ("entrega",)
    search_fields = ("motivo", "bimestre__nombre")


@apuntar(m.Encargo)
class Encargos(Consulta):
    """Quién prepara los reportes de una institución sin ser su titular."""

    nota = "Lo da y lo termina quien es titular, en la página de sus reportes."
    con = ("asiento__institucion", "asiento__organo")
    list_display = ("usuario", "asiento", "dado_por", "vigente_desde", "vigente_hasta")
    list_filter = (por_organo("asiento__organo"),)
    search_fields = ("usuario__nombre", "asiento__institucion__nombre")
