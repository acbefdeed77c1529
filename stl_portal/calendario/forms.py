"""Filtrar por órgano lo que dan todas las aplicaciones; llega por la dirección, sin JavaScript."""

from typing import Any

from django import forms
from django.utils import timezone

from stl_portal.publico.registro import OrganoPublico, organos


class FiltroDeOrgano(forms.Form):
    """De qué órgano; sin elegir, de todos."""

    organo = forms.ChoiceField(
        label="Órgano",
        required=False,
        error_messages={"invalid_choice": "No hay un órgano con esa clave: elige de la lista."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ofrece los órganos que hay hoy."""
        super().__init__(*args, **kwargs)
        self.conocidos = organos(timezone.localdate())
        opciones = [(clave, str(organo)) for clave, organo in self.conocidos.items()]
        self.fields["organo"].choices = [("", "Todos"), *opciones]  # type: ignore[attr-defined]

    @property
    def activo(self) -> bool:
        """Si llegó algún valor."""
        return any(self.data.get(nombre) for nombre in self.fields)

    @property
    def elegido(self) -> OrganoPublico | None:
        """El órgano; None si se piden todos o vino mal (y entonces no se filtra)."""
        return self.conocidos.get(self.cleaned_data.get("organo", "")) if self.is_valid() else None

    @property
    def consulta(self) -> str:
        """Lo elegido, como sigue en las ligas de la página: «?organo=stl»."""
        return f"?organo={self.elegido.clave}" if self.elegido else ""
