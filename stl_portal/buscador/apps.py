"""Una caja que busca en todo lo publicado."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

SOLO_DEL_BUSCADOR = "Solo lo lee el buscador, cuya página no se guarda; lo que copia ya cuenta por sí mismo."


class BuscadorConfig(AppConfig):
    """Aplicación del buscador."""

    name = "stl_portal.buscador"
    label = "buscador"
    verbose_name = "Buscador"

    def ready(self) -> None:
        """El índice de palabras se pone en la base después de cada migración."""
        from stl_portal.buscador import indice, secciones
        from stl_portal.publico.edicion import apuntar_privadas

        secciones.apuntar_las_del_portal()
        suyas = ("buscador_hallable", "buscador_vocablo", "buscador_pendiente")
        apuntar_privadas(dict.fromkeys(suyas, SOLO_DEL_BUSCADOR))
        post_migrate.connect(indice.al_migrar, sender=self, dispatch_uid="buscador")
