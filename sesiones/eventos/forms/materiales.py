"""La forma de un material de un evento."""

from typing import Any

from django import forms
from django.db import transaction

from sesiones.eventos.models import Material
from sesiones.forms.registros import FormaRegistro
from stl_portal.archivo import vitrina
from stl_portal.archivo.forms import CampoArchivo
from stl_portal.archivo.models import Archivo

from .eventos import Liga


class FormaMaterial(FormaRegistro):
    """Un archivo o una dirección, y a cuántas personas llegó."""

    FIJOS = frozenset({"evento"})

    archivo = CampoArchivo(label="Archivo", required=False)
    direccion = Liga(label="O su dirección")
    participantes = forms.IntegerField(
        label="Participantes",
        required=False,
        min_value=0,
        max_value=1_000_000_000,
        help_text="A cuántas personas llegó; vacío si no consta.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Escribe un número de personas."),
    )

    class Meta(FormaRegistro.Meta):
        model = Material
        fields = ("titulo", "archivo", "direccion", "participantes", "participantes_literal")

    def is_multipart(self) -> bool:
        """Siempre: puede llevar un archivo."""
        return True

    def clean(self) -> dict[str, Any]:
        """Una cosa o la otra; lo aproximado lleva también su número."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(datos.get("archivo")) == bool(datos.get("direccion")) and not self.errors:
            self.add_error("direccion", "Elige un archivo o escribe una dirección, no ambos.")
        if datos.get("participantes_literal") and datos.get("participantes") is None:
            self.add_error("participantes", "Escribe también el número del que hay seguridad.")
        return datos

    def save(self, commit: bool = True) -> Any:
        """Guarda el material; el archivo que se reemplaza deja de entregarse en esa transacción."""
        with transaction.atomic():
            antes = set(Archivo.objects.filter(materiales_de_eventos=self.instance.pk))
            material = super().save(commit)
            for archivo in antes - {material.archivo}:
                vitrina.retirar(archivo)
        return material
