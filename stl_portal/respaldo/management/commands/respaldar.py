"""Respalda el portal, en uso, en un solo archivo cifrado."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from stl_portal.espanol import peso
from stl_portal.respaldo import anotar, carpeta, otro_lugar
from stl_portal.respaldo.errores import NoSePudo
from stl_portal.respaldo.hacer import Hecho, respaldar
from stl_portal.respaldo.models import Clase

SIN_CIFRAR = (
    "SIN CIFRAR: lleva datos personales. Pon en RESPALDO_PARA la llave pública (age1…) con que se cifra."
)
EN_PRODUCCION = (
    "Falta RESPALDO_PARA: en producción un respaldo no se guarda sin cifrar. Haz una llave con «age-keygen», "
    "guarda la privada fuera del servidor y pon aquí la pública (age1…)."
)
INCOMPLETO = (
    "El respaldo se hizo, pero {} archivos ya faltaban o estaban cambiados: corre manage.py revisar_archivos."
)


class Command(BaseCommand):
    """`manage.py respaldar`: termina con error si no se hizo, si no se copió o si salió con algo dañado."""

    help = "Respalda la base y los archivos, con el portal en uso, en un solo archivo cifrado."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--carpeta", type=Path, help="dónde dejarlo, en lugar de RESPALDO_CARPETA")
        parser.add_argument(
            "--programado",
            action="store_true",
            help="para el temporizador: calla si sale bien y aplica la retención",
        )

    def handle(self, *args: Any, **opciones: Any) -> None:
        destino = opciones["carpeta"] or settings.RESPALDO.carpeta
        try:
            with anotar.corrida(Clase.RESPALDO) as nota:
                self._hacer(nota, destino, opciones["programado"])
        except NoSePudo as error:
            raise CommandError(str(error)) from error

    def _hacer(self, nota: anotar.Nota, destino: Path, programado: bool) -> None:
        if settings.PRODUCCION and not settings.RESPALDO.para:
            raise NoSePudo(EN_PRODUCCION)
        hecho = respaldar(destino, settings.RESPALDO.para, timezone.now())
        nota.datos = {"archivo": str(hecho.ruta), "tamano": hecho.tamano, "huella": hecho.huella}
        nota.dicho = _en_una_frase(hecho)
        self._llevar(hecho.ruta)
        if programado:
            self._retener(destino)
        else:
            self.stdout.write(f"{hecho.ruta}\n{nota.dicho}")
        if not settings.RESPALDO.para:
            self.stderr.write(SIN_CIFRAR)
        if not hecho.completo:
            raise NoSePudo(INCOMPLETO.format(len(hecho.manifiesto.faltan) + len(hecho.manifiesto.alterados)))

    def _llevar(self, ruta: Path) -> None:
        if settings.RESPALDO.copia_carpeta:
            otro_lugar.a_la_carpeta(
                ruta, Path(settings.RESPALDO.copia_carpeta), otro_disco=settings.PRODUCCION
            )
        if settings.RESPALDO.copia_orden:
            otro_lugar.con_orden(ruta, settings.RESPALDO.copia_orden)

    def _retener(self, destino: Path) -> None:
        """Después de que el nuevo está completo y copiado: nunca se borra el último bueno."""
        for donde in filter(None, (str(destino), settings.RESPALDO.copia_carpeta)):
            carpeta.quitar_los_que_sobran(Path(donde), settings.RESPALDO.cuantos)


def _en_una_frase(hecho: Hecho) -> str:
    dicho = hecho.manifiesto
    renglones = sum(tabla.renglones for tabla in dicho.tablas.values())
    cifrado = "cifrado" if hecho.ruta.name.endswith(".age") else "sin cifrar"
    archivos = sum(cosa.nombre.startswith("archivos/") for cosa in dicho.cosas)
    return (
        f"{peso(hecho.tamano)}, {cifrado}: {len(dicho.tablas)} tablas, {renglones} renglones, "
        f"{archivos} archivos y {dicho.registro.tamano} eslabones."
    )
