"""Una caja que busca en todo lo publicado."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BuscadorConfig(AppConfig):
    """Aplicación del buscador."""

    name = "stl_portal.buscador"
    label = "buscador"
    verbose_name = "Buscador"

    def ready(self) -> None:
        """El índice de palabras se pone en la base después de cada migración."""
        from stl_portal.buscador import indice

        post_migrate.connect(indice.al_migrar, sender=self, dispatch_uid="buscador")
