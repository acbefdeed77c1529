"""Las formas de formatos, bimestres y prórrogas."""

from typing import Any, ClassVar

from django import forms
from django.db import transaction

from ejes.gestion.versiones_del_formato import copiar_renglones
from ejes.models import Bimestre, Entrega, Formato, Prorroga
from ejes.models.bimestres import CELEBRADA
from sesiones.busqueda import que_contiene
from sesiones.forms.base import Linea
from sesiones.forms.elegir import acotar, acuerdos_de
from sesiones.forms.registros import FormaRegistro
from sesiones.models import Organo, Punto
from stl_portal import texto

from .registros import ConNumero, fijar


class FormaFormato(FormaRegistro):
    """Nombre y fuente del formato; sus renglones se escriben en su propia página, o se copian de otro."""

    FIJOS = frozenset({"plan", "version"})

    copiar_de = forms.ModelChoiceField(
        label="Empezar con los renglones de",
        queryset=Formato.objects.none(),
        required=False,
        help_text="Las preguntas de cada eje solo se copian si es del mismo plan.",
    )

    class Meta(FormaRegistro.Meta):
        model = Formato
        fields = ("nombre", "fuente")

    def __init__(self, *args: Any, organo: Organo, **kwargs: Any) -> None:
        """Al crearlo se ofrecen los demás formatos del órgano."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["copiar_de"]
            return
        campo: Any = self.fields["copiar_de"]
        campo.queryset = Formato.objects.filter(plan__organo=organo).select_related("plan").order_by("-pk")
        campo.empty_label = "Ninguno: los escribiré"
        campo.label_from_instance = lambda formato: f"{formato.plan}: {formato}"

    def save(self, commit: bool = True) -> Any:
        """Guarda el formato y, si se pidió, copia los renglones; todo o nada."""
        with transaction.atomic():
            formato = super().save(commit)
            if original := self.cleaned_data.get("copiar_de"):
                copiar_renglones(original, formato)
        return formato


class FormaBimestre(ConNumero):
    """Qué se reporta, desde cuándo y hasta cuándo se entrega."""

    FIJOS = frozenset({"plan"})
    GRUPOS = (
        ("El bimestre", ("numero", "nombre", "desde", "hasta")),
        ("Plazos", ("abre", "entrega", "carga")),
        ("Qué se pregunta", ("formato", "en_portal", "fuente")),
    )

    class Meta(FormaRegistro.Meta):
        model = Bimestre
        fields = (
            *("numero", "nombre", "desde", "hasta", "abre", "entrega", "carga"),
            *("formato", "en_portal", "fuente"),
        )
        labels: ClassVar[dict[str, str]] = {"formato": "Formato de indicadores"}
        help_texts: ClassVar[dict[str, str]] = {"nombre": "Como «Junio-julio de 2026»."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lo ya usado no cambia: la fecha original con prórroga, el formato con reportes."""
        super().__init__(*args, **kwargs)
        formato: Any = self.fields["formato"]
        formato.queryset = self.instance.plan.formatos.all()
        if not self.instance.pk:
            return
        if self.instance.prorrogas.exists():
            fijar(self, "entrega", "Tiene una prórroga: se conserva la fecha que se acordó primero.")
        if self.instance.reportes.exists():
            fijar(self, "numero", "Ya tiene reportes.")
            fijar(self, "formato", "Ya hay reportes que lo usan.")


class FormaProrroga(FormaRegistro):
    """Más tiempo, y en qué sesión se concedió."""

    FIJOS = frozenset({"bimestre"})

    buscado = Linea(
        label="Si el punto no está en la lista, palabras de su título",
        required=False,
        max_length=100,
        help_text="Al guardar se agregan a la lista los que las dicen.",
    )

    class Meta(FormaRegistro.Meta):
        model = Prorroga
        fields = ("entrega", "carga", "acuerdo", "punto", "motivo")
        labels: ClassVar[dict[str, str]] = {
            "acuerdo": "Acuerdo con que se concedió",
            "punto": "Punto del orden del día donde se concedió",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "acuerdo": "Si no hubo acuerdo numerado, di en qué punto se trató."
        }

    field_order = ("entrega", "carga", "acuerdo", "punto", "buscado", "motivo")

    def __init__(self, *args: Any, organo: Organo, **kwargs: Any) -> None:
        """Ofrece los acuerdos y los puntos más recientes del órgano."""
        super().__init__(*args, **kwargs)
        acotar(self["acuerdo"], acuerdos_de(organo))
        puntos = Punto.objects.filter(sesion__organo=organo, sesion__estado__in=CELEBRADA).select_related(
            "sesion"
        )
        campo: Any = self.fields["punto"]
        campo.label_from_instance = lambda punto: f"{punto.sesion}: {punto.titulo}"
        escrito = texto.limpiar_linea(self.data.get("buscado", "")[:100])
        busca = que_contiene(escrito, "titulo", "sesion__designacion") if escrito else None
        acotar(self["punto"], puntos.order_by("-sesion__fecha", "orden", "pk"), busca=busca)

    def clean(self) -> dict[str, Any]:
        """Buscar un punto no es elegirlo."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        if datos.get("buscado") and not (datos.get("punto") or datos.get("acuerdo")):
            self.add_error("punto", "Elígelo de la lista: ya están los que dicen esas palabras.")
        return datos


def usado(formato: Formato) -> bool:
    """Si algún reporte ya se envió con él: entonces no cambia, se hace otra versión."""
    return Entrega.objects.filter(reporte__bimestre__formato=formato).exists()
