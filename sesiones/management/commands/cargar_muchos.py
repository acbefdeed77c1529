"""Carga muchos secretariados con años de sesiones, para medir."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sesiones import muchos
from stl_portal.buscador import reindexar


class Command(BaseCommand):
    help = "Crea secretariados municipales ficticios con años de sesiones; nunca en producción."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organos", type=int, default=46)
        parser.add_argument("--anios", type=int, default=10)

    def handle(self, *args: Any, **opciones: Any) -> None:
        if settings.PRODUCCION or not (settings.DEMO or settings.DEBUG):
            raise CommandError("Son datos inventados: solo se cargan en una demostración.")
        if opciones["organos"] < 1 or opciones["anios"] < 1:
            raise CommandError("Al menos un órgano y un año.")
        try:
            creado = muchos.crear(opciones["organos"], opciones["anios"], timezone.localdate())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        reindexar.rehacer_todo()  # se graban por lotes, que no avisan al buscador
        self.stdout.write(f"{creado.organos} secretariados ficticios y {creado.sesiones} sesiones.")
