"""Programar una sesión, sus datos y sus verbos."""

import datetime as dt
from typing import Any

from django import forms

from sesiones.estados import Modalidad, TipoSesion
from sesiones.models import Acuerdo, Organo, Sesion

from .base import Fecha, FormaMesa, Hora, Linea, ListaLarga, Parrafos


class FormaDatos(FormaMesa):
    """Cuándo, dónde y cómo se reúne."""

    nombre = "forma_datos"

    modalidad = forms.ChoiceField(choices=Modalidad.choices)
    fecha = Fecha()
    hora = Hora(label="Hora de inicio")
    lugar = Linea(label="Sede o plataforma", max_length=250)
    domicilio = Linea(required=False, max_length=300)
    liga = forms.URLField(
        label="Liga para conectarse",
        required=False,
        assume_scheme="https",
        help_text="Va en el correo de la convocatoria; no se publica.",
    )
    objetivo = Linea(label="Objetivo de la reunión", required=False, max_length=300)
    publico = Linea(
        label="Si el público puede asistir, y cómo",
        required=False,
        max_length=300,
        help_text="Se publica con la convocatoria. Por ejemplo: «Abierta; hay registro en la entrada».",
    )


class FormaNueva(FormaDatos):
    """Sesión nueva en menos de un minuto: todo viene propuesto."""

    nombre = "forma"

    tipo = forms.ChoiceField(label="Tipo de sesión", choices=TipoSesion.choices)
    numero = forms.IntegerField(
        label="Número", min_value=1, max_value=3999, help_text="Es el que sigue; cámbialo solo si hace falta."
    )
    designacion = Linea(
        label="Nombre de la sesión",
        required=False,
        max_length=150,
        help_text="Vacío: se forma con el número y el tipo.",
    )
    copiar_de = forms.ModelChoiceField(
        label="Orden del día",
        queryset=Sesion.objects.none(),
        required=False,
        empty_label="De la plantilla del órgano",
        widget=ListaLarga,  # todas las del órgano: diez años son más de cien
    )
    acuerdos = forms.ModelMultipleChoiceField(
        label="Acuerdos pendientes que se llevan como punto",
        queryset=Acuerdo.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = (
        "tipo",
        "numero",
        "designacion",
        "fecha",
        "hora",
        "modalidad",
        "lugar",
        "domicilio",
        "liga",
        "objetivo",
        "publico",
        "copiar_de",
        "acuerdos",
    )

    def __init__(self, organo: Organo, *args: Any, **kwargs: Any) -> None:
        """Limita las listas al órgano."""
        super().__init__(*args, **kwargs)
        self.ofrecer("copiar_de", organo.sesiones.order_by("-fecha"))
        abiertos = Acuerdo.objects.abiertos().filter(sesion__organo=organo)
        self.ofrecer("acuerdos", abiertos.select_related("sesion"))


class FormaMotivo(FormaMesa):
    """Verbos que exigen decir por qué."""

    nombre = "forma_motivo"

    motivo = Linea(max_length=300)


class FormaEmitir(FormaMesa):
    """Emitir o enmendar la convocatoria."""

    nombre = "forma_emitir"

    motivo = Linea(
        label="Qué cambió y por qué",
        required=False,  # solo lo lleva la enmienda, y ahí lo exige el verbo
        max_length=300,
        help_text="Sale en el correo y en el documento. Por ejemplo: la sede abre hasta las 11.",
    )


class FormaCierre(FormaMesa):
    """Hora de cierre, lo dicho al final y, si quedaron puntos sin tratar, por qué."""

    nombre = "forma_cierre"

    cierre = Hora(label="Hora de cierre")
    notas_cierre = Parrafos(label="Lo dicho al cierre", required=False)
    sin_tratar = Linea(
        label="Por qué quedaron puntos sin tratar",
        required=False,
        max_length=500,
        help_text="Se escribe en el acta. Por ejemplo: se agotó el tiempo.",
    )


class FormaReceso(FormaMesa):
    """Suspensión y reanudación."""

    nombre = "forma_receso"

    inicio = Hora(label="Se suspende")
    fin = Hora(label="Se reanuda", required=False)
    motivo = Linea(required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """La reanudación va después."""
        datos = super().clean() or {}
        inicio, fin = datos.get("inicio"), datos.get("fin")
        if isinstance(inicio, dt.time) and isinstance(fin, dt.time) and fin < inicio:
            self.add_error("fin", "La reanudación no puede ser anterior a la suspensión.")
        return datos
