"""Qué periodo y de qué órgano se quiere un formato."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from .llenar import Periodo, por_organo, trimestre_anterior
from .models import Formato

ANOS = 10  # lo más que abarca un archivo


class FormaPeriodo(forms.Form):
    """Llega por la dirección: se puede guardar y compartir."""

    desde = forms.DateField(label="Desde", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hasta = forms.DateField(label="Hasta", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    organo = forms.ChoiceField(label="Órgano", required=False)

    def __init__(self, formato: Formato, *args: Any, **kwargs: Any) -> None:
        """Propone el último trimestre completo y, si el conjunto tiene órganos, todos los reales."""
        desde, hasta = trimestre_anterior(timezone.localdate())
        kwargs.setdefault("initial", {"desde": desde, "hasta": hasta})
        super().__init__(*args, **kwargs)
        if not por_organo(formato):
            del self.fields["organo"]
            return
        catalogo = next(f.catalogo for f in formato.de.filtros if f.nombre == "organo")  # type: ignore[union-attr]
        opciones = catalogo.opciones() if catalogo else ()
        self.fields["organo"].choices = [("", "Todos los reales"), *opciones]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """El periodo empieza antes de terminar y no abarca más de diez años."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        desde, hasta = datos.get("desde"), datos.get("hasta")
        if desde and hasta and desde > hasta:
            self.add_error("hasta", "El periodo termina antes de empezar.")
        elif desde and hasta and hasta - desde > dt.timedelta(days=366 * ANOS):
            self.add_error("hasta", f"Un archivo abarca hasta {ANOS} años.")
        return datos

    def periodo(self) -> Periodo:
        """El que se eligió, ya revisado."""
        return Periodo(self.cleaned_data["desde"], self.cleaned_data["hasta"], timezone.localdate())
