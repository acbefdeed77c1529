"""Configuración de la sala «sello» del portal."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class SelloConfig(AppConfig):
    """Sala «sello»."""

    name = "stl_portal.sello"
    label = "sello"
    verbose_name = "Sello y registro público"

    def ready(self) -> None:
        """Enseña a SQLite el hash de un eslabón, para su guarda, y apunta lo suyo."""
        from stl_portal.exportacion.registro import SEMILLAS

        from . import archivos, mapa_del_sitio, mensajes, registro, semillas

        mensajes.registrar()
        registro.apuntar(registro.VERIFICADORES, archivos.fallas)
        mapa_del_sitio.registrar()
        registro.apuntar(SEMILLAS, semillas.pruebas)
        connection_created.connect(_ensenar_hash, dispatch_uid="hash_de_eslabon")


def _ensenar_hash(connection: Any, **_: Any) -> None:
    """PostgreSQL ya sabe: tiene `sha256` sobre bytes; SQLite no trae ninguna."""
    from .models import hash_de_eslabon

    if connection.vendor == "sqlite":
        connection.connection.create_function("hash_de_eslabon", 2, hash_de_eslabon, deterministic=True)
