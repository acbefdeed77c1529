"""Comprueba un respaldo entero sin restaurarlo."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stl_portal.espanol import peso
from stl_portal.respaldo.comprobar import comprobar
from stl_portal.respaldo.errores import Danado, NoSePudo


class Command(BaseCommand):
    """`manage.py comprobar_respaldo ARCHIVO`: termina con error si un solo byte no es el que se guardó."""

    help = "Descifra un respaldo y comprueba cada huella, sin restaurar nada; dice dónde está cada daño."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archivo", type=Path)

    def handle(self, *args: Any, **opciones: Any) -> None:
        try:
            dicho = comprobar(opciones["archivo"], settings.RESPALDO.llave)
        except Danado as dano:
            for falla in dano.fallas:
                self.stderr.write(f"DAÑADO {falla}")
            raise CommandError("El respaldo está dañado: no sirve para restaurar. Usa otro.") from dano
        except NoSePudo as error:
            raise CommandError(str(error)) from error
        for huella in (*dicho.faltan, *dicho.alterados):
            self.stderr.write(f"Al respaldarse ya faltaba o estaba cambiado: {huella}")
        total = sum(cosa.tamano for cosa in dicho.cosas)
        self.stdout.write(
            f"Entero: {len(dicho.cosas)} cosas, {peso(total)}, hecho el {dicho.hecho_el}. Registro: "
            f"{dicho.registro.tamano} eslabones, raíz {dicho.registro.raiz}."
        )
