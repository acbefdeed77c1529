"""El formato de indicadores en una sola forma: cada renglón con la pregunta de cada eje al lado."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, ProtectedError

from ejes.models import Eje, Formato, Pregunta, RenglonFormato
from sesiones.forms.base import Linea, Parrafos
from sesiones.forms.registros import FormaRegistro

PARTES = ("texto", "unidad", "linea_base", "meta")
RENGLONES_NUEVOS = 8  # los que tuvo el formato de 2019-20
DE_MAS = 2  # vacíos al final, para agregar
Preguntas = Mapping[int, Pregunta]  # por eje


class FormaRenglon(FormaRegistro):
    """Un renglón y, por cada eje, su pregunta, su unidad, su línea de base y su meta."""

    class Meta(FormaRegistro.Meta):
        model = RenglonFormato
        fields = ("orden", "categoria", "indicador", "pregunta", "unidad", "obligatorio")
        labels: ClassVar[dict[str, str]] = {
            "pregunta": "Pregunta para todos los ejes",
            "unidad": "Se cuenta en",
            "obligatorio": "Sin responderlo no se puede enviar",
        }
        help_texts: ClassVar[dict[str, str]] = {"unidad": "Si pide un número: personas, solicitudes…"}

    def __init__(self, *args: Any, ejes: Iterable[Eje], preguntas: Preguntas, **kwargs: Any) -> None:
        """Agrega los campos de cada eje, con lo que ya se había preguntado."""
        super().__init__(*args, **kwargs)
        self.fields["pregunta"].widget.attrs["rows"] = 2
        self.ejes, self.preguntas = list(ejes), preguntas
        for eje in self.ejes:
            guardada = preguntas.get(eje.pk)
            for parte, campo in _campos(eje).items():
                self.fields[f"e{eje.pk}_{parte}"] = campo
                if guardada:
                    self.initial[f"e{eje.pk}_{parte}"] = getattr(guardada, parte)

    def validate_unique(self) -> None:
        """El número se compara entre los renglones de la página: dos pueden cambiarlo entre sí."""

    def validate_constraints(self) -> None:
        """Su única restricción es la del número."""

    @property
    def propios(self) -> list[forms.BoundField]:
        """Los campos del renglón."""
        return [self[campo] for campo in ("categoria", "indicador", "pregunta", "unidad", "obligatorio")]

    @property
    def preguntan(self) -> int:
        """Cuántos ejes tienen pregunta propia, escrita o guardada."""
        return sum(bool(self[f"e{eje.pk}_texto"].value()) for eje in self.ejes)

    @property
    def por_eje(self) -> list[tuple[Eje, list[forms.BoundField]]]:
        """Los campos de cada eje."""
        return [(eje, [self[f"e{eje.pk}_{parte}"] for parte in PARTES]) for eje in self.ejes]

    def clean(self) -> dict[str, Any]:
        """Sin pregunta propia no hay unidad, base ni meta que guardar."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        for eje in self.ejes:
            sueltas = [datos.get(f"e{eje.pk}_{parte}") for parte in PARTES[1:]]
            pregunta = f"e{eje.pk}_texto"
            if not datos.get(pregunta) and any(valor not in (None, "") for valor in sueltas):
                self.add_error(pregunta, f"Escribe la pregunta del eje {eje.numero}.")
        return datos

    def save(self, commit: bool = True) -> Any:
        """Guarda el renglón y las preguntas que cambiaron."""
        renglon = super().save(commit)
        for eje in self.ejes:
            valores = {parte: self.cleaned_data[f"e{eje.pk}_{parte}"] for parte in PARTES}
            if valores["texto"]:
                renglon.preguntas.update_or_create(eje=eje, defaults=valores)
            elif eje.pk in self.preguntas:
                renglon.preguntas.filter(eje=eje).delete()
        return renglon


def _campos(eje: Eje) -> dict[str, forms.Field]:
    texto = Parrafos(label=f"Pregunta del eje {eje.numero}", required=False)
    texto.widget.attrs["rows"] = 2
    return {
        "texto": texto,
        "unidad": Linea(label="Se cuenta en", required=False, max_length=60),
        "linea_base": _cifra("Línea de base"),
        "meta": _cifra("Meta"),
    }


def _cifra(titulo: str) -> forms.DecimalField:
    """Como la guarda `Pregunta`."""
    return forms.DecimalField(label=titulo, required=False, max_digits=16, decimal_places=4)


class BaseRenglones(forms.BaseInlineFormSet):  # type: ignore[type-arg]  # en ejecución no es genérica
    """Todos los renglones de un formato."""

    def __init__(self, *args: Any, instance: Formato, **kwargs: Any) -> None:
        """Trae los ejes y las preguntas de una vez; los renglones nuevos ya vienen numerados."""
        self.ejes = list(instance.plan.ejes.order_by("numero"))
        self.preguntas: dict[int, dict[int, Pregunta]] = {}
        for fila in Pregunta.objects.filter(renglon__formato=instance):
            self.preguntas.setdefault(fila.renglon_id, {})[fila.eje_id] = fila
        cuantos = instance.renglones.count()
        self.extra = DE_MAS if cuantos else RENGLONES_NUEVOS
        kwargs |= {"instance": instance, "prefix": "renglon"}
        super().__init__(*args, initial=[{"orden": cuantos + n} for n in range(1, self.extra + 1)], **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        """La casilla de quitar dice qué quita."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Quitar este renglón"

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """A cada renglón, los ejes y sus propias preguntas."""
        fila = self.get_queryset()[index] if index is not None and index < self.initial_form_count() else None
        preguntas = self.preguntas.get(fila.pk, {}) if fila else {}
        return {**super().get_form_kwargs(index), "ejes": self.ejes, "preguntas": preguntas}

    def validate_unique(self) -> None:
        """Marca en su renglón el número repetido."""
        vistos = set()
        for forma in self.forms:
            if forma in self.deleted_forms or not hasattr(forma, "cleaned_data"):
                continue
            orden = forma.cleaned_data.get("orden")
            if orden in vistos and (forma.instance.pk or forma.has_changed()):
                forma.add_error("orden", "Ese número ya está en otro renglón.")
            if forma.instance.pk or forma.has_changed():
                vistos.add(orden)

    def save(self, commit: bool = True) -> Any:
        """Guarda todo o nada. Lanza `ValidationError` si se quita un renglón que ya se está respondiendo."""
        mueven = [f for f in self.initial_forms if "orden" in f.changed_data or f in self.deleted_forms]
        try:
            with transaction.atomic():
                # Fuera de rango mientras se acomodan: dos renglones pueden cambiarse el número.
                self.instance.renglones.filter(pk__in=[f.instance.pk for f in mueven]).update(
                    orden=F("orden") + 10_000
                )
                return super().save(commit)
        except ProtectedError:
            raise ValidationError("Un renglón que quitaste ya se está respondiendo: consérvalo.") from None


Renglones = forms.inlineformset_factory(
    Formato, RenglonFormato, form=FormaRenglon, formset=BaseRenglones, can_delete=True, can_delete_extra=False
)


def huella(formato: Formato) -> str:
    """Resumen de los renglones y preguntas guardados, para saber si alguien los cambió mientras tanto."""
    renglones = formato.renglones.order_by("pk").values()
    preguntas = Pregunta.objects.filter(renglon__formato=formato).order_by("pk").values()
    return sha256(json.dumps([*renglones, *preguntas], default=str).encode()).hexdigest()
