"""Importar y exportar los renglones de cada tabla."""

from django.apps import AppConfig


class TraspasoConfig(AppConfig):
    """Sala «traspaso»."""

    name = "stl_portal.traspaso"
    label = "traspaso"
    verbose_name = "Importar y exportar"

    def ready(self) -> None:
        """Apunta lo que el portal mismo traspasa: los archivos recibidos y los nombres de las cuentas."""
        from stl_portal.archivo.recursos import Archivos, CopiasPublicas, ZonasTestadas
        from stl_portal.cuentas.recursos import Cuentas

        from . import no_viajan, registro

        registro.apuntar(Cuentas, Archivos, ZonasTestadas, CopiasPublicas)
        no_viajan.registrar()
