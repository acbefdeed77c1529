"""Las formas del informe anual: de qué periodo es, qué dice cada apartado, qué corrige."""

import datetime as dt
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from stl_portal import texto
from stl_portal.publico.registro import OrganoPublico
from stl_portal.versiones import ConVersion

from .apartado import Periodo
from .armar import Parte
from .escribir import MAS_LARGO, PRIMER_ANO, ano_anterior
from .models import InformeQuerySet

LARGO = 10  # cifras de la huella con que se sabe si un apartado se tocó
CORTO = 10_000  # caracteres de una introducción
SIN_VERSION = "Vuelve a abrir la página: esta no dice sobre qué versión se escribió."


class Dia(forms.DateField):
    """Un día, con el selector del navegador."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FormaPeriodo(forms.Form):
    """De qué día a qué día se informa."""

    desde = Dia(label="Desde", error_messages={"required": "Escribe el primer día del periodo."})
    hasta = Dia(label="Hasta", error_messages={"required": "Escribe el último día del periodo."})

    def __init__(self, *args: Any, hoy: dt.date, **kwargs: Any) -> None:
        """Propone el último año completo."""
        propuesto = ano_anterior(hoy)
        kwargs.setdefault("initial", {"desde": propuesto.desde, "hasta": propuesto.hasta})
        super().__init__(*args, **kwargs)
        self.hoy = hoy

    def clean(self) -> dict[str, Any]:
        """Que empiece antes de terminar y no abarque de más."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        desde, hasta = datos.get("desde"), datos.get("hasta")
        if desde and not PRIMER_ANO <= desde.year <= self.hoy.year:
            self.add_error("desde", f"El año va de {PRIMER_ANO} a {self.hoy.year}.")
        if desde and hasta and hasta < desde:
            self.add_error("hasta", "El periodo termina antes de empezar.")
        elif desde and hasta and hasta - desde > MAS_LARGO:
            self.add_error("hasta", "Un informe abarca hasta dos años.")
        return datos

    @property
    def periodo(self) -> Periodo:
        """El que se eligió, ya revisado."""
        return Periodo(self.cleaned_data["desde"], self.cleaned_data["hasta"])


class Introduccion(forms.CharField):
    """Texto de varios párrafos con el formato limitado del portal."""

    widget = forms.Textarea(attrs={"rows": 5})

    def to_python(self, value: Any) -> str:
        """Limpia lo pegado. Lanza `ValidationError` con cuántos caracteres sobran."""
        limpio = texto.limpiar(super().to_python(value) or "")
        if len(limpio) > CORTO:
            sobran = len(limpio) - CORTO
            raise ValidationError(f"Son {len(limpio):,} caracteres y caben {CORTO:,}: quita {sobran:,}.")
        return limpio


class FormaApartado(forms.Form):
    """Lo escrito en un apartado y si va. Convive con los demás: cada uno lleva su prefijo.

    `base` es la huella de lo que se mostró: un apartado que nadie tocó no se vuelve a guardar, y así dos
    personas que escriben en apartados distintos no se estorban.
    """

    va = forms.BooleanField(required=False)
    texto = Introduccion(required=False)
    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": SIN_VERSION, "invalid": SIN_VERSION}
    )
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, parte: Parte, data: Any = None) -> None:
        """La forma de ese apartado, con lo guardado o con lo recién escrito."""
        self.parte = parte
        self.choque: dict[str, str] = {}  # quién guardó antes y qué, si es el caso
        fila = parte.texto
        inicial = {"texto": fila.texto, "va": fila.va, "version": fila.version}
        inicial["base"] = huella_de(fila.texto, va=fila.va)
        super().__init__(data, prefix=parte.clave, initial=inicial, auto_id="%s")
        self.fields["texto"].label = f"Introducción de «{parte.titulo}»"
        self.fields["va"].label = f"Incluir «{parte.titulo}» en el informe"

    @property
    def intacta(self) -> bool:
        """Si lo enviado es lo que se mostró."""
        datos = self.cleaned_data
        return huella_de(datos["texto"], va=datos["va"]) == datos["base"]

    def seguir_desde(self, actual: ConVersion, base: str = "") -> None:
        """La deja lista para guardarse sobre esa versión, sin tocar lo escrito.

        `base` es la huella de lo que se muestra, si ya es lo guardado.
        """
        datos: Any = self.data.copy()  # type: ignore[attr-defined]  # siempre es un QueryDict
        datos[self.add_prefix("version")] = str(actual.version)
        if base:
            datos[self.add_prefix("base")] = base
        self.data = datos


def huella_de(escrito: str, *, va: bool) -> str:
    """Reconoce lo mismo."""
    return sha256(f"{va}:{escrito}".encode()).hexdigest()[:LARGO]


class FormaCorreccion(forms.Form):
    """Qué corrige y por qué; se publica."""

    motivo = forms.CharField(
        label="Qué se corrige y por qué",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Se publica con el informe nuevo.",
        error_messages={"required": "Escribe qué se corrige y por qué: se publica."},
    )

    def clean_motivo(self) -> str:
        """Sin lo que no se ve."""
        return texto.limpiar_llano(self.cleaned_data["motivo"])


class FiltroInformes(forms.Form):
    """El filtro de la lista pública: viaja en la dirección."""

    organo = forms.ChoiceField(
        label="Órgano", required=False, error_messages={"invalid_choice": "Elige un órgano de la lista."}
    )

    def __init__(self, *args: Any, organos: list[OrganoPublico], **kwargs: Any) -> None:
        """Ofrece los que tienen algo publicado."""
        super().__init__(*args, **kwargs)
        campo: Any = self.fields["organo"]
        campo.choices = [("", "Todos"), *((organo.clave, str(organo)) for organo in organos)]

    @property
    def activo(self) -> bool:
        """Si llegó algún valor."""
        return bool(self.data.get("organo"))

    def aplicar(self, filas: InformeQuerySet) -> InformeQuerySet:
        """Las que cumplen; si algo vino mal no se filtra, y la vista lo dice."""
        elegido = self.cleaned_data["organo"] if self.is_valid() else ""
        return filas.filter(clave_del_organo=elegido) if elegido else filas
