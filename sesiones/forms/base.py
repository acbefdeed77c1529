"""Lo que comparten los formularios de la mesa."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from stl_portal import texto


class FormaInvalida(Exception):
    """El formulario trae errores; la vista repinta el paso con él y nada se pierde."""

    def __init__(self, forma: "FormaMesa") -> None:
        """Conserva el formulario con sus errores."""
        super().__init__(forma.nombre)
        self.forma = forma


class FormaMesa(forms.Form):
    """Formulario de una acción. `nombre` es la variable con la que lo espera su plantilla."""

    nombre: ClassVar[str] = "forma"
    # Campo del modelo → campo de la forma, cuando no se llaman igual.
    ALIAS: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Varios formularios conviven en una página: cada uno con sus propios identificadores."""
        kwargs.setdefault("auto_id", f"{self.nombre}_%s")
        super().__init__(*args, **kwargs)

    @contextmanager
    def ejecutar(self) -> Iterator[dict[str, Any]]:
        """Da los datos limpios; los `ValidationError` del dominio se anotan en su campo."""
        if not self.is_valid():
            raise FormaInvalida(self)
        try:
            yield self.cleaned_data
        except ValidationError as error:
            self.anotar(error)
            raise FormaInvalida(self) from error

    def anotar(self, error: ValidationError) -> None:
        """Pone cada mensaje junto a su campo; lo que no es de un campo, arriba."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for del_modelo, errores in error.error_dict.items():
            campo = self.ALIAS.get(del_modelo, del_modelo)
            self.add_error(campo if campo in self.fields else None, errores)


class Linea(forms.CharField):
    """Una línea de texto, limpia de HTML y caracteres de control."""

    def to_python(self, value: Any) -> str:
        """Limpia antes de validar el largo."""
        return texto.limpiar_linea(super().to_python(value) or "")


class Parrafos(forms.CharField):
    """Texto de varios párrafos con el formato limitado del portal."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Limpia el texto (Word, guiones, controles)."""
        return texto.limpiar(super().to_python(value) or "")


class Fecha(forms.DateField):
    """Fecha con el selector del navegador, dentro de los años que un documento puede decir."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    PRIMERA, ULTIMA = dt.date(1900, 1, 1), dt.date(2199, 12, 31)

    def clean(self, value: Any) -> Any:
        """Rechaza el año mal tecleado (0001, 20026)."""
        fecha = super().clean(value)
        if fecha and not self.PRIMERA <= fecha <= self.ULTIMA:
            raise ValidationError(f"Revisa el año: {fecha.year} no puede ser.")
        return fecha


class Hora(forms.TimeField):
    """Hora con el selector del navegador."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
