"""El filtro de la lista pública: viaja en la dirección y sirve sin JavaScript."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from stl_portal.publico.registro import OrganoPublico

from .models import PreguntaQuerySet

ABIERTAS, VENCIDAS, RESPONDIDAS = "abiertas", "vencidas", "respondidas"


class FiltroPreguntas(forms.Form):
    """Por estado y por órgano."""

    estado = forms.ChoiceField(
        label="En qué van",
        required=False,
        choices=(
            ("", "Todas"),
            (ABIERTAS, "Sin responder"),
            (VENCIDAS, "Vencidas"),
            (RESPONDIDAS, "Respondidas"),
        ),
        error_messages={"invalid_choice": "Elige en qué van de la lista."},
    )
    organo = forms.ChoiceField(
        label="Órgano", required=False, error_messages={"invalid_choice": "Elige un órgano de la lista."}
    )

    def __init__(self, *args: Any, organos: Iterable[OrganoPublico], al: dt.date, **kwargs: Any) -> None:
        """Ofrece esos órganos, en ese orden: los que tienen algo publicado."""
        super().__init__(*args, **kwargs)
        self.al = al
        self.organos = {organo.clave: organo for organo in organos}
        campo: Any = self.fields["organo"]
        campo.choices = [("", "Todos"), *((clave, str(o)) for clave, o in self.organos.items())]

    @property
    def activo(self) -> bool:
        """Si llegó algún valor."""
        return any(self.data.get(nombre) for nombre in self.fields)

    def aplicar(self, filas: PreguntaQuerySet) -> PreguntaQuerySet:
        """Las que cumplen; si algo vino mal no se filtra, y la vista lo dice."""
        elegido = self.cleaned_data if self.is_valid() else {}
        if elegido.get("organo"):
            filas = filas.filter(organo=self.organos[elegido["organo"]].pk)
        estado = elegido.get("estado")
        if estado == ABIERTAS:
            return filas.sin_responder()
        if estado == VENCIDAS:
            return filas.vencidas(self.al)
        return filas.respondidas() if estado == RESPONDIDAS else filas
