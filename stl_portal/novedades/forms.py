"""Filtrar las novedades por órgano y por clase."""

from typing import Any
from urllib.parse import urlencode

from django import forms

from stl_portal.calendario.forms import FiltroDeOrgano

from .registro import NOVEDADES


class FiltroDeNovedades(FiltroDeOrgano):
    """De qué órgano y de qué clase; sin elegir, todo."""

    clase = forms.ChoiceField(
        label="Qué cambió",
        required=False,
        error_messages={"invalid_choice": "No hay novedades de esa clase: elige de la lista."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ofrece las clases que hay."""
        super().__init__(*args, **kwargs)
        opciones = [(clave, clase.nombre) for clave, clase in NOVEDADES.items()]
        self.fields["clase"].choices = [("", "Todo"), *opciones]  # type: ignore[attr-defined]

    @property
    def clases(self) -> tuple[str, ...]:
        """La elegida; ninguna si se piden todas."""
        clase = self.cleaned_data.get("clase", "") if self.is_valid() else ""
        return (clase,) if clase else ()

    @property
    def consulta(self) -> str:
        """Lo elegido, como sigue en las ligas de la página."""
        if not self.is_valid():
            return ""
        elegido = urlencode({campo: valor for campo, valor in self.cleaned_data.items() if valor})
        return f"?{elegido}" if elegido else ""
