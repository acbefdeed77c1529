"""`manage.py atender_plazos`: cierra lo vencido, recuerda lo pendiente, borra los datos personales que ya no
hacen falta, pone en el buscador a quienes empiezan ese día y guarda la versión de los datos que cambiaron.
"""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sesiones import revision
from sesiones.buscables import integrantes
from sesiones.certamenes import borrado as de_postulaciones
from sesiones.certamenes import preparar as certamenes
from stl_portal.avisos import registro, resumenes, seguidores
from stl_portal.datos import versiones
from stl_portal.participacion import borrado
from stl_portal.traspaso import limpieza

REGISTRO = logging.getLogger(__name__)


@dataclass(frozen=True)
class Paso:
    """Algo que se hace cada día y cómo se dice cuánto fue."""

    dicho: str
    hacer: Callable[[dt.datetime], int | None]  # cuánto; None, si no se cuenta


PASOS = (
    Paso("Revisiones cerradas", revision.cerrar_vencidas),
    Paso("Recordatorios encolados", lambda ahora: registro.recordar(timezone.localdate(ahora))),
    Paso("Resúmenes encolados", resumenes.juntar),
    Paso("Suscripciones sin confirmar borradas", seguidores.limpiar),
    Paso("Correos de preguntas borrados", borrado.limpiar),
    Paso("Buscador al día", lambda ahora: integrantes.poner_al_dia()),
    Paso("Convocatorias públicas que pasaron al comité", certamenes.cerrar_vencidos),
    Paso("Postulaciones o contactos borrados", de_postulaciones.limpiar),
    Paso("Archivos y detalles de importaciones borrados", limpieza.limpiar),
    Paso("Versiones nuevas de los datos", lambda ahora: len(versiones.guardar_todas(ahora))),
)


class Command(BaseCommand):
    """Se programa una vez al día; correrlo de más no repite nada."""

    help = (
        "Cierra las revisiones de actas vencidas, recuerda lo pendiente a quien le toca y borra los correos "
        "de quienes no confirmaron que querían seguir algo y de quienes preguntaron y ya se atendieron. "
        "Pone en el buscador a quienes empiezan ese día y guarda una versión de los datos abiertos que "
        "cambiaron."
    )

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Hace todo y dice cuánto fue. Lo que falla no detiene a lo demás: al final se dice, y sale con 1."""
        ahora = timezone.now()
        hechos, fallidos = [], []
        for paso in PASOS:
            try:
                cuantos = paso.hacer(ahora)
            except Exception:
                REGISTRO.exception("atender_plazos: falló «%s»", paso.dicho)
                fallidos.append(paso.dicho)
            else:
                hechos.append(f"{paso.dicho}: {'sí' if cuantos is None else cuantos}.")
        self.stdout.write(" ".join(hechos))
        if fallidos:
            raise CommandError(
                f"No se hizo: {'; '.join(fallidos)}. Lo demás sí; el error está en el registro."
            )
