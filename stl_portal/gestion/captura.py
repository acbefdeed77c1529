"""Los pocos modelos que se capturan en los registros: catálogos sin estado ni verbo propio.

Todo cambio queda en la historia de Django con quién, cuándo y qué campos; y antes de guardar pasa por las
mismas reglas del modelo y por la limpieza de texto del portal.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest
from unfold.admin import TabularInline

from stl_portal import texto

from .consulta import Consulta

ELIGE = "Elige una opción"
DE_UNA_FORMA = (forms.EmailField, forms.URLField, forms.SlugField)


class FormaDeCaptura(forms.ModelForm):  # type: ignore[type-arg]  # en ejecución no es genérica
    """Limpia lo escrito como las demás formas del portal."""

    def clean(self) -> dict[str, Any]:
        """Sin HTML pegado ni caracteres que no se ven; lo que queda vacío y hace falta, se dice."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        for nombre, campo in self.fields.items():
            escrito = datos.get(nombre)
            if not isinstance(escrito, str) or isinstance(campo, (*DE_UNA_FORMA, forms.TypedChoiceField)):
                continue
            en_renglones = isinstance(campo.widget, forms.Textarea)
            datos[nombre] = texto.limpiar(escrito) if en_renglones else texto.limpiar_linea(escrito)
            if campo.required and not datos[nombre]:
                self.add_error(nombre, "Este campo es obligatorio.")
        return datos


class Renglones(TabularInline):
    """Renglones que se capturan con su ficha: se agregan y se corrigen, no se quitan."""

    form = FormaDeCaptura
    extra = 1
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Quien pasó la puerta."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Quien pasó la puerta."""
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Quien pasó la puerta."""
        return True

    def formfield_for_dbfield(self, db_field: "models.Field[Any, Any]", request: Any, **kwargs: Any) -> Any:
        """En un renglón la etiqueta es el encabezado de la columna: el campo la lleva también."""
        campo = super().formfield_for_dbfield(db_field, request, **kwargs)
        if campo is not None:
            campo.widget.attrs["aria-label"] = campo.label
        return campo


class Captura(Consulta):
    """Se agrega y se corrige aquí; nunca se borra.

    `campos` son los que se escriben; `al_nacer`, los que se eligen al agregar y después ya no cambian. Los
    demás se muestran.
    """

    form = FormaDeCaptura
    nota = "Cada cambio queda anotado con tu nombre y la hora."
    campos: ClassVar[tuple[str, ...]] = ()
    al_nacer: ClassVar[tuple[str, ...]] = ()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Quien pasó la puerta."""
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Quien pasó la puerta."""
        return True

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Al agregar, los que se escriben; después, todos."""
        if obj is None:
            return [*self.al_nacer, *self.campos]
        return super().get_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Los que no se escriben."""
        if obj is None:
            return []
        return [nombre for nombre in self.get_fields(request, obj) if nombre not in self.campos]

    def formfield_for_dbfield(self, db_field: "models.Field[Any, Any]", request: Any, **kwargs: Any) -> Any:
        """Sin los botones que abren otra ventana, y con lo vacío dicho en español."""
        campo = super().formfield_for_dbfield(db_field, request, **kwargs)
        if campo is None:
            return None
        if isinstance(campo.widget, RelatedFieldWidgetWrapper):
            campo.widget = campo.widget.widget
        if isinstance(campo, forms.ModelChoiceField):
            campo.empty_label = ELIGE
        elif isinstance(campo, forms.TypedChoiceField):
            campo.choices = [(valor, dicho if valor else ELIGE) for valor, dicho in db_field.flatchoices]
            if db_field.blank or not db_field.has_default():
                campo.choices = [("", ELIGE), *(par for par in campo.choices if par[0])]
        return campo
