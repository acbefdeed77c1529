"""Las formas de quien postula: pedir su liga y escribir la postulación."""

from typing import Any

from django import forms
from django.core.validators import URLValidator

from sesiones.certamenes.models import Postulacion
from sesiones.certamenes.postular import Prueba
from sesiones.forms.base import Linea, Llano
from stl_portal.archivo.forms import CampoArchivo
from stl_portal.avisos.campos import CampoCorreo
from stl_portal.participacion.forms import FormaPregunta

EVIDENCIA = ("tipo", "descripcion", "archivo", "liga")
MAXIMO = 20_000  # caracteres de una respuesta en borrador: el tope de cada una se revisa aparte


class FormaEmpezar(FormaPregunta):
    """Solo el correo, con el mismo sello y la misma trampa que al preguntar: ahí llega su liga."""

    tipo = texto = nombre = None  # type: ignore[assignment]  # así quita Django los campos heredados
    correo = CampoCorreo(
        help_text="Ahí llega la liga con que escribes tu postulación y la sigues después. No se publica."
    )


class FormaPostulacion(forms.Form):
    """Toda la postulación en una página. En borrador nada es obligatorio: lo que falta se dice aparte."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    titulo = Linea(label="Nombre de la práctica", max_length=200, required=False)
    institucion = Linea(
        label="Institución u organización",
        max_length=200,
        required=False,
        help_text="La que postula. Déjala vacía si es a título individual. Se publica si se te reconoce.",
    )
    sector = forms.ChoiceField(label="De qué sector vienes", required=False)
    nombre = Linea(label="Persona de contacto", max_length=150, required=False, help_text="No se publica.")
    telefono = Linea(label="Teléfono", max_length=30, required=False, help_text="No se publica.")
    tipo = forms.ChoiceField(label="Qué es", required=False)
    descripcion = Linea(label="Qué muestra", max_length=200, required=False)
    archivo = CampoArchivo(label="Archivo", required=False)
    liga = forms.URLField(
        label="O su liga",
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text="De un video, un audio o una página. Que se pueda abrir sin contraseña.",
        error_messages={"invalid": "Escribe la dirección completa, como https://ejemplo.mx/practica."},
    )

    def __init__(self, data: Any = None, files: Any = None, *, postulacion: Postulacion) -> None:
        """Agrega una respuesta por cada pregunta de la convocatoria."""
        super().__init__(data, files, initial=_guardado(postulacion))
        certamen = postulacion.certamen
        self.apartados = list(certamen.apartados.all())
        self._opciones("sector", certamen.sectores_admitidos)
        self._opciones("tipo", certamen.evidencias_admitidas)
        for apartado in self.apartados:
            ayuda = f"{apartado.ayuda} Hasta {apartado.tope:,} caracteres.".strip()
            self.fields[f"apartado_{apartado.pk}"] = Llano(
                label=apartado.pregunta,
                required=False,
                max_length=MAXIMO,
                help_text=ayuda,
                widget=forms.Textarea(attrs={"rows": 6, "data-tope": apartado.tope, "maxlength": None}),
            )
        # En el orden de la página: así la lista de lo que falta se recorre hacia abajo.
        preguntas = [f"apartado_{apartado.pk}" for apartado in self.apartados]
        self.order_fields(["version", "titulo", *preguntas, *EVIDENCIA])

    def _opciones(self, campo: str, admitidas: Any) -> None:
        opciones: Any = self.fields[campo]
        opciones.choices = [("", "Sin elegir"), *((uno.value, uno.label) for uno in admitidas)]

    @property
    def contacto(self) -> list[forms.BoundField]:
        """Quién postula."""
        return [self[campo] for campo in ("institucion", "sector", "nombre", "telefono")]

    @property
    def respuestas(self) -> list[forms.BoundField]:
        """Una por pregunta, en su orden."""
        return [self[f"apartado_{apartado.pk}"] for apartado in self.apartados]

    @property
    def evidencia(self) -> list[forms.BoundField]:
        """Los campos para agregar una más."""
        return [self[campo] for campo in ("tipo", "descripcion", "archivo", "liga")]

    @property
    def escritas(self) -> dict[int, str]:
        """Lo contestado, por pregunta."""
        return {a.pk: self.cleaned_data.get(f"apartado_{a.pk}", "") for a in self.apartados}

    def clean(self) -> dict[str, Any]:
        """La evidencia que se agrega dice qué es; un archivo y una liga a la vez son dos evidencias."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        if (datos.get("archivo") or datos.get("liga")) and not datos.get("tipo"):
            self.add_error("tipo", "Di qué es lo que agregas.")
        return datos

    @property
    def pruebas(self) -> list[Prueba]:
        """Las evidencias que se agregan."""
        datos = self.cleaned_data
        tipo, dicho = datos["tipo"], datos["descripcion"]
        de_archivo = [Prueba(tipo, dicho, archivo=datos["archivo"])] if datos["archivo"] else []
        return [*de_archivo, *([Prueba(tipo, dicho, liga=datos["liga"])] if datos["liga"] else [])]


def _guardado(postulacion: Postulacion) -> dict[str, Any]:
    """El borrador, como lo lleva la forma."""
    campos = ("version", "titulo", "institucion", "sector", "nombre", "telefono")
    datos = {campo: getattr(postulacion, campo) for campo in campos}
    respuestas = {f"apartado_{r.apartado_id}": r.texto for r in postulacion.respuestas.all()}
    return datos | respuestas
