"""Filtrar la auditoría: de quién, de qué órgano, de qué tipo y entre qué días."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from .lectura import Pedido
from .registro import FUENTES, PORTAL, Alcance

MAL_ORDEN = "El último día es anterior al primero."


class Dia(forms.DateField):
    """Un día, con el calendario del navegador."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": "Escribe el día como 2026-03-18."}


class FiltroDeAuditoria(forms.Form):
    """Todo es optativo: sin llenar nada se ve todo lo que la cuenta audita."""

    persona = forms.CharField(
        label="Persona", required=False, max_length=200, help_text="Parte de su nombre o de su correo."
    )
    organo = forms.ChoiceField(
        label="Órgano", required=False, error_messages={"invalid_choice": "Elige un órgano de la lista."}
    )
    tipo = forms.ChoiceField(
        label="Tipo", required=False, error_messages={"invalid_choice": "Elige un tipo de la lista."}
    )
    desde = Dia(label="Desde", required=False)
    hasta = Dia(label="Hasta", required=False)

    def __init__(self, *args: Any, alcance: Alcance, **kwargs: Any) -> None:
        """Ofrece solo los órganos que la cuenta audita."""
        super().__init__(*args, **kwargs)
        self.alcance = alcance
        organos = [(organo.clave, organo.nombre) for organo in alcance.organos]
        propios = [(PORTAL, "El portal")] if alcance.portal else []
        self.fields["organo"].choices = [("", "Todos"), *organos, *propios]  # type: ignore[attr-defined]
        tipos = sorted(((clave, fuente.titulo) for clave, fuente in FUENTES.items()), key=lambda uno: uno[1])
        self.fields["tipo"].choices = [("", "Todos"), *tipos]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Los días van en orden."""
        datos: dict[str, Any] = super().clean() or {}
        if datos.get("desde") and datos.get("hasta") and datos["hasta"] < datos["desde"]:
            self.add_error("hasta", ValidationError(MAL_ORDEN))
        return datos

    @property
    def activo(self) -> bool:
        """Si se está filtrando algo."""
        return any(self.data.get(campo) for campo in self.fields)

    def pedido(self, ahora: dt.datetime) -> Pedido:
        """Lo que se busca; si el filtro no se entiende, nada se acota."""
        datos = self.cleaned_data if self.is_valid() else {}
        elegido = datos.get("organo", "")
        ultimo = datos.get("hasta")
        return Pedido(
            alcance=self.alcance.solo(elegido) if elegido else self.alcance,
            tipo=datos.get("tipo", ""),
            persona=datos.get("persona", ""),
            desde=_empieza(datos["desde"]) if datos.get("desde") else None,
            hasta=min(_empieza(ultimo + dt.timedelta(days=1)), ahora) if ultimo else ahora,
        )


def _empieza(dia: dt.date) -> dt.datetime:
    """La medianoche con que empieza, en la hora del portal."""
    return timezone.make_aware(dt.datetime.combine(dia, dt.time.min))
