"""Las formas de una métrica, de un valor suelto y de los valores de un año pegados de una hoja."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from municipios.eventos.medir import dice_lo_mismo
from municipios.models import Metrica, ValorDeMetrica
from sesiones.forms.base import FormaMesa
from sesiones.forms.registros import FormaRegistro

PEGADO_MAXIMO = 20_000  # caracteres; 46 renglones son unos mil


class FormaMetrica(FormaRegistro):
    """Qué se mide, quién lo mide y entre qué valores."""

    metodologia = forms.URLField(
        label="Dirección de su metodología", max_length=500, required=False, assume_scheme="https"
    )

    class Meta(FormaRegistro.Meta):
        model = Metrica
        fields = ("nombre", "clave", "autor", "unidad", "minimo", "maximo", "metodologia")

    def clean(self) -> dict[str, Any]:
        """El mínimo va antes del máximo."""
        datos = super().clean() or self.cleaned_data
        minimo, maximo = datos.get("minimo"), datos.get("maximo")
        if minimo is not None and maximo is not None and minimo >= maximo:
            self.add_error("maximo", "El máximo debe ser mayor que el mínimo.")
        return datos


class FormaValor(FormaRegistro):
    """Lo que obtuvo un municipio un año."""

    FIJOS = frozenset({"metrica"})

    fuente = forms.URLField(label="Dirección de la fuente", max_length=500, assume_scheme="https")

    class Meta(FormaRegistro.Meta):
        model = ValorDeMetrica
        fields = ("municipio", "anio", "valor", "literal", "fuente")

    def clean_valor(self) -> Any:
        """Dentro de lo que la métrica admite."""
        valor = self.cleaned_data["valor"]
        if frase := self.instance.metrica.fuera_de_rango(valor):
            raise ValidationError(frase)
        return valor

    def clean(self) -> dict[str, Any]:
        """Lo que la fuente escribe y el valor son el mismo número."""
        datos = super().clean() or self.cleaned_data
        valor, literal = datos.get("valor"), datos.get("literal") or ""
        if valor is not None and not dice_lo_mismo(literal, valor):
            self.add_error("literal", f"No dice lo mismo que el valor, {valor.normalize():f}.")
        return datos


class FormaPegarValores(FormaMesa):
    """Los renglones de un año, con su fuente."""

    anio = forms.IntegerField(
        label="Año",
        min_value=2000,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"), "Escribe el año, con cuatro cifras."
        ),
    )
    fuente = forms.URLField(
        label="Dirección de la fuente",
        max_length=500,
        assume_scheme="https",
        error_messages={"required": "Escribe de qué página se tomaron."},
    )
    renglones = forms.CharField(
        label="Valores",
        strip=False,
        max_length=PEGADO_MAXIMO,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text="Un municipio por renglón: su clave del INEGI o su nombre, y su valor. 11020;61.870",
        error_messages={"required": "Pega los renglones."},
    )
    visto = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, hoy: dt.date, **kwargs: Any) -> None:
        """`hoy` da el último año que se admite."""
        super().__init__(*args, **kwargs)
        self.hoy = hoy

    def clean_anio(self) -> int:
        """Un año que ya empezó."""
        anio: int = self.cleaned_data["anio"]
        if anio > self.hoy.year:
            raise ValidationError("Ese año todavía no empieza.")
        return anio
