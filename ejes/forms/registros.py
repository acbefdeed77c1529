"""Las formas de los registros del plan: plan, ejes, compromisos, acciones e hitos.

Publicado el plan, sus textos, responsables, pesos y modo de medir se corrigen, y consta quién y qué: los
cortes ya publicados no cambian porque se congelaron. Los números y la clave no: son direcciones que
alguien pudo citar y los cortes publicados los nombran.
"""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator

from ejes.models import (
    Accion,
    Compromiso,
    Difusion,
    Eje,
    Hito,
    ParteCocreadora,
    Plan,
)
from sesiones.estados import Sector
from sesiones.forms.elegir import acotar, acuerdos_de
from sesiones.forms.registros import ConRenglones, FormaRegistro
from sesiones.models import Acuerdo, Institucion, Organo
from stl_portal.texto import a_llano

from .renglones import CampoODS, UnaPorRenglon, guardar, guardar_ods, leer, leer_ods

NO_CAMBIA = "Ya está publicado y es parte de su dirección: no cambia."
CABE = 110  # caracteres del acuerdo que se leen junto a su casilla
AYUDA_ODS = "Objetivos o metas, separados por comas: 16.6, 17."


def fijar(forma: "forms.ModelForm[Any]", campo: str, por_que: str) -> None:
    """Muestra el campo sin dejarlo cambiar y dice por qué."""
    forma.fields[campo].disabled = True
    forma.fields[campo].help_text = por_que


def ofrecer_asientos(forma: "forms.ModelForm[Any]", organo: Organo) -> None:
    """Llena «responsable» con los asientos del órgano, por el nombre de su institución."""
    campo: Any = forma.fields["responsable"]
    campo.queryset = organo.asientos.select_related("institucion").order_by("orden", "pk")
    campo.label_from_instance = lambda asiento: asiento.institucion.nombre


class FormaPlan(FormaRegistro):
    """El plan: su periodo y cómo mide el avance."""

    GRUPOS = (
        ("El plan", ("nombre", "clave", "inicio", "fin", "meta_al", "aprobado_en", "fuente")),
        ("Cómo se calcula el avance", ("formula", "trato", "base")),
        ("Nivel de terminación: desde qué porcentaje", ("limitado", "sustancial", "completado")),
    )

    class Meta(FormaRegistro.Meta):
        model = Plan
        fields = (
            *("nombre", "clave", "inicio", "fin", "meta_al", "aprobado_en", "fuente"),
            *("formula", "trato", "base", "limitado", "sustancial", "completado"),
        )
        labels: ClassVar[dict[str, str]] = {
            "aprobado_en": "Acuerdo con que se aprobó",
            "limitado": "Limitado, desde (%)",
            "sustancial": "Sustancial, desde (%)",
            "completado": "Completado, desde (%)",
        }
        help_texts: ClassVar[dict[str, str]] = {"clave": "Como 2026-2028. Sin espacios ni acentos."}

    def __init__(self, *args: Any, organo: Organo, **kwargs: Any) -> None:
        """Los acuerdos son del órgano; publicado, la clave no cambia."""
        super().__init__(*args, **kwargs)
        acotar(self["aprobado_en"], acuerdos_de(organo))
        if self.instance.estado == "publicado":
            fijar(self, "clave", NO_CAMBIA)


class ConNumero(FormaRegistro):
    """Lo que lleva un número único dentro de aquello de lo que cuelga (su único campo fijo)."""

    def clean_numero(self) -> int:
        """Dice el número repetido junto a él."""
        numero: int = self.cleaned_data["numero"]
        padre = next(iter(self.FIJOS))
        hermanos = type(self.instance).objects.filter(**{padre: getattr(self.instance, padre)})
        if hermanos.filter(numero=numero).exclude(pk=self.instance.pk).exists():
            raise ValidationError(f"El número {numero} ya lo tiene otro.")
        return numero


class FormaDelPlan(ConNumero):
    """Un eje, un compromiso o una acción."""

    def __init__(self, *args: Any, organo: Organo, **kwargs: Any) -> None:
        """Publicado el plan, el número de lo que ya existía no cambia."""
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.del_plan.estado == "publicado":
            fijar(self, "numero", NO_CAMBIA)

    @property
    def del_plan(self) -> Plan:
        """El plan de la fila."""
        raise NotImplementedError


class FormaDifusion(FormaRegistro):
    """Un medio donde se cuenta el avance."""

    direccion = forms.URLField(label="Dirección", max_length=500, required=False, assume_scheme="https")

    class Meta(FormaRegistro.Meta):
        model = Difusion
        fields = ("medio", "direccion")


Medios = forms.inlineformset_factory(
    Eje, Difusion, form=FormaDifusion, extra=2, can_delete=True, can_delete_extra=False
)


class FormaEje(FormaDelPlan, ConRenglones):
    """Un eje con su ficha: meta verificable y submetas, propuestas, ODS y difusión."""

    RENGLONES = Medios
    TITULO_RENGLONES = "Dónde se difunde"
    FIJOS = frozenset({"plan"})
    APARTE = ("submetas", "propuestas", "ods")
    GRUPOS = (
        ("El eje", ("numero", "nombre", "descripcion", "responsable", "peso")),
        ("Meta", ("meta", "submetas", "ods")),
        ("Propuestas de la ciudadanía", ("propuestas",)),
    )

    submetas = UnaPorRenglon(label="Submetas", required=False, help_text="Una por renglón.")
    propuestas = UnaPorRenglon(
        label="Propuestas ciudadanas",
        required=False,
        help_text="Lo que se propuso en las mesas de trabajo, una por renglón.",
    )
    ods = CampoODS(label="Objetivos de Desarrollo Sostenible", required=False, help_text=AYUDA_ODS)

    class Meta(FormaRegistro.Meta):
        model = Eje
        fields = ("numero", "nombre", "descripcion", "responsable", "peso", "meta")
        help_texts: ClassVar[dict[str, str]] = {
            "peso": "Solo cuenta si el plan usa la media ponderada.",
            "responsable": "La institución que lo reporta; quién la representa se toma de la integración.",
        }

    def __init__(self, *args: Any, organo: Organo, **kwargs: Any) -> None:
        """Trae lo que se guarda en otras filas."""
        super().__init__(*args, organo=organo, **kwargs)
        ofrecer_asientos(self, organo)
        if self.instance.pk:
            self.initial.update(
                submetas=leer(self.instance.submetas),
                propuestas=leer(self.instance.propuestas),
                ods=leer_ods(self.instance.alineaciones),
            )

    @property
    def del_plan(self) -> Plan:
        """El plan del eje."""
        return self.instance.plan

    def save(self, commit: bool = True) -> Any:
        """Guarda el eje y lo que cambió de sus listas, todo o nada."""
        with transaction.atomic():
            eje = super().save(commit)
            for campo, filas in (("submetas", eje.submetas), ("propuestas", eje.propuestas)):
                if campo in self.changed_data:
                    guardar(filas, self.cleaned_data[campo])
            if "ods" in self.changed_data:
                guardar_ods(eje.alineaciones, self.cleaned_data["ods"])
        return eje


class FormaParte(FormaRegistro):
    """Quien creó el compromiso; si es una institución registrada, de ella salen el nombre y el sector."""

    class Meta(FormaRegistro.Meta):
        model = ParteCocreadora
        fields = ("institucion", "nombre", "sector", "le_toca")
        labels: ClassVar[dict[str, str]] = {
            "institucion": "Institución registrada",
            "nombre": "O su nombre",
        }
        widgets: ClassVar[dict[str, Any]] = {"le_toca": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """El nombre y el sector pueden salir de la institución."""
        super().__init__(*args, **kwargs)
        self.fields["nombre"].required = self.fields["sector"].required = False
        sector: Any = self.fields["sector"]
        sector.choices = [("", "El de la institución"), *Sector.choices]
        acotar(self["institucion"], Institucion.objects.order_by("nombre"))

    def clean(self) -> dict[str, Any]:
        """Completa con la institución; sin ella hacen falta el nombre y el sector."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        institucion = datos.get("institucion")
        for campo in ("nombre", "sector"):
            if not datos.get(campo) and campo not in self.errors:
                datos[campo] = getattr(institucion, campo, "")
        if not self.has_changed() or datos.get("DELETE"):
            return datos
        if not datos.get("nombre"):
            self.add_error("nombre", "Elige una institución o escribe el nombre.")
        if not datos.get("sector"):
            self.add_error("sector", "Di de qué sector es.")
        return datos


Partes = forms.inlineformset_factory(
    Compromiso, ParteCocreadora, form=FormaParte, extra=3, can_delete=True, can_delete_extra=False
)


class FormaCompromiso(FormaDelPlan, ConRenglones):
    """Un compromiso: quién responde, quiénes lo crearon y qué acuerdos lo tocan."""

    RENGLONES = Partes
    TITULO_RENGLONES = "Quiénes lo crearon y qué le toca a cada parte"
    FIJOS = frozenset({"eje"})
    APARTE = ("ods", "acuerdos")
    GRUPOS = (
        ("El compromiso", ("numero", "nombre", "problema", "descripcion", "responsable", "peso", "ods")),
        ("Acuerdos relacionados", ("acuerdos",)),
    )

    ods = CampoODS(label="Objetivos de Desarrollo Sostenible", required=False, help_text=AYUDA_ODS)
    acuerdos = forms.ModelMultipleChoiceField(
        label="Acuerdos del órgano sobre este compromiso",
        queryset=Acuerdo.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta(FormaRegistro.Meta):
        model = Compromiso
        fields = ("numero", "nombre", "problema", "descripcion", "responsable", "peso", "acuerdos")
        labels: ClassVar[dict[str, str]] = {
            "problema": "Qué problema atiende",
            "descripcion": "Cómo lo resuelve",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "descripcion": "La solución que se acordó; sus pasos son las acciones.",
            "peso": "Solo cuenta si el plan usa la media ponderada.",
            "responsable": "Vacío: responde quien tiene a su cargo el eje.",
        }

    def __init__(self, *args: Any, organo: Organo, **kwargs: Any) -> None:
        """Ofrece los asientos y los acuerdos del órgano."""
        super().__init__(*args, organo=organo, **kwargs)
        ofrecer_asientos(self, organo)
        acuerdos: Any = self.fields["acuerdos"]
        acuerdos.label_from_instance = lambda a: f"{a}: {Truncator(a_llano(a.texto)).chars(CABE)}"
        acotar(self["acuerdos"], acuerdos_de(organo))
        if self.instance.pk:
            self.initial["ods"] = leer_ods(self.instance.alineaciones)

    @property
    def del_plan(self) -> Plan:
        """El plan del compromiso."""
        return self.instance.eje.plan

    def save(self, commit: bool = True) -> Any:
        """Guarda el compromiso, sus partes, sus acuerdos y sus ODS, todo o nada."""
        with transaction.atomic():
            compromiso = super().save(commit)
            if "ods" in self.changed_data:
                guardar_ods(compromiso.alineaciones, self.cleaned_data["ods"])
        return compromiso


class FormaAccion(FormaDelPlan):
    """Una acción verificable."""

    FIJOS = frozenset({"compromiso"})

    class Meta(FormaRegistro.Meta):
        model = Accion
        fields = ("numero", "texto", "peso")
        labels: ClassVar[dict[str, str]] = {"texto": "Qué se hará"}
        help_texts: ClassVar[dict[str, str]] = {"peso": "Solo cuenta si el plan usa la media ponderada."}

    @property
    def del_plan(self) -> Plan:
        """El plan de la acción."""
        return self.instance.compromiso.eje.plan


class FormaHito(FormaRegistro):
    """Algo que debe haber ocurrido a una fecha."""

    FIJOS = frozenset({"compromiso"})

    class Meta(FormaRegistro.Meta):
        model = Hito
        fields = ("nombre", "accion", "previsto", "cumplido", "nota")
        labels: ClassVar[dict[str, str]] = {"accion": "De una acción en particular", "nombre": "Qué"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Solo las acciones de su compromiso."""
        super().__init__(*args, **kwargs)
        acciones = self.instance.compromiso.acciones.select_related("compromiso__eje").order_by("numero")
        self.fields["accion"].queryset = acciones  # type: ignore[attr-defined]
