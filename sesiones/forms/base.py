"""Lo que comparten los formularios de la mesa."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stl_portal import texto
from stl_portal.espanol import fecha_larga
from stl_portal.versiones import VersionRancia


class FormaInvalida(Exception):
    """El formulario trae errores; la vista repinta el paso con él y nada se pierde."""

    def __init__(self, forma: "FormaMesa") -> None:
        """Conserva el formulario con sus errores."""
        super().__init__(forma.nombre)
        self.forma = forma


class FormaRancia(VersionRancia):
    """Alguien guardó antes lo que esta forma corrige; trae la forma para comparar campo por campo."""

    def __init__(self, forma: "FormaMesa", actual: Any) -> None:
        """Conserva lo enviado y la fila tal como está."""
        super().__init__(actual)
        self.forma = forma


class Distinto(NamedTuple):
    """Un campo que no coincide con lo guardado: ambos valores como los lleva el control y como se leen."""

    nombre: str
    etiqueta: str
    tuyo: str
    guardado: str
    tuyo_dicho: str
    guardado_dicho: str


class ListaLarga(forms.Select):
    """El selector de siempre, escrito de una vez: el de Django usa una plantilla por opción, y son muchas."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """El `select` con sus opciones."""
        elegido = self.format_value(value)
        opciones = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((v, " selected" if str(v) in elegido else "", dicho) for v, dicho in self.choices),
        )
        de_todos = flatatt(self.build_attrs(self.attrs, {"name": name} | (attrs or {})))
        return format_html("<select{}>{}</select>", de_todos, opciones)


class FormaMesa(forms.Form):
    """Formulario de una acción. `nombre` es la variable con la que lo espera su plantilla."""

    nombre: ClassVar[str] = "forma"
    # Campo del modelo → campo de la forma, cuando no se llaman igual.
    ALIAS: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Varios formularios conviven en una página: cada uno con sus propios identificadores."""
        kwargs.setdefault("auto_id", f"{self.nombre}_%s")
        super().__init__(*args, **kwargs)

    @contextmanager
    def ejecutar(self) -> Iterator[dict[str, Any]]:
        """Da los datos limpios; los `ValidationError` del dominio se anotan en su campo."""
        if not self.is_valid():
            raise FormaInvalida(self)
        try:
            yield self.cleaned_data
        except VersionRancia as error:
            raise FormaRancia(self, error.actual) from error
        except ValidationError as error:
            self.anotar(error)
            raise FormaInvalida(self) from error

    def anotar(self, error: ValidationError) -> None:
        """Pone cada mensaje junto a su campo; lo que no es de un campo, arriba."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for del_modelo, errores in error.error_dict.items():
            campo = self.ALIAS.get(del_modelo, del_modelo)
            self.add_error(campo if campo in self.fields else None, errores)

    def ofrecer(
        self, nombre: str, filas: QuerySet[Any], etiqueta: Callable[[Any], str] | None = None
    ) -> None:
        """Llena un selector con esas filas; `etiqueta` las dice de otro modo que su `str`."""
        campo: Any = self.fields[nombre]
        campo.queryset = filas
        if etiqueta:
            campo.label_from_instance = etiqueta

    def distintos(self, actual: Any) -> list[Distinto]:
        """Los campos enviados cuyo valor no es el que tiene la fila."""
        pares = [
            (self[n], escrito(self[n], self[n].value()), escrito(self[n], getattr(actual, n)))
            for n in self.fields
            if hasattr(actual, n)
        ]
        return [
            Distinto(c.name, str(c.label), tuyo, suyo, dicho(c, tuyo), dicho(c, suyo))
            for c, tuyo, suyo in pares
            if tuyo != suyo
        ]


def escrito(campo: forms.BoundField, valor: Any) -> str:
    """El valor tal como lo lleva su control en la página."""
    if isinstance(campo.field, forms.BooleanField):
        return "on" if valor else ""
    listo: Any = campo.field.widget.format_value(campo.field.prepare_value(valor))
    if isinstance(listo, (list, tuple)):
        listo = listo[0] if listo else ""
    return str(listo or "").replace("\r\n", "\n")


def dicho(campo: forms.BoundField, valor: str) -> str:
    """El valor como lo lee una persona: la opción por su nombre y la fecha en palabras."""
    if isinstance(campo.field, forms.BooleanField):
        return "Sí" if valor else "No"
    if isinstance(campo.field, forms.ChoiceField):
        opciones: Any = campo.field.choices
        return {str(clave): str(texto) for clave, texto in opciones}.get(valor, valor)
    if isinstance(campo.field, Fecha) and valor:
        with suppress(ValueError):
            return fecha_larga(dt.date.fromisoformat(valor))
    return valor


class Linea(forms.CharField):
    """Una línea de texto, limpia de HTML y caracteres de control."""

    def to_python(self, value: Any) -> str:
        """Limpia antes de validar el largo."""
        return texto.limpiar_linea(super().to_python(value) or "")


class Parrafos(forms.CharField):
    """Texto de varios párrafos con el formato limitado del portal."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Limpia el texto (Word, guiones, controles)."""
        return texto.limpiar(super().to_python(value) or "")


class Llano(forms.CharField):
    """Texto de varios renglones que se guarda y se muestra como se tecleó, sin formato."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Quita solo lo que no se ve (controles, inversiones del sentido)."""
        return texto.limpiar_llano(super().to_python(value) or "")


class Fecha(forms.DateField):
    """Fecha con el selector del navegador, dentro de los años que un documento puede decir."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    PRIMERA, ULTIMA = dt.date(1900, 1, 1), dt.date(2199, 12, 31)

    def clean(self, value: Any) -> Any:
        """Rechaza el año mal tecleado (0001, 20026)."""
        fecha = super().clean(value)
        if fecha and not self.PRIMERA <= fecha <= self.ULTIMA:
            raise ValidationError(f"Revisa el año: {fecha.year} no puede ser.")
        return fecha


class Hora(forms.TimeField):
    """Hora con el selector del navegador."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
