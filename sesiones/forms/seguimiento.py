"""Seguimiento de acuerdos: cómo va cada uno y en qué sesión se informó."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet

from sesiones.busqueda import que_contiene
from sesiones.estados import EstadoAcuerdo
from sesiones.models import Acuerdo, Organo, Sesion

from .base import Fecha, FormaMesa, Linea, Parrafos
from .elegir import acotar
from .filtros import Filtro

VENCIDOS = "vencidos"
ABIERTOS = "abiertos"


class FormaSeguimiento(FormaMesa):
    """Un renglón de seguimiento."""

    estado = forms.ChoiceField(label="Cómo va", choices=EstadoAcuerdo.choices)
    fecha = Fecha(label="Fecha")
    sesion = forms.ModelChoiceField(
        label="Sesión en que se informó",
        queryset=Sesion.objects.none(),
        required=False,
        empty_label="Ninguna",
    )
    nota = Parrafos(
        label="Qué se hizo", help_text="Se publica junto al acuerdo: no escribas datos personales."
    )

    def __init__(self, organo: Organo, *args: Any, **kwargs: Any) -> None:
        """Solo sesiones del órgano."""
        super().__init__(*args, **kwargs)
        acotar(self["sesion"], organo.sesiones.order_by("-fecha", "-pk"))


class FiltroSeguimiento(Filtro):
    """Abiertos, vencidos o por estado, y palabras."""

    q = Linea(label="Palabras", required=False, max_length=100)
    estado = forms.ChoiceField(
        label="Mostrar",
        required=False,
        choices=(
            ("", "Todos"),
            (ABIERTOS, "Abiertos"),
            (VENCIDOS, "Vencidos"),
            *EstadoAcuerdo.choices,
        ),
    )

    def aplicar(self, acuerdos: Any, al: dt.date) -> QuerySet[Acuerdo]:
        """Los acuerdos que cumplen lo elegido; vencidos, a la fecha dada."""
        elegido = self.elegido
        estado = elegido.get("estado")
        if estado == VENCIDOS:
            acuerdos = acuerdos.vencidos(al)
        elif estado == ABIERTOS:
            acuerdos = acuerdos.abiertos()
        elif estado:
            acuerdos = acuerdos.filter(estado=estado)
        filtrados: QuerySet[Acuerdo] = acuerdos.filter(
            que_contiene(
                elegido.get("q", ""),
                "texto",
                "responsable",
                "responsable_asiento__institucion__nombre",
                "sesion__designacion",
            )
        )
        return filtrados
