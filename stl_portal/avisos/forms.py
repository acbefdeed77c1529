"""La forma de seguir un tema por correo."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget

from .campos import CampoCorreo
from .registro import Tema


@dataclass(frozen=True)
class Opcion:
    """Un tema y su casilla."""

    tema: Tema
    casilla: BoundWidget

    @property
    def elegida(self) -> bool:
        """Si viene marcada."""
        return bool(self.casilla.data["selected"])


@dataclass(frozen=True)
class Grupo:
    """Los temas que se ofrecen bajo un mismo título."""

    nombre: str
    opciones: Sequence[Opcion]

    @property
    def avisa(self) -> str:
        """De qué llega correo, si de todos es lo mismo: se dice una vez."""
        dichos = {opcion.tema.avisa for opcion in self.opciones}
        return dichos.pop() if self.nombre and len(dichos) == 1 else ""


ELEGIDAS = "Lo que elegiste"


class Seguir(forms.Form):
    """Qué seguir y a qué correo."""

    temas = forms.MultipleChoiceField(
        label="Qué quieres seguir",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Elige al menos una cosa que seguir.",
            "invalid_choice": "Eso ya no se puede seguir: elige de la lista.",
        },
    )
    correo = CampoCorreo(help_text="Te mandaremos una liga para confirmar que es tuyo.")

    def __init__(self, *args: Any, temas: dict[str, Tema], **kwargs: Any) -> None:
        """Ofrece esos temas; si solo hay uno, ya viene elegido."""
        super().__init__(*args, **kwargs)
        self.ofrecidos = temas
        self.fields["temas"].choices = [(clave, str(tema)) for clave, tema in temas.items()]  # type: ignore[attr-defined]
        if len(temas) == 1:
            self.initial["temas"] = list(temas)

    @property
    def grupos(self) -> list[Grupo]:
        """Los temas como se ofrecen: primero los que vienen marcados y después cada grupo, en su orden."""
        grupos: dict[str, list[Opcion]] = {}
        elegidas: list[Opcion] = []
        for tema, casilla in zip(self.ofrecidos.values(), self["temas"], strict=True):
            opcion = Opcion(tema, casilla)
            suyas = elegidas if tema.grupo and opcion.elegida else grupos.setdefault(tema.grupo, [])
            suyas.append(opcion)
        primero = [Grupo(ELEGIDAS, elegidas)] if elegidas else []
        return [*primero, *(Grupo(nombre, opciones) for nombre, opciones in grupos.items() if opciones)]

    @property
    def elegidos(self) -> list[Tema]:
        """Los temas pedidos, ya validados."""
        return [self.ofrecidos[clave] for clave in self.cleaned_data["temas"]]
