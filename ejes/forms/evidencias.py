"""Formularios de las evidencias: subir archivos, agregar una liga, decir qué respalda, sustituir y reusar."""

from typing import Any

from django import forms

from ejes.models import Evidencia, Reporte
from ejes.reportes import evidencias
from sesiones.forms.base import FormaMesa, Linea, Parrafos
from stl_portal.archivo.forms import CampoArchivo, CampoArchivos

PARA = "para"  # lo que se agrega respalda estas claves («r3», «a12»)


class CampoLiga(forms.CharField):
    """Una dirección `https` que cualquiera pueda abrir; solo se mira cómo está escrita."""

    def __init__(self, **opciones: Any) -> None:
        """El teclado del teléfono abre en direcciones."""
        super().__init__(**opciones)
        self.widget.attrs |= {"inputmode": "url", "autocomplete": "off", "placeholder": "https://"}

    def to_python(self, value: Any) -> str:
        """Lanza `ValidationError` con la frase."""
        texto = super().to_python(value) or ""
        return evidencias.revisar_liga(texto) if texto else ""


class FormaSubir(FormaMesa):
    """Uno o varios archivos."""

    nombre = "forma_subir"

    archivo = CampoArchivos(label="Elige uno o varios archivos, o suéltalos aquí")


class FormaLiga(FormaMesa):
    """La dirección de algo que ya está publicado en otro sitio."""

    nombre = "forma_liga"

    liga = CampoLiga(label="Dirección", error_messages={"required": "Pega la dirección."})
    titulo = Linea(label="Título", max_length=200, error_messages={"required": "Di qué es."})


class FormaReusar(FormaMesa):
    """Una evidencia que la institución ya había agregado."""

    nombre = "forma_reusar"

    evidencia = forms.ModelChoiceField(
        queryset=Evidencia.objects.none(),
        label="Evidencia",
        empty_label="Elige una",
        error_messages={"required": "Elige una.", "invalid_choice": "Esa ya no se puede usar. Elige otra."},
    )

    def __init__(self, reporte: Reporte, *args: Any, **kwargs: Any) -> None:
        """Ofrece las de la misma institución que este reporte no usa."""
        super().__init__(*args, **kwargs)
        self.ofrecer("evidencia", evidencias.de_antes(reporte), como_se_ofrece)


def como_se_ofrece(evidencia: Evidencia) -> str:
    """«Lista de asistencia (lista.pdf)»."""
    donde = evidencia.archivo.nombre if evidencia.archivo else evidencia.liga
    return f"{evidencia.titulo} ({donde})"[:150]


class FormaEvidencia(FormaMesa):
    """Cómo se llama, qué muestra y qué respalda."""

    nombre = "forma_evidencia"

    leida = forms.CharField(widget=forms.HiddenInput, required=False)  # `evidencias.huella_de` al abrirla
    titulo = Linea(label="Título", max_length=200, error_messages={"required": "Escribe un título."})
    descripcion = Parrafos(label="Qué muestra", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    para = forms.MultipleChoiceField(
        label="Qué respalda",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Puede ser más de una cosa. Sin marcar nada, respalda todo el reporte.",
    )

    def __init__(self, filas: "list[Any]", *args: Any, enviada: bool = False, **kwargs: Any) -> None:
        """Ofrece los renglones y las acciones del reporte; lo `enviada` ya no cambia de nombre."""
        super().__init__(*args, **kwargs)
        if enviada:
            del self.fields["titulo"], self.fields["descripcion"]
        campo: Any = self.fields["para"]
        campo.choices = [(fila.clave, fila.titulo) for fila in filas]

    def seguir_desde(self, leida: str) -> None:
        """La deja lista para guardarse sobre lo que otra persona guardó, sin tocar lo escrito."""
        datos: Any = self.data.copy()  # type: ignore[attr-defined]  # siempre es un QueryDict
        datos[self.add_prefix("leida")] = leida
        self.data = datos


class FormaSustituir(FormaMesa):
    """Lo nuevo que va en su lugar: un archivo o una dirección."""

    nombre = "forma_sustituir"

    archivo = CampoArchivo(label="Archivo nuevo", required=False)
    liga = CampoLiga(label="O una dirección nueva", required=False)

    def clean(self) -> dict[str, Any]:
        """Una cosa o la otra."""
        datos = super().clean() or self.cleaned_data
        if not self.errors and bool(datos.get("archivo")) == bool(datos.get("liga")):
            ambos = datos.get("liga")
            self.add_error("archivo", "Deja uno de los dos." if ambos else "Elige el archivo nuevo.")
        return datos
