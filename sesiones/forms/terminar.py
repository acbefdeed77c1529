"""Terminar un nombramiento o una suplencia: último día y motivo."""

import datetime as dt

from django.core.exceptions import ValidationError

from sesiones.models import Nombramiento, Suplencia

from .base import Fecha, Linea
from .registros import FormaRegistro


class FormaTerminar(FormaRegistro):
    """Fin de un nombramiento o suplencia, con su motivo."""

    FIJOS = frozenset({"asiento"})

    vigente_hasta = Fecha(label="Último día")
    motivo_fin = Linea(label="Motivo", max_length=250, help_text="No se publica.")

    class Meta(FormaRegistro.Meta):
        fields = ("vigente_hasta", "motivo_fin")

    def clean_vigente_hasta(self) -> dt.date:
        """No puede terminar antes de empezar."""
        hasta: dt.date = self.cleaned_data["vigente_hasta"]
        desde = self.instance.vigente_desde
        if desde and hasta < desde:
            raise ValidationError(f"No puede terminar antes de empezar: rige desde el {desde:%d/%m/%Y}.")
        return hasta


class TerminarNombramiento(FormaTerminar):
    """Fin de un nombramiento: el asiento queda vacante."""

    class Meta(FormaTerminar.Meta):
        model = Nombramiento


class TerminarSuplencia(FormaTerminar):
    """Fin de una suplencia."""

    class Meta(FormaTerminar.Meta):
        model = Suplencia
