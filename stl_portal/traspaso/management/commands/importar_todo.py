"""Recibe en este portal lo que otro dejó en una carpeta con `exportar_todo`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from stl_portal.traspaso import mudanza
from stl_portal.traspaso.estados import EstadoImportacion
from stl_portal.traspaso.models import Importacion

SE_LEEN = 20  # errores que se imprimen; todos se descargan en /gestion/traspaso/


class Command(BaseCommand):
    """`manage.py importar_todo CARPETA --por CORREO`: todo o nada; con `--probar`, solo lo que haría."""

    help = "Importa todas las tablas y los archivos de una carpeta que salió de «exportar_todo»."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """De dónde y quién responde."""
        parser.add_argument("carpeta", type=Path)
        parser.add_argument("--por", required=True, help="correo de la cuenta que administra y responde")
        parser.add_argument("--probar", action="store_true", help="dice lo que haría y no guarda renglones")

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Copia los archivos, revisa y, si nada lo impide, importa."""
        carpeta, por = Path(opciones["carpeta"]).absolute(), self._cuenta(opciones["por"])
        try:
            self.stdout.write(f"{mudanza.recibir_archivos(carpeta)} archivos nuevos en el almacén")
            importacion = mudanza.revisar(carpeta, por, timezone.now())
        except mudanza.NoSeMuda as error:
            raise CommandError(str(error)) from error
        self._exigir(importacion, EstadoImportacion.REVISADA)
        if not opciones["probar"]:
            importacion = mudanza.confirmar(importacion, por)
            self._exigir(importacion, EstadoImportacion.HECHA)
        que = "Se importarían" if opciones["probar"] else "Importados"
        self.stdout.write(
            f"{que} {importacion.nuevas} renglones nuevos y {importacion.cambian} cambios; "
            f"{importacion.iguales} ya estaban igual"
        )

    def _cuenta(self, correo: str) -> Any:
        """Quien responde por lo importado: una cuenta activa que administra."""
        cuentas = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
        cuenta = cuentas.filter(email__iexact=correo).first()
        if cuenta is None:
            raise CommandError(
                f"«{correo}» no es una cuenta activa de administración: créala con manage.py createsuperuser."
            )
        return cuenta

    def _exigir(self, importacion: Importacion, estado: EstadoImportacion) -> None:
        """Si no llegó ahí, dice por qué."""
        if importacion.estado == estado:
            return
        for n, error in enumerate(importacion.errores()):
            if n == SE_LEEN:
                break
            for columna, razon in error.celdas:
                donde = f"{error.recurso}, renglón {error.renglon}" if error.renglon else error.recurso
                self.stderr.write(f"{donde}{f', {columna}' if columna else ''}: {razon}")
        raise CommandError(importacion.motivo or "No se importó nada: corrige lo de arriba y repite.")
