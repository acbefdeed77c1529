"""La forma de una capacitación o un evento, con sus materiales."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipios.models import Evento, Material, Municipio
from sesiones.estados import ClaseOrgano
from sesiones.forms.base import Llano
from sesiones.forms.registros import PREFIJO, ConRenglones, FormaRegistro
from stl_portal.archivo import vitrina
from stl_portal.archivo.forms import CampoArchivo
from stl_portal.archivo.models import Archivo


class FormaMaterial(FormaRegistro):
    """Un archivo o una dirección."""

    archivo = CampoArchivo(label="Archivo", required=False, help_text="")
    direccion = forms.URLField(label="Dirección", max_length=500, required=False, assume_scheme="https")

    class Meta(FormaRegistro.Meta):
        model = Material
        fields = ("titulo", "archivo", "direccion")

    def clean(self) -> dict[str, Any]:
        """Una cosa o la otra."""
        datos = super().clean() or self.cleaned_data
        if bool(datos.get("archivo")) == bool(datos.get("direccion")) and not self.errors:
            self.add_error("direccion", "Elige un archivo o escribe una dirección, no ambos.")
        return datos


Materiales = forms.inlineformset_factory(
    Evento, Material, form=FormaMaterial, extra=2, can_delete=True, can_delete_extra=False
)


class FormaEvento(ConRenglones):
    """Qué se hizo, cuándo, con quiénes y a cuántas personas llegó."""

    RENGLONES = Materiales
    TITULO_RENGLONES = "Materiales"
    GRUPOS = (
        ("Qué fue", ("clase", "titulo", "cuantos", "desde", "hasta", "modalidad", "temas", "imparte")),
        ("Con qué municipios", ("todos", "municipios", "municipios_cuantos")),
        (
            "A cuántas personas llegó",
            ("personas", "personas_literal", "sujetos_obligados", "alcance", "alcance_literal"),
        ),
        ("De dónde sale y quién lo ve", ("liga", "fuente", "publico")),
    )

    todos = forms.BooleanField(label="Todos los municipios", required=False)
    temas = Llano(
        label="Temas", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="Uno por renglón."
    )
    liga = forms.URLField(label="Dirección", max_length=500, required=False, assume_scheme="https")
    municipios = forms.ModelMultipleChoiceField(
        label="Municipios",
        queryset=Municipio.objects.order_by("nombre"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Elige municipios de la lista."},
    )

    class Meta(FormaRegistro.Meta):
        model = Evento
        fields = (
            *("clase", "titulo", "cuantos", "desde", "hasta", "modalidad", "temas", "imparte", "municipios"),
            *("municipios_cuantos", "personas", "personas_literal", "sujetos_obligados"),
            *("alcance", "alcance_literal", "liga", "fuente", "publico"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Los materiales llevan archivos: se les pasan los recibidos."""
        super().__init__(*args, **kwargs)
        # Si otra persona quitó un renglón, los demás se recorren y los archivos ya no casarían con el suyo.
        if self.is_bound and self.hijos.data is self.data:
            self.hijos = Materiales(self.data, self.files, instance=self.instance, prefix=PREFIJO)
        if self.instance.organo.clase == ClaseOrgano.MUNICIPAL:
            self._solo_el_suyo(self.instance.organo.clave_municipio)

    def _solo_el_suyo(self, clave: str) -> None:
        """Un secretariado municipal solo da fe de su municipio: ni de otros ni de cuántos."""
        for campo in ("todos", "municipios_cuantos"):
            del self.fields[campo]
        suyo: Any = self.fields["municipios"]
        suyo.queryset = Municipio.objects.filter(clave=clave)

    def is_multipart(self) -> bool:
        """Siempre: los materiales pueden ser archivos."""
        return True

    def clean_hasta(self) -> Any:
        """Se registra lo que ya ocurrió."""
        dia = self.cleaned_data["hasta"]
        if dia and dia > timezone.localdate():
            raise ValidationError("Todavía no ocurre: regístralo cuando haya pasado.")
        return dia

    def clean(self) -> dict[str, Any]:
        """Los municipios se eligen o se cuentan; lo aproximado lleva también su número seguro."""
        datos = super().clean() or self.cleaned_data
        if datos.get("todos"):
            datos["municipios"] = Municipio.objects.all()
        if datos.get("municipios") and datos.get("municipios_cuantos"):
            self.add_error("municipios_cuantos", "Ya elegiste cuáles: deja vacío cuántos.")
        if (datos.get("municipios_cuantos") or 0) > Municipio.objects.count():
            self.add_error("municipios_cuantos", "No hay tantos municipios.")
        for campo in ("personas", "alcance"):
            if datos.get(f"{campo}_literal") and datos.get(campo) is None:
                self.add_error(campo, "Escribe también el número del que hay seguridad.")
        return datos

    def save(self, commit: bool = True) -> Any:
        """Guarda el evento y sus materiales; lo que se reemplaza o deja de ser público deja de entregarse."""
        with transaction.atomic():
            antes = self._archivos()
            evento = super().save(commit)
            siguen = self._archivos() if evento.publico else set()
            for archivo in antes - siguen:
                vitrina.retirar(archivo)
        return evento

    def _archivos(self) -> set[Archivo]:
        """Los que hoy tienen sus materiales guardados."""
        return set(Archivo.objects.filter(materiales__evento=self.instance.pk))
