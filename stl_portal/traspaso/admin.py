"""Las importaciones y la fila de tareas en los registros: solo se consultan."""

from django_tasks_db.models import DBTaskResult

from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.sitio import apuntar, sitio

from .models import CambioImportacion, Importacion, Tanda


@apuntar(Importacion)
class Importaciones(Consulta):
    """Quién subió qué y qué pasó."""

    list_display = ("archivo", "recurso", "estado", "por", "subida_el", "hecha_el")
    list_filter = ("estado", "recurso")
    search_fields = ("archivo", "huella", "recurso")
    ordering = ("-pk",)


@apuntar(CambioImportacion)
class CambiosDeImportacion(Consulta):
    """Su historia."""

    list_display = ("objeto", "verbo", "de", "a", "por", "cuando")
    list_filter = ("verbo",)
    search_fields = ("objeto__archivo",)
    nombre, nombres = "cambio de una importación", "cambios de las importaciones"


@apuntar(Tanda)
class Tandas(Consulta):
    """Con qué se deshace."""

    list_display = ("importacion", "orden")
    search_fields = ("importacion__archivo",)


if DBTaskResult in sitio._registry:
    sitio.unregister(DBTaskResult)


@apuntar(DBTaskResult)
class Tareas(Consulta):
    """Lo que espera, hace o hizo `manage.py db_worker`."""

    list_display = ("task_path", "status", "enqueued_at", "started_at", "finished_at")
    list_filter = ("status",)
    search_fields = ("task_path",)
    ordering = ("-enqueued_at",)
    nombre, nombres = "tarea en segundo plano", "tareas en segundo plano"
