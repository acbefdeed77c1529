"""Compara los archivos del disco con los renglones de la base y barre lo que sobra."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from stl_portal.archivo import almacen, deposito, sobrantes, subidas, vitrina


class Command(BaseCommand):
    """`manage.py revisar_archivos`: termina con error si falta o cambió algún archivo."""

    help = "Comprueba que cada archivo exista y conserve su huella; barre lo que sobra."

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Revisa, informa y falla si algo no cuadra o si el almacén no responde."""
        try:
            self._revisar()
        except deposito.AlmacenCaido as caido:
            raise CommandError(str(caido)) from caido

    def _revisar(self) -> None:
        ahora = timezone.now()
        borrados = almacen.limpiar_pendientes(ahora)
        caducas = subidas.barrer(ahora)
        retirados = vitrina.conciliar()
        apartados = sobrantes.barrer(ahora)
        revision = almacen.revisar()
        for archivo in revision.faltantes:
            self.stderr.write(f"FALTA {archivo.huella} «{archivo.nombre}»")
        for archivo in revision.alterados:
            self.stderr.write(f"ALTERADO {archivo.huella} «{archivo.nombre}»")
        for huella in revision.huerfanos:
            self.stdout.write(f"Sin renglón (se aparta a la semana): {huella}")
        self.stdout.write(
            f"{revision.revisados} archivos revisados; {borrados} recepciones a medias borradas; "
            f"{caducas} subidas caducas borradas; {apartados} sin renglón apartados; "
            f"{retirados} retirados de la vitrina."
        )
        if not revision.integro:
            raise CommandError("Hay archivos que faltan o cambiaron: recupéralos del respaldo.")
