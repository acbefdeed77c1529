"""Lo que Django dice, en español llano: lo que contesta a un dato mal escrito y cómo escribe los meses.

Sus textos en español hablan de usted y de cosas que nadie fuera de la programación conoce, y en es-MX
escribe «Marzo». Se cambian en su origen, una vez al arrancar, para no repetirlos en cada formulario ni en
cada fecha.
"""

from django import forms
from django.core import validators
from django.db import models
from django.utils import dates

from stl_portal.espanol import MESES

DE_CAMPOS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "Este campo es obligatorio."},
    forms.IntegerField: {"invalid": "Escribe un número entero."},
    forms.FloatField: {"invalid": "Escribe un número."},
    forms.DecimalField: {"invalid": "Escribe un número."},
    forms.DateField: {"invalid": "Escribe una fecha que exista, por ejemplo 18/01/2026."},
    forms.TimeField: {"invalid": "Escribe una hora que exista, por ejemplo 10:30."},
    forms.DateTimeField: {"invalid": "Escribe una fecha y una hora que existan."},
    forms.URLField: {"invalid": "Escribe la dirección completa, por ejemplo https://ejemplo.mx."},
    forms.ChoiceField: {"invalid_choice": "Elige una de las opciones de la lista."},
    forms.MultipleChoiceField: {
        "invalid_choice": "Elige entre las opciones de la lista.",
        "invalid_list": "Elige entre las opciones de la lista.",
    },
    forms.ModelChoiceField: {"invalid_choice": "Elige una de las opciones de la lista."},
    forms.ModelMultipleChoiceField: {
        "invalid_choice": "Elige entre las opciones de la lista.",
        "invalid_list": "Elige entre las opciones de la lista.",
        "invalid_pk_value": "Elige entre las opciones de la lista.",
    },
    forms.FileField: {"contradiction": "Manda un archivo o marca la casilla, no ambas cosas."},
}
DE_VALIDADORES: dict[type, str] = {
    validators.EmailValidator: "Escribe un correo completo, por ejemplo nombre@ejemplo.mx.",
    validators.URLValidator: "Escribe la dirección completa, por ejemplo https://ejemplo.mx.",
    validators.RegexValidator: "Revisa cómo está escrito.",
    validators.MaxValueValidator: "Escribe un número que no pase de %(limit_value)s.",
    validators.MinValueValidator: "Escribe un número de %(limit_value)s o más.",
    validators.StepValueValidator: "Escribe un múltiplo de %(limit_value)s.",
    validators.MaxLengthValidator: "Es muy largo: caben %(limit_value)d caracteres y tiene %(show_value)d.",
    validators.MinLengthValidator: "Es muy corto: lleva al menos %(limit_value)d caracteres.",
    validators.ProhibitNullCharactersValidator: "Tiene un carácter que no se puede guardar.",
}
CLAVE = "Usa solo letras sin acento, números y guiones; sin espacios."
REPETIDO = "Ya está registrado: %(field_label)s no se repite."


def meses_en_minuscula() -> None:
    """«22 de noviembre de 2026» donde Django escriba una fecha; se llama desde `PortalConfig.ready()`."""
    for numero, mes in enumerate(MESES, start=1):
        dates.MONTHS[numero] = dates.MONTHS_ALT[numero] = mes


def hablar_de_tu() -> None:
    """Se llama desde `PortalConfig.ready()`, antes de que se declare ningún formulario."""
    for campo, textos in DE_CAMPOS.items():
        campo.default_error_messages = {**campo.__dict__.get("default_error_messages", {}), **textos}
    for validador, texto in DE_VALIDADORES.items():
        validador.message = texto  # type: ignore[attr-defined]  # lo llevan todos los de Django
    validators.validate_slug.message = CLAVE
    models.Field.default_error_messages = {
        **models.Field.default_error_messages,
        "unique": REPETIDO,
        "blank": "Este campo es obligatorio.",
        "null": "Este campo es obligatorio.",
        "invalid_choice": "Elige una de las opciones de la lista.",
    }
