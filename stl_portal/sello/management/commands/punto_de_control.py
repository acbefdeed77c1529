"""Firma y manda fuera el punto de control del día; se programa una vez al día y puede repetirse."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stl_portal.sello import envio, puntos


class Command(BaseCommand):
    """`manage.py punto_de_control`: termina con error si el registro contradice lo ya firmado."""

    help = "Firma un punto de control del registro público y lo manda a quienes guardan copia."

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Publica, escribe y manda."""
        try:
            punto = puntos.publicar()
        except puntos.RegistroInconsistente as error:
            raise CommandError(f"{error} Ejecuta manage.py verificar_bitacora.") from error
        ruta = envio.dejar_a_testigos(punto)
        enviados = envio.mandar(punto)
        self.stdout.write(f"Punto de control {punto.tamano} en {ruta}; {enviados} avisos nuevos.")
