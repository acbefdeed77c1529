"""Carga la demostración del portal."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sesiones.demo import carga, presentacion
from stl_portal.datos import versiones
from stl_portal.publico import registro


class Command(BaseCommand):
    help = "Carga la demostración: el secretariado de 2020, dos sesiones reales y un órgano ficticio."
    requires_system_checks = ()  # de eso se ocupa `check`; aquí solo alargarían la segunda carga

    def handle(self, *args: Any, **opciones: Any) -> None:
        if settings.PRODUCCION:
            raise CommandError(
                "La demostración no se carga en producción: crea cuentas con una contraseña pública. "
                "Quita PRODUCCION=1 para probarla aparte."
            )
        creado: list[str] = []
        for cargar in (carga.cargar, *registro.DEMOSTRACION, *registro.DEMOSTRACION_AL_FINAL):
            cargar(creado.append)
        versiones.guardar_primeras(timezone.now())  # al final: ya está todo lo que se publica
        for linea in presentacion.lineas(creado):
            self.stdout.write(linea)
