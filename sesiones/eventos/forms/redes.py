"""La forma de una cifra de redes sociales: lo que escribe la fuente y el número que la persona confirma."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from sesiones.cantidades import lecturas
from sesiones.eventos.models import CifraDeRed
from sesiones.forms.registros import FormaRegistro

from .eventos import Liga

NO_ES_NUMERO = "Escribe el número en cifras, sin letras: 52000."


class FormaCifra(FormaRegistro):
    """Red, qué se contó, periodo y la cifra. Si el número se deja vacío, se propone y se pide confirmarlo."""

    GRUPOS = (
        ("Qué se midió", ("red", "cuenta", "medida", "desde", "hasta")),
        ("Cuánto fue", ("literal", "valor", "fuente")),
    )

    valor = forms.DecimalField(
        label="Número",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        localize=False,
        help_text="Déjalo vacío y el portal lo propone: revísalo y guarda otra vez para confirmarlo.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"), NO_ES_NUMERO
        ),
    )
    fuente = Liga(label="Dirección de la fuente")

    class Meta(FormaRegistro.Meta):
        model = CifraDeRed
        fields = ("red", "cuenta", "medida", "desde", "hasta", "literal", "valor", "fuente")

    def clean(self) -> dict[str, Any]:
        """El número se confirma viéndolo y dice lo mismo que la fuente; el periodo ya terminó."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        desde, hasta = datos.get("desde"), datos.get("hasta")
        if desde and hasta and hasta < desde:
            self.add_error("hasta", "El periodo termina antes de empezar.")
        if hasta and hasta > timezone.localdate():
            self.add_error("hasta", "El periodo todavía no termina.")
        if datos.get("literal") and "valor" not in self.errors:
            self._confirmar(lecturas(datos["literal"]), datos.get("valor"), datos["literal"])
        return datos

    def _confirmar(self, leidas: list[Decimal], valor: Decimal | None, literal: str) -> None:
        if valor is None and leidas:
            self._proponer(leidas[0])
            otra = f" También podría ser {_dicho(leidas[1])}." if len(leidas) > 1 else ""
            frase = f"«{literal}» se leyó como {_dicho(leidas[0])}.{otra} Corrígelo si no es, y guarda."
            self.add_error("valor", frase)
        elif valor is None:
            self.add_error("valor", f"De «{literal}» no se sabe el número: escríbelo en cifras.")
        elif leidas and valor not in leidas:
            posibles = " o ".join(map(_dicho, leidas))
            self.add_error("valor", f"No dice lo mismo que la fuente: «{literal}» es {posibles}.")

    def _proponer(self, numero: Decimal) -> None:
        """Al volver a mostrarse, el campo trae el número leído."""
        datos: Any = self.data
        copia = datos.copy()
        copia[self.add_prefix("valor")] = f"{numero.normalize():f}"
        self.data = copia


def _dicho(numero: Decimal) -> str:
    return f"{numero.normalize():,f}"
