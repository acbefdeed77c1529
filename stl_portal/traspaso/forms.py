"""Recibir el archivo que se va a importar."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from stl_portal.espanol import peso


class FormaArchivo(forms.Form):
    """`clave` nace con la página: el mismo envío, dos veces, es una sola importación."""

    clave = forms.UUIDField(widget=forms.HiddenInput)
    archivo = forms.FileField(
        label="Archivo",
        allow_empty_file=True,  # la razón la dice quien lo lee, igual que las demás
        error_messages={"required": "Elige el archivo que vas a importar."},
    )

    def __init__(self, extensiones: str, *args: Any, **kwargs: Any) -> None:
        """`extensiones` son las que el selector ofrece."""
        kwargs.setdefault("initial", {"clave": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.fields["archivo"].widget.attrs["accept"] = extensiones
        maximo = peso(settings.ARCHIVO_MAXIMO)
        self.fields["archivo"].help_text = f"Hasta {maximo}. Lo más grande se importa desde el servidor."

    def clean_archivo(self) -> Any:
        """Que quepa y que haya llegado entero."""
        archivo = self.cleaned_data["archivo"]
        if archivo.size > settings.ARCHIVO_MAXIMO:
            raise ValidationError(
                f"Pesa {peso(archivo.size)} y se admiten {peso(settings.ARCHIVO_MAXIMO)}: divídelo,"
                " o impórtalo en el servidor con «manage.py importar_todo»."
            )
        if getattr(archivo, "sin_espacio", False):
            raise ValidationError("El portal se quedó sin espacio en disco y no pudo recibirlo.")
        return archivo
