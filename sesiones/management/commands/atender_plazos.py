"""`manage.py atender_plazos`: cierra lo vencido, recuerda lo pendiente, borra los datos personales que ya no
hacen falta, pone en el buscador a quienes empiezan ese día y guarda la versión de los datos que cambiaron.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sesiones import revision
from sesiones.buscables import integrantes
from sesiones.certamenes import borrado as de_postulaciones
from sesiones.certamenes import preparar as certamenes
from stl_portal.avisos import registro, seguidores
from stl_portal.datos import versiones
from stl_portal.participacion import borrado


class Command(BaseCommand):
    """Se programa una vez al día; correrlo de más no repite nada."""

    help = (
        "Cierra las revisiones de actas vencidas, recuerda lo pendiente a quien le toca y borra los correos "
        "de quienes no confirmaron que querían seguir algo y de quienes preguntaron y ya se atendieron. "
        "Pone en el buscador a quienes empiezan ese día y guarda una versión de los datos abiertos que "
        "cambiaron."
    )

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Hace todo y dice cuánto fue."""
        ahora = timezone.now()
        cerradas = revision.cerrar_vencidas(ahora)
        enviados = registro.recordar(timezone.localdate(ahora))
        borradas = seguidores.limpiar(ahora)
        olvidadas = borrado.limpiar(ahora)
        integrantes.poner_al_dia()
        al_comite = certamenes.cerrar_vencidos(ahora)
        postulaciones = de_postulaciones.limpiar(ahora)
        versionados = len(versiones.guardar_todas(ahora))
        self.stdout.write(
            f"Revisiones cerradas: {cerradas}. Recordatorios encolados: {enviados}. "
            f"Suscripciones sin confirmar borradas: {borradas}. "
            f"Correos de preguntas borrados: {olvidadas}. "
            f"Convocatorias públicas que pasaron al comité: {al_comite}. "
            f"Postulaciones o contactos borrados: {postulaciones}. "
            f"Versiones nuevas de los datos: {versionados}."
        )
