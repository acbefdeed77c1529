"""Roles por órgano y con fechas. «Integrante» no es un rol: lo da el asiento."""

from django.conf import settings
from django.db import models

from sesiones.estados import TipoRol
from stl_portal.vigencia import ConVigencia

from .organos import Organo


class Rol(ConVigencia):
    """Qué puede hacer una cuenta en un órgano durante un periodo."""

    SIN_TRASLAPE = ("usuario", "organo", "tipo")

    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roles")
    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="roles")
    tipo = models.CharField("rol", max_length=20, choices=TipoRol.choices)

    class Meta(ConVigencia.Meta):
        verbose_name = "rol"
        verbose_name_plural = "roles"

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} ({self.organo_id})"
