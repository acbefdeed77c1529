"""El filtro de la agenda: llega por la dirección, sin JavaScript."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from sesiones.eventos.estados import TipoEvento
from sesiones.eventos.models import Evento
from sesiones.forms.filtros import Filtro, OpcionDeOrgano
from sesiones.models import Organo


class FiltroAgenda(Filtro):
    """Por órgano, tipo y año; se ofrecen los que tienen algún evento público."""

    organo = OpcionDeOrgano(
        label="Órgano",
        queryset=Organo.objects.none(),
        to_field_name="clave",
        required=False,
        empty_label="Todos",
        error_messages={"invalid_choice": "Ese órgano no tiene eventos: elige de la lista."},
    )
    tipo = forms.ChoiceField(
        label="Qué es",
        required=False,
        choices=(("", "Todo"), *TipoEvento.choices),
        error_messages={"invalid_choice": "No hay esa clase de evento: elige de la lista."},
    )
    anio = forms.ChoiceField(
        label="Año",
        required=False,
        error_messages={"invalid_choice": "De ese año no hay eventos: elige de la lista."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ofrece los órganos y los años que hay; dos consultas."""
        super().__init__(*args, **kwargs)
        publicos = Evento.objects.publicados().order_by()
        con_eventos = Organo.objects.filter(Exists(publicos.filter(organo=OuterRef("pk"))))
        self.fields["organo"].queryset = con_eventos  # type: ignore[attr-defined]
        anios = publicos.values_list("dia__year", flat=True).distinct().order_by("-dia__year")
        self.fields["anio"].choices = [("", "Lo que viene y lo reciente"), *((str(a), str(a)) for a in anios)]  # type: ignore[attr-defined]

    def aplicar(self, filas: QuerySet[Evento]) -> QuerySet[Evento]:
        """Los que cumplen lo elegido."""
        elegido = self.elegido
        iguales = {
            "organo": elegido.get("organo"),
            "tipo": elegido.get("tipo"),
            "dia__year": elegido.get("anio"),
        }
        return filas.filter(**{campo: valor for campo, valor in iguales.items() if valor})
