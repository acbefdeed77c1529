"""El portal como aplicación de Django (etiquetas de plantilla y órdenes comunes)."""

from django.apps import AppConfig, apps
from django.core import checks
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    """Lo que comparten sesiones, ejes y municipios."""

    name = "stl_portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        """Los textos de Django se cambian aquí; guardas y caché de la base, después de cada migración."""
        from stl_portal import cache_comun
        from stl_portal.guardas.instalacion import al_migrar, revisar
        from stl_portal.palabras import hablar_de_tu, meses_en_minuscula
        from stl_portal.publico import identidad

        hablar_de_tu()
        meses_en_minuscula()
        post_migrate.connect(al_migrar, dispatch_uid="guardas")
        checks.register(revisar, checks.Tags.database)
        # A las aplicaciones sin modelos, como esta, Django no les avisa: la tabla se hace tras las cuentas.
        cuentas = apps.get_app_config("cuentas")
        post_migrate.connect(cache_comun.al_migrar, sender=cuentas, dispatch_uid="cache")
        checks.register(cache_comun.revisar, checks.Tags.caches, deploy=True)
        checks.register(identidad.revisar, deploy=True)
