"""Comprueba una auditoría exportada: su firma, sus huellas y que la base siga diciendo lo mismo."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stl_portal.auditoria import comprobar


class Command(BaseCommand):
    """`manage.py comprobar_auditoria auditoria.zip`: termina con error si algo no cuadra."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """El archivo y si solo se mira él."""
        parser.add_argument("archivo", type=Path)
        parser.add_argument("--solo-archivo", action="store_true", help="No la compara con la base.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Dice lo que no cuadra, cada cosa en su renglón."""
        try:
            contenido = options["archivo"].read_bytes()
            halladas = sorted(comprobar.fallas(contenido, con_base=not options["solo_archivo"]))
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        if halladas:
            raise CommandError("\n".join(["La auditoría no cuadra:", *halladas]))
        donde = "El archivo" if options["solo_archivo"] else "El archivo y la base"
        self.stdout.write(f"{donde} dicen lo que se firmó.")
