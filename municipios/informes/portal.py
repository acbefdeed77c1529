"""Lo que los informes trimestrales apuntan en el portal."""

from django.db.models.signals import post_save, pre_delete

from municipios.ciudadania import informe_anual
from sesiones.models import Anexo, CambioSesion
from stl_portal.avisos.registro import RECORDATORIOS
from stl_portal.publico import registro

from . import pendientes, presentar, publicados, recordatorios


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    registro.apuntar(registro.PENDIENTES, pendientes.de_quien_informa)
    registro.apuntar(registro.ESPACIOS, pendientes.espacios)
    registro.apuntar(registro.DE_PUNTOS, publicados.de_puntos)
    registro.apuntar(registro.DE_ORGANOS, publicados.de_organos)
    registro.apuntar(RECORDATORIOS, recordatorios.enviar)
    informe_anual.registrar()
    pre_delete.connect(presentar.al_quitar_el_anexo, sender=Anexo, dispatch_uid="informe-sin-anexo")
    post_save.connect(presentar.al_no_celebrarse, sender=CambioSesion, dispatch_uid="informe-sin-sesion")
