"""Las versiones de los datos abiertos en los registros."""

from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.sitio import apuntar

from .models import DatoQuitado, VersionDeDatos


@apuntar(VersionDeDatos)
class Versiones(Consulta):
    """Qué versión de cada conjunto se guardó, y si se retiró."""

    list_display = ("conjunto", "numero", "publicada_el", "filas", "retirada_el")
    list_filter = ("conjunto", "publicada_el", "retirada_el")
    search_fields = ("conjunto", "huella", "motivo")
    ordering = ("-publicada_el", "-pk")


@apuntar(DatoQuitado)
class Quitados(Consulta):
    """Cuándo se quitó algo de los datos y por qué; no dice qué."""

    nota = "Lo escribe el portal al testar o retirar algo publicado."
    list_display = ("quitado_el", "motivo")
    list_filter = ("quitado_el",)
    search_fields = ("motivo",)
    ordering = ("-pk",)
