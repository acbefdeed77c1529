"""Configuración de la sala «publico» del portal."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class PublicoConfig(AppConfig):
    """Sala «publico»."""

    name = "stl_portal.publico"
    label = "publico"
    verbose_name = "Páginas públicas"

    def ready(self) -> None:
        """Mira lo que cada conexión escribe y apunta las páginas de la casa que se guardan compuestas."""
        from stl_portal.calendario import parecidas as del_calendario
        from stl_portal.novedades import parecidas as de_las_novedades
        from stl_portal.novedades import portada

        from . import edicion, enlazada, guardables, mapa_del_sitio, registro

        connection_created.connect(edicion.observar, dispatch_uid="edicion")
        pre_migrate.connect(edicion.al_empezar_a_migrar, sender=self, dispatch_uid="edicion")
        post_migrate.connect(edicion.al_migrar, sender=self, dispatch_uid="edicion")
        guardables.apuntar_todo()
        mapa_del_sitio.registrar()
        enlazada.registrar()
        del_calendario.registrar()
        de_las_novedades.registrar()
        registro.apuntar(registro.PORTADA, portada.lo_ultimo)
