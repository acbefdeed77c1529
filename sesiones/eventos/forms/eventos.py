"""La forma de un evento de la agenda, con quienes participan y con qué del plan se relaciona."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from sesiones.eventos import del_plan
from sesiones.eventos.models import Evento, Ponente
from sesiones.eventos.models.eventos import DE_LA_WEB
from sesiones.forms.base import ListaLarga, Parrafos
from sesiones.forms.elegir import acotar
from sesiones.forms.registros import ConRenglones, FormaRegistro, Grupo
from sesiones.models import Institucion, Organo, Persona

ANIOS_POR_VENIR = 5  # lo mismo que alcanza el calendario
CUPO_MAXIMO = 1_000_000
DICE_CUPO = "El cupo es de una persona o más, en cifras. Déjalo vacío si no hay límite."
Opciones = list[tuple[str, str]]


class Liga(forms.URLField):
    """Una dirección de la web: ni «javascript:» ni archivos de una máquina."""

    default_validators = [DE_LA_WEB]

    def __init__(self, **opciones: Any) -> None:
        """Sin esquema se entiende https; un error de forma dice lo mismo que uno de esquema."""
        frase = str(DE_LA_WEB.message)
        super().__init__(
            max_length=500,
            required=False,
            assume_scheme="https",
            error_messages={"invalid": frase},
            **opciones,
        )


class FormaPonente(FormaRegistro):
    """Quién participa: una persona registrada o el nombre que se anuncia."""

    class Meta(FormaRegistro.Meta):
        model = Ponente
        fields = ("papel", "persona", "nombre", "cargo", "institucion", "tema")
        widgets: ClassVar[dict[str, Any]] = {"persona": ListaLarga}
        labels: ClassVar[dict[str, str]] = {"nombre": "O su nombre, como se anuncia"}

    def __init__(self, *args: Any, personas: Opciones | None = None, **kwargs: Any) -> None:
        """`personas` son las que ocupan o han ocupado un asiento del órgano, traídas una sola vez."""
        super().__init__(*args, **kwargs)
        self.fields["nombre"].required = False
        campo: Any = self.fields["persona"]
        elegida = [(str(p.pk), p.formal)] if (p := self.instance.persona) else []
        campo.choices = [("", "Sin elegir"), *dict.fromkeys([*elegida, *(personas or [])])]

    def clean(self) -> dict[str, Any]:
        """El nombre queda escrito: si después cambia el de la persona, el anuncio no."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        if not datos.get("nombre") and datos.get("persona"):
            datos["nombre"] = datos["persona"].formal
        if self.has_changed() and not datos.get("DELETE") and not datos.get("nombre"):
            self.add_error("nombre", "Elige a la persona o escribe su nombre.")
        return datos


Ponentes = forms.inlineformset_factory(
    Evento, Ponente, form=FormaPonente, extra=3, can_delete=True, can_delete_extra=False
)


class FormaEvento(ConRenglones):
    """Qué es, cuándo, dónde, cómo se asiste, quiénes participan y a cuántas personas llegó."""

    RENGLONES = Ponentes
    TITULO_RENGLONES = "Quiénes participan"
    APARTE = ("relaciones",)
    GRUPOS = (
        ("El evento", ("tipo", "titulo", "descripcion", "institucion", "organiza")),
        ("Cuándo", ("dia", "hora", "hasta", "hora_fin")),
        ("Cómo se asiste", ("modalidad", "lugar", "liga", "cupo", "liga_registro")),
        ("Ejes y compromisos con que se relaciona…", ("relaciones",)),
        ("A cuántas personas llegó…", ("alcance", "alcance_literal", "fuente")),
    )

    descripcion = Parrafos(
        label="De qué trata",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Una línea vacía separa párrafos; **negritas**, *cursivas* y listas con guion.",
    )
    liga = Liga(label="Dirección para verlo", help_text="La transmisión o la página del evento. Es pública.")
    liga_registro = Liga(label="Dirección para registrarse")
    cupo = forms.IntegerField(
        label="Cupo",
        required=False,
        min_value=1,
        max_value=CUPO_MAXIMO,
        help_text="Cuántas personas caben. Vacío: sin límite.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), DICE_CUPO),
    )
    alcance = forms.IntegerField(
        label="Alcance en personas",
        required=False,
        min_value=0,
        max_value=1_000_000_000,
        help_text="Cuando ya se celebró: el número del que hay seguridad.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Escribe un número de personas."),
    )
    relaciones = forms.MultipleChoiceField(
        label="Del plan de acción",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="El evento se enlaza desde la página de cada uno, y al revés.",
        error_messages={"invalid_choice": "Elige ejes o compromisos de la lista."},
    )

    class Meta(FormaRegistro.Meta):
        model = Evento
        fields = (
            *("tipo", "titulo", "descripcion", "institucion", "organiza", "dia", "hora", "hasta", "hora_fin"),
            *("modalidad", "lugar", "liga", "cupo", "liga_registro", "alcance", "alcance_literal", "fuente"),
        )

    def __init__(self, *args: Any, hoy: dt.date, **kwargs: Any) -> None:
        """Ofrece las personas del órgano y lo publicado de su plan; `hoy` da el último año que se admite."""
        super().__init__(*args, **kwargs)
        self.hoy, organo = hoy, self.instance.organo
        acotar(self["institucion"], Institucion.objects.order_by("nombre"))
        self.hijos.form_kwargs = {"personas": personas_de(organo)}
        puestas = [r.clave for r in self.instance.relaciones.all()] if self.instance.pk else []
        self.initial["relaciones"] = puestas
        campo: Any = self.fields["relaciones"]
        campo.choices = del_plan.opciones(organo, puestas)

    def grupos(self) -> list[Grupo]:
        """Sin plan publicado no se pregunta con qué de él se relaciona."""
        hay_plan = bool(getattr(self.fields["relaciones"], "choices", ()))
        return [g for g in super().grupos() if hay_plan or g.campos[0].name != "relaciones"]

    def clean_dia(self) -> Any:
        """Un evento de dentro de muchos años es un error de dedo."""
        dia = self.cleaned_data["dia"]
        if dia and dia.year > self.hoy.year + ANIOS_POR_VENIR:
            raise ValidationError(f"Revisa el año: {dia.year} está muy lejos.")
        return dia

    def save(self, commit: bool = True) -> Any:
        """Guarda el evento, quienes participan y sus relaciones, todo o nada."""
        with transaction.atomic():
            evento = super().save(commit)
            if "relaciones" in self.changed_data:
                elegidas = set(self.cleaned_data["relaciones"])
                evento.relaciones.exclude(clave__in=elegidas).delete()
                ya = set(evento.relaciones.values_list("clave", flat=True))
                for clave in sorted(elegidas - ya):
                    evento.relaciones.create(clave=clave)
        return evento


def personas_de(organo: Organo) -> Opciones:
    """Quienes ocupan o han ocupado un asiento del órgano, por nombre."""
    del_organo = Q(nombramientos__asiento__organo=organo) | Q(suplencias__asiento__organo=organo)
    filas = Persona.objects.filter(del_organo).distinct().order_by("nombre")
    return [(str(persona.pk), persona.formal) for persona in filas]
