"""Los renglones de la revisión: una forma por cada asistente, punto, acuerdo, votación…"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sesiones.estados import Resultado, Sector, TipoPunto
from sesiones.forms.base import Fecha, Linea, ListaLarga, Parrafos
from sesiones.historicas.estados import CON_ASIENTO, Lugar

NUEVA, TEXTO = "nueva", "texto"
ELIGE = ("", "Elige")
SIN_REGISTRO = (Lugar.INVITADA, Lugar.PONENTE)
RUTA = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,2}")


@dataclass(frozen=True)
class Opciones:
    """Lo que se ofrece en cada fila: personas por nombre escrito y asientos del órgano."""

    personas: dict[str, list[tuple[str, str]]]
    asientos: list[tuple[str, str]]
    instituciones: dict[str, list[tuple[str, str]]]

    def de_persona(self, nombre: str) -> list[tuple[str, str]]:
        """Las parecidas, la nueva y, para quien no ocupa un asiento, dejar solo el nombre."""
        registrar = f"No está: registrar a «{nombre}»" if nombre else "No está: registrarla"
        fijas = [(NUEVA, registrar), (TEXTO, "Dejar solo el nombre escrito (invitadas y ponentes)")]
        return [ELIGE, *self.personas.get(nombre, []), *fijas]

    def de_asiento(self, institucion: str) -> list[tuple[str, str]]:
        """Los asientos del órgano, las instituciones parecidas sin asiento, y la nueva."""
        registrar = f"No está: registrar «{institucion}»" if institucion else "No está: registrarla"
        return [ELIGE, *self.asientos, *self.instituciones.get(institucion, []), (NUEVA, registrar)]


class Ruta(forms.CharField):
    """El número de un punto del orden del día: «4», «4.1»."""

    def to_python(self, value: Any) -> str:
        """Sin espacios ni punto final; lanza `ValidationError` si no es un número así."""
        ruta = "".join((super().to_python(value) or "").split()).rstrip(".")
        if ruta and not RUTA.fullmatch(ruta):
            raise ValidationError("Escribe el número del punto así: 4 o, si es un inciso, 4.1.")
        return ruta


class Fila(forms.Form):
    """Un renglón. `hallado` es lo que se propuso de él, con sus renglones y su confianza."""

    opciones: Opciones
    hallado: dict[str, Any] | None = None

    def __init__(self, *args: Any, opciones: Opciones, **kwargs: Any) -> None:
        """Recibe lo que se ofrece."""
        self.opciones = opciones
        super().__init__(*args, **kwargs)

    @property
    def visibles(self) -> Iterable[forms.BoundField]:
        """Sus campos, sin la casilla de quitar."""
        return [campo for campo in self if campo.name != "DELETE"]

    @property
    def se_quita(self) -> bool:
        """Si se marcó para quitarlo."""
        return bool(getattr(self, "cleaned_data", {}).get("DELETE"))

    @property
    def rotulo(self) -> str:
        """De qué renglón es un error: lo que dice su primer campo."""
        return str(self[next(iter(self.fields))].value() or "")


class FilaAsistente(Fila):
    """Alguien que estuvo."""

    nombre = Linea(label="Nombre en el acta", max_length=200)
    persona = forms.ChoiceField(label="Quién es", widget=ListaLarga)
    lugar = forms.ChoiceField(label="Cómo estuvo", choices=Lugar.choices, initial=Lugar.TITULAR)
    institucion = Linea(label="Institución en el acta", max_length=200, required=False)
    asiento = forms.ChoiceField(label="Asiento que ocupa", required=False, widget=ListaLarga)
    sector = forms.ChoiceField(
        label="Sector de la institución nueva", required=False, choices=[("", "—"), *Sector.choices]
    )
    tratamiento = Linea(max_length=20, required=False)
    cargo = Linea(max_length=250, required=False)
    desde = Ruta(label="Llegó en el punto", required=False, help_text="Vacío: desde el principio.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ofrece las personas y los asientos que se parecen a lo escrito."""
        super().__init__(*args, **kwargs)
        persona: Any = self.fields["persona"]
        asiento: Any = self.fields["asiento"]
        persona.choices = self.opciones.de_persona(str(self["nombre"].value() or ""))
        asiento.choices = self.opciones.de_asiento(str(self["institucion"].value() or ""))

    def clean(self) -> dict[str, Any]:
        """Quien ocupa un asiento se reconoce y dice cuál."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        lugar = datos.get("lugar", "")
        if lugar in CON_ASIENTO and not datos.get("asiento") and "asiento" not in self.errors:
            self.add_error("asiento", "Elige qué asiento ocupa, o cómo se registra su institución.")
        if datos.get("persona") == TEXTO and lugar not in SIN_REGISTRO:
            self.add_error("persona", "Quien ocupa un asiento debe ser una persona registrada.")
        if lugar in CON_ASIENTO and datos.get("asiento") == NUEVA and not datos.get("institucion"):
            self.add_error("institucion", "Escribe el nombre de la institución que se registra.")
        return datos


class FilaPunto(Fila):
    """Un punto del orden del día."""

    ruta = Ruta(label="Número")
    titulo = Linea(label="Título", max_length=500)
    tipo = forms.ChoiceField(choices=TipoPunto.choices, initial=TipoPunto.ASUNTO)
    resultado = forms.ChoiceField(
        required=False, choices=[("", "El acta no lo dice"), *Resultado.choices[1:]]
    )
    motivo = Linea(label="Motivo, si se retiró o pospuso", max_length=500, required=False)
    desahogo = Parrafos(label="Lo que se dijo", required=False, widget=forms.Textarea(attrs={"rows": 5}))


class FilaAcuerdo(Fila):
    """Un acuerdo; su número es su lugar en la lista."""

    punto = Ruta(label="Punto del orden del día")
    texto = Parrafos(widget=forms.Textarea(attrs={"rows": 4}))
    responsable = Linea(max_length=250, required=False)


class FilaVoto(Fila):
    """Una votación."""

    punto = Ruta(label="Punto del orden del día")
    acuerdo = forms.IntegerField(label="Número del acuerdo", required=False, min_value=1)
    asunto = Linea(label="Qué se votó", max_length=500)
    forma = forms.ChoiceField(
        choices=[("unanimidad", "Por unanimidad"), ("conteo", "Con conteo")], initial="unanimidad"
    )
    a_favor = forms.IntegerField(required=False, min_value=0, max_value=999)
    en_contra = forms.IntegerField(required=False, min_value=0, max_value=999)
    abstenciones = forms.IntegerField(required=False, min_value=0, max_value=999)

    def clean(self) -> dict[str, Any]:
        """Un conteo dice cuántos votos hubo."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        votos = (datos.get("a_favor"), datos.get("en_contra"), datos.get("abstenciones"))
        if datos.get("forma") == "conteo" and not any(votos):
            self.add_error("a_favor", "Escribe cuántos votos hubo; si el acta no lo dice, quita la votación.")
        return datos


class FilaOficio(Fila):
    """Un oficio del que se da cuenta."""

    folio = Linea(max_length=80)
    asunto = Linea(max_length=300)
    remitente = Linea(label="Quién lo firma", max_length=200, required=False)
    punto = Ruta(label="Punto del orden del día")


class FilaPlazo(Fila):
    """Un plazo."""

    concepto = Linea(label="Qué vence", max_length=250)
    literal = Linea(label="Como se dijo", max_length=250, required=False)
    fecha = Fecha(required=False)
    punto = Ruta(label="Punto del orden del día")
    acuerdo = forms.IntegerField(label="Número del acuerdo", required=False, min_value=1)


class FilaFirmante(Fila):
    """Quien firma el acta."""

    nombre = Linea(label="Nombre en la hoja de firmas", max_length=200)
    cargo = Linea(max_length=250, required=False)
    explicacion = Linea(
        label="Por qué firma, si no está entre quienes asistieron", max_length=300, required=False
    )
