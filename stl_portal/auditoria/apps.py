"""La auditoría: quién hizo qué, en un solo lugar, para quien audita."""

from django.apps import AppConfig


class AuditoriaConfig(AppConfig):
    """Sala «auditoria»."""

    name = "stl_portal.auditoria"
    label = "auditoria"
    verbose_name = "Auditoría"

    def ready(self) -> None:
        """Apunta lo que consta del portal mismo y a quien revisa la cadena."""
        from stl_portal.sello import registro as del_registro

        from . import cadena, del_portal

        del_portal.registrar()
        del_registro.apuntar(del_registro.VERIFICADORES, cadena.fallas)
