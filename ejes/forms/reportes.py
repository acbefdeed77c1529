"""Formularios del reporte: la respuesta a un renglón, el avance de una acción y el encargo a una colega."""

import re
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from ejes.datos_sellados import escribir_cifra
from ejes.reportes.llenado import Fila, FilaDeAccion
from sesiones.forms.base import Distinto, Fecha, FormaMesa, Linea, Parrafos
from stl_portal.versiones import ConVersion

MILLARES = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
LARGO = 10  # cifras de la huella con que se sabe si un renglón se tocó
SIN_VERSION = "Vuelve a abrir la página: esta no dice sobre qué versión se escribió."


class Cifra(forms.CharField):
    """Un número como lo escribe una persona: «1,250», «36.5». El valor limpio es `Decimal` o None."""

    enteros, decimales = 12, 4

    def __init__(self, **opciones: Any) -> None:
        """El teclado del teléfono abre en números."""
        super().__init__(**opciones)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        """Lanza `ValidationError` con lo que se puede escribir."""
        texto = (super().to_python(value) or "").strip()
        if not texto:
            return None
        llano = texto.replace(",", "") if MILLARES.fullmatch(texto) else texto.replace(" ", "")
        try:
            numero = Decimal(llano)
        except InvalidOperation:
            raise ValidationError(self.frase(texto), code="invalid") from None
        self.revisar(numero)
        return numero

    def frase(self, texto: str) -> str:
        """Qué tiene lo escrito."""
        if re.fullmatch(r"[0-9]+,[0-9]+", texto):
            return f"Los decimales van con punto: {texto.replace(',', '.')}."
        return "Escribe solo el número, con cifras: 1250 o 36.5. Lo demás va en la respuesta."

    def revisar(self, numero: Decimal) -> None:
        """Lanza `ValidationError` si no cabe."""
        if not numero.is_finite() or numero.adjusted() >= self.enteros:
            raise ValidationError("Ese número es demasiado grande. Revísalo.", code="invalid")
        if numero < 0:
            raise ValidationError("Escribe un número de 0 en adelante.", code="invalid")
        if numero != round(numero, self.decimales):
            raise ValidationError(f"Usa hasta {self.decimales} decimales.", code="invalid")

    def prepare_value(self, value: Any) -> Any:
        """Sin ceros de sobra."""
        return escribir_cifra(value) if isinstance(value, Decimal) else value


class Porcentaje(Cifra):
    """De 0 a 100, con o sin el signo «%»."""

    decimales = 2

    def to_python(self, value: Any) -> Any:
        """Acepta «45 %»."""
        return super().to_python(str(value or "").strip().removesuffix("%"))

    def frase(self, texto: str) -> str:
        """Qué tiene lo escrito."""
        if re.fullmatch(r"[0-9]+,[0-9]+", texto):
            return super().frase(texto)
        return "Escribe solo un número de 0 a 100. Si no hay cifra, dilo con palabras en el campo de al lado."

    def revisar(self, numero: Decimal) -> None:
        """Lanza `ValidationError` si se sale."""
        if not numero.is_finite() or not 0 <= numero <= 100:
            raise ValidationError("El avance va de 0 a 100 por ciento.", code="invalid")
        super().revisar(numero)


class FormaDeFila(FormaMesa):
    """Lo que se escribe en un renglón. Convive con los demás del paso: cada una lleva su prefijo.

    `base` es la huella de lo que se mostró: un renglón que nadie tocó no se vuelve a guardar, y así
    dos personas que llenan renglones distintos no se estorban.
    """

    CAMPOS: ClassVar[tuple[str, ...]] = ()

    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": SIN_VERSION, "invalid": SIN_VERSION}
    )
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, fila: "Fila | FilaDeAccion", data: Any = None) -> None:
        """La forma de esa fila, con lo guardado o con lo recién escrito."""
        self.fila = fila
        self.choque: dict[str, Any] = {}  # quién guardó antes y qué, si es el caso
        guardada = fila.guardada
        inicial = {campo: getattr(guardada, campo) for campo in self.CAMPOS}
        inicial |= {"version": guardada.version, "base": huella_de(inicial)}
        super().__init__(data, prefix=fila.clave, initial=inicial, auto_id="%s")

    @property
    def intacta(self) -> bool:
        """Si lo enviado es lo que se mostró."""
        return huella_de({c: self.cleaned_data[c] for c in self.CAMPOS}) == self.cleaned_data["base"]

    def distintos(self, actual: Any) -> list[Distinto]:
        """Los campos que no coinciden, con el nombre que llevan en la página."""
        return [
            d._replace(nombre=self.add_prefix(d.nombre))
            for d in super().distintos(actual)
            if d.nombre in self.CAMPOS
        ]

    def seguir_desde(self, actual: ConVersion) -> None:
        """La deja lista para guardarse sobre lo que otra persona guardó, sin tocar lo escrito."""
        datos: Any = self.data.copy()  # type: ignore[attr-defined]  # siempre es un QueryDict
        datos[self.add_prefix("version")] = str(actual.version)
        self.data = datos

    def por_guardar(self) -> dict[str, Any]:
        """Los campos del modelo con su valor limpio."""
        return {campo: self.cleaned_data[campo] for campo in self.CAMPOS}


def huella_de(valores: dict[str, Any]) -> str:
    """Reconoce unos valores iguales aunque el número se escriba distinto."""
    partes = [escribir_cifra(v) if isinstance(v, Decimal) else v or None for v in valores.values()]
    return sha256(repr(partes).encode()).hexdigest()[:LARGO]


class FormaRespuesta(FormaDeFila):
    """La respuesta a un renglón; si se dice por qué no aplica, no lleva respuesta."""

    CAMPOS = ("valor", "texto", "motivo")

    valor = Cifra(label="Número", required=False)
    texto = Parrafos(label="Respuesta", required=False, widget=forms.Textarea(attrs={"rows": 5}))
    motivo = Linea(
        label="Por qué no aplica este bimestre",
        required=False,
        max_length=300,
        help_text="Escríbelo solo si no hay nada que responder; entonces deja la respuesta vacía.",
    )

    def __init__(self, fila: Fila, data: Any = None) -> None:
        """Con su unidad; el número solo se pide si la hay."""
        super().__init__(fila, data)
        if fila.unidad:
            self.fields["valor"].label = f"Número de {fila.unidad}"
        else:
            self.fields["valor"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Una cosa o la otra."""
        datos = super().clean() or self.cleaned_data
        if datos.get("motivo") and (datos.get("texto") or datos.get("valor") is not None):
            self.add_error("motivo", "Elige: o respondes o dices por qué no aplica. Borra lo que sobre.")
        return datos

    def por_guardar(self) -> dict[str, Any]:
        """«No aplica» es haber dicho por qué."""
        return super().por_guardar() | {"no_aplica": bool(self.cleaned_data["motivo"])}


class FormaAvance(FormaDeFila):
    """El avance de una acción: un porcentaje o palabras, no ambos."""

    CAMPOS = ("declarado", "textual", "nota")

    declarado = Porcentaje(label="Avance (%)", required=False)
    textual = Linea(
        label="O dilo con palabras", required=False, max_length=200, help_text="«En etapa de diseño»."
    )
    nota = Parrafos(label="Nota aclaratoria", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        """Una cosa o la otra."""
        datos = super().clean() or self.cleaned_data
        if datos.get("declarado") is not None and datos.get("textual"):
            self.add_error("textual", "Deja el porcentaje o las palabras, no ambos.")
        return datos


class FormaEncargo(FormaMesa):
    """A quién se encarga preparar los reportes y entre qué fechas."""

    correo = forms.EmailField(
        label="Correo con el que entra al portal",
        max_length=254,
        error_messages={"required": "Escribe su correo.", "invalid": "Revisa el correo: le falta algo."},
    )
    desde = Fecha(label="Desde", required=False, help_text="Vacío: desde hoy.")
    hasta = Fecha(label="Hasta", required=False, help_text="Vacío: hasta que lo termines.")

    def clean(self) -> dict[str, Any]:
        """Las fechas van en orden."""
        datos = super().clean() or self.cleaned_data
        desde, hasta = datos.get("desde"), datos.get("hasta")
        if desde and hasta and hasta < desde:
            self.add_error("hasta", "La fecha final no puede ser anterior a la inicial.")
        return datos
