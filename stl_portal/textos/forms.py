"""Lo que se escribe al cambiar un texto."""

from typing import Any

from django import forms

from .models import revisar
from .registro import Editable


class FormaTexto(forms.Form):
    """El texto y la versión sobre la que se escribe."""

    escrito = forms.CharField(label="Texto", required=False, strip=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, declarado: Editable, *args: Any, **kwargs: Any) -> None:
        """El renglón o los párrafos, según el texto."""
        super().__init__(*args, **kwargs)
        self.declarado = declarado
        campo = self.fields["escrito"]
        campo.help_text = f"{declarado.forma.value} Hasta {declarado.maximo:,} caracteres."
        campo.required = not declarado.puede_vaciarse
        renglones = 8 if declarado.forma.en_renglones else 3
        campo.widget = forms.Textarea(attrs={"rows": renglones})

    def clean_escrito(self) -> str:
        """Limpio y con sus datos bien escritos."""
        return revisar(self.declarado, self.cleaned_data["escrito"])
