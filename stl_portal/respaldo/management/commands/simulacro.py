"""Ensaya la restauración del último respaldo y deja un informe."""

import datetime as dt
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stl_portal.espanol import peso
from stl_portal.respaldo import anotar, carpeta
from stl_portal.respaldo.errores import NoSePudo
from stl_portal.respaldo.informe import Informe, cuando
from stl_portal.respaldo.models import Clase
from stl_portal.respaldo.simulacro import ensayar

PASO = "PASÓ: el respaldo se restaura y lo restaurado es igual."
NO_PASO = "NO PASÓ: el respaldo no devuelve lo mismo. Revisa los renglones que dicen FALLA."


class Command(BaseCommand):
    """`manage.py simulacro`: termina con error si lo restaurado no es igual."""

    help = "Restaura el último respaldo en una base y una carpeta temporales, compara y escribe un informe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archivo", type=Path, nargs="?", help="otro respaldo, en lugar del último")

    def handle(self, *args: Any, **opciones: Any) -> None:
        try:
            with anotar.corrida(Clase.SIMULACRO) as nota:
                self._hacer(nota, opciones["archivo"] or carpeta.ultimo(settings.RESPALDO.carpeta))
        except NoSePudo as error:
            raise CommandError(str(error)) from error
        if not nota.bien:
            raise CommandError(NO_PASO)

    def _hacer(self, nota: anotar.Nota, ruta: Path) -> None:
        empezo, informes = time.monotonic(), Path(settings.VAR) / "simulacros"
        with carpeta.a_solas(informes) as privada:
            informe = ensayar(ruta.resolve(), settings.RESPALDO.llave, privada)
        escrito = _escrito(informe, ruta, nota.empezo_el, time.monotonic() - empezo)
        nota.bien, nota.dicho = informe.bien, PASO if informe.bien else NO_PASO
        nota.datos = {"archivo": str(ruta), "tamano": ruta.stat().st_size, "informe": escrito}
        guardado = informes / f"simulacro-{nota.empezo_el:%Y%m%dT%H%M%SZ}.txt"
        guardado.write_text(f"{escrito}\n", encoding="utf-8")
        self.stdout.write(f"{escrito}\n\nGuardado en {guardado}")


def _escrito(informe: Informe, ruta: Path, empezo_el: dt.datetime, segundos: float) -> str:
    """El informe, como se lee."""
    hecho_el = carpeta.hecho_el(ruta)
    return "\n".join(
        [
            "SIMULACRO DE RESTAURACIÓN",
            "",
            f"Fecha:     {cuando(empezo_el)}",
            f"Duración:  {segundos:.0f} segundos",
            f"Respaldo:  {ruta.name} ({peso(ruta.stat().st_size)}"
            + (f", hecho el {cuando(hecho_el)})" if hecho_el else ")"),
            "",
            "Qué se comprobó",
            *informe.renglones(),
            "",
            f"Resultado: {PASO if informe.bien else NO_PASO}",
        ]
    )
