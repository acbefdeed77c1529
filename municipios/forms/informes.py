"""Formularios del informe trimestral: empezarlo, escribir un apartado, devolverlo y presentarlo."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from django import forms

from municipios.informes.escribir import Fila
from municipios.informes.trimestres import Trimestre
from sesiones.forms.base import FormaMesa, Linea, Parrafos
from sesiones.models import Punto, Sesion
from stl_portal.espanol import MESES
from stl_portal.versiones import ConVersion

LARGO = 10  # cifras de la huella con que se sabe si un apartado se tocó
SIN_VERSION = "Vuelve a abrir la página: esta no dice sobre qué versión se escribió."


class FormaEmpezar(FormaMesa):
    """De qué trimestre es y qué número lleva."""

    trimestre = forms.ChoiceField(
        label="Trimestre",
        error_messages={"required": "Elige el trimestre.", "invalid_choice": "Ese trimestre no se ofrece."},
    )
    numero = forms.IntegerField(
        label="Número",
        min_value=1,
        max_value=9999,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Escribe un número del 1 al 9999."
        ),
    )

    def __init__(self, *args: Any, ofrecidos: Sequence[Trimestre], proximo: int, **kwargs: Any) -> None:
        """Ofrece los que no tienen informe y dice el número que sigue."""
        super().__init__(*args, **kwargs)
        self.por_clave = {uno.clave: uno for uno in ofrecidos}
        campo: Any = self.fields["trimestre"]
        campo.choices = [(clave, str(uno).capitalize()) for clave, uno in self.por_clave.items()]
        self.fields["numero"].help_text = (
            f"Vacío: le toca el {proximo}. Escríbelo si los anteriores se hicieron fuera del portal o es de "
            "un trimestre anterior a otro que ya tiene informe."
        )

    def clean_trimestre(self) -> Trimestre:
        """El trimestre elegido."""
        return self.por_clave[self.cleaned_data["trimestre"]]


class FormaTexto(FormaMesa):
    """Lo escrito en un apartado. Convive con los otros once: cada una lleva su prefijo.

    `base` es la huella de lo que se mostró: un apartado que nadie tocó no se vuelve a guardar, y así dos
    personas que llenan apartados distintos no se estorban.
    """

    texto = Parrafos(label="Texto", required=False, widget=forms.Textarea(attrs={"rows": 6}))
    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": SIN_VERSION, "invalid": SIN_VERSION}
    )
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, fila: Fila, data: Any = None) -> None:
        """La forma de ese apartado, con lo guardado o con lo recién escrito."""
        self.fila = fila
        self.choque: dict[str, str] = {}  # quién guardó antes y qué, si es el caso
        guardado = fila.texto
        inicial = {"texto": guardado.texto, "version": guardado.version, "base": huella_de(guardado.texto)}
        super().__init__(data, prefix=fila.clave, initial=inicial, auto_id="%s")
        self.fields["texto"].label = f"{fila.titulo} de {MESES[fila.texto.mes - 1]}"

    @property
    def intacta(self) -> bool:
        """Si lo enviado es lo que se mostró."""
        return huella_de(self.cleaned_data["texto"]) == self.cleaned_data["base"]

    def seguir_desde(self, actual: ConVersion) -> None:
        """La deja lista para guardarse sobre lo que otra persona guardó, sin tocar lo escrito."""
        datos: Any = self.data.copy()  # type: ignore[attr-defined]  # siempre es un QueryDict
        datos[self.add_prefix("version")] = str(actual.version)
        self.data = datos


def huella_de(escrito: str) -> str:
    """Reconoce un texto igual."""
    return sha256(escrito.encode()).hexdigest()[:LARGO]


class FormaDevolver(FormaMesa):
    """Por qué se devuelve."""

    nombre = "forma_devolver"

    motivo = Linea(
        label="Qué hay que corregir",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escribe qué hay que corregir."},
    )


class FormaPresentar(FormaMesa):
    """En qué sesión se presenta, y en qué punto."""

    nombre = "forma_presentar"

    donde = forms.ChoiceField(
        label="Sesión y punto",
        error_messages={
            "required": "Elige dónde se presenta.",
            "invalid_choice": "Esa sesión o ese punto ya no admite cambios. Elige otro.",
        },
    )

    def __init__(self, *args: Any, ofrecidas: Iterable[tuple[Sesion, list[Punto]]], **kwargs: Any) -> None:
        """Cada sesión con un punto nuevo o con los que ya tiene."""
        super().__init__(*args, **kwargs)
        campo: Any = self.fields["donde"]
        campo.choices = [
            (
                f"{sesion}, {sesion.fecha:%d/%m/%Y}",
                [
                    (f"s{sesion.pk}", f"{sesion}: en un punto nuevo"),
                    *((f"p{punto.pk}", f"{sesion}: {' '.join(punto.ruta)} {punto}") for punto in puntos),
                ],
            )
            for sesion, puntos in ofrecidas
        ]
