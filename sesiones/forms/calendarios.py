"""Calendario de sesiones: proponer, aprobar con un acuerdo y crear la sesión de cada fecha."""

from typing import Any

from django import forms

from sesiones.models import Acuerdo, Calendario, FechaCalendario, Organo

from .base import FormaMesa
from .elegir import acotar, acuerdos_de
from .registros import ConRenglones, FormaRegistro


class FormaFecha(FormaRegistro):
    """Una fecha del calendario."""

    class Meta(FormaRegistro.Meta):
        model = FechaCalendario
        fields = ("fecha", "hora", "tipo")


class FechasDelAnio(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """Las fechas caen en el año del calendario y no se repiten."""

    def clean(self) -> None:
        """Marca en su renglón la fecha de otro año o repetida."""
        super().clean()
        vistas = set()
        for forma in self.forms:
            fecha = forma.cleaned_data.get("fecha")
            if not fecha or forma.cleaned_data.get("DELETE"):
                continue
            if self.instance.anio and fecha.year != self.instance.anio:
                forma.add_error(
                    "fecha", f"La fecha es de {fecha.year} y el calendario de {self.instance.anio}."
                )
            if fecha in vistas:
                forma.add_error("fecha", "Esa fecha ya está en otro renglón.")
            vistas.add(fecha)


Fechas = forms.inlineformset_factory(
    Calendario,
    FechaCalendario,
    form=FormaFecha,
    formset=FechasDelAnio,
    extra=6,
    can_delete=True,
    can_delete_extra=False,
)


class FormaCalendario(ConRenglones):
    """El año y sus fechas, mientras sea propuesta."""

    RENGLONES = Fechas
    TITULO_RENGLONES = "Fechas"
    FIJOS = frozenset({"organo"})

    class Meta(FormaRegistro.Meta):
        model = Calendario
        fields = ("anio",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Una enmienda conserva el año de lo que enmienda."""
        super().__init__(*args, **kwargs)
        anio: Any = self.fields["anio"]
        anio.min_value, anio.max_value = 1990, 2100
        if self.instance.sustituye_id:
            anio.disabled = True


class FormaAprobar(FormaMesa):
    """Qué acuerdo aprueba el calendario."""

    acuerdo = forms.ModelChoiceField(
        label="Acuerdo que lo aprueba", queryset=Acuerdo.objects.none(), empty_label="Elige el acuerdo"
    )

    def __init__(self, organo: Organo, *args: Any, **kwargs: Any) -> None:
        """Solo acuerdos del órgano, los más recientes primero."""
        super().__init__(*args, **kwargs)
        acotar(self["acuerdo"], acuerdos_de(organo))
