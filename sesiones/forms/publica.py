"""La forma con que se marca un dato que no se publica."""

from typing import Any

from django import forms

from .base import FormaMesa, Linea

USUALES = (
    "Teléfono particular",
    "Correo particular",
    "Domicilio particular",
    "CURP",
    "RFC",
    "Rúbrica",
    "Motivo de licencia",
    "Dato de salud",
)


class FormaTestado(FormaMesa):
    """Qué texto se elimina, qué dato es y con qué fundamento; ya publicada el acta, también por qué."""

    nombre = "forma_testado"

    texto = Linea(
        label="Texto que se elimina",
        max_length=500,
        help_text="Selecciónalo en el acta o pégalo. Se elimina dondequiera que aparezca.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "data-texto-testado": ""}
        ),
    )
    motivo = Linea(
        label="Qué dato es",
        max_length=200,
        help_text="Se publica. No escribas aquí el dato.",
        widget=forms.TextInput(attrs={"list": "datos-usuales"}),
    )
    fundamento = Linea(
        label="Fundamento",
        max_length=400,
        help_text="El artículo que lo protege. Se publica.",
        widget=forms.TextInput(attrs={"list": "fundamentos"}),
    )
    por_que = Linea(
        label="Por qué se testa ahora",
        max_length=500,
        help_text="Se publica con la versión nueva.",
    )

    def __init__(self, *args: Any, publicada: bool, **kwargs: Any) -> None:
        """Antes de publicar no hay nada que explicar."""
        super().__init__(*args, **kwargs)
        if not publicada:
            del self.fields["por_que"]
