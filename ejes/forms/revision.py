"""Formularios de quien revisa un reporte: una parte, una evidencia, abrir la corrección y filtrar la fila."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ejes.estados import EstadoReporte, RevisionEvidencia, Veredicto
from ejes.forms.reportes import Porcentaje
from ejes.models import Bimestre, Dictamen, DictamenEvidencia
from ejes.revision.dictaminar import momento_de
from ejes.revision.partes import DE_TODO, Parte, ancla_de
from sesiones.forms.base import FormaMesa, Llano
from sesiones.forms.filtros import Filtro

DECIDE = {
    "required": "Elige si se valida o se observa.",
    "invalid_choice": "Elige si se valida o se observa.",
}
NO_REPORTO = "no_reporto"


class FormaDictamen(FormaMesa):
    """Validar u observar un renglón, una acción o todo el reporte."""

    nombre = "forma_dictamen"

    verificado = Porcentaje(
        label="Avance verificado (%)",
        required=False,
        help_text="Lo que sostienen las evidencias, de 0 a 100.",
    )
    nota = Llano(
        label="Qué falta o qué no coincide",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    veredicto = forms.ChoiceField(choices=Veredicto.choices, error_messages=DECIDE)
    visto = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, parte: Parte | None, dictamen: Dictamen | None, datos: Any = None) -> None:
        """Con lo que ya se dijo puesto; sin `parte`, es sobre todo el reporte."""
        inicial: dict[str, Any] = {"visto": momento_de(dictamen)}
        if dictamen:
            inicial |= {"nota": dictamen.nota, "verificado": dictamen.verificado}
        ancla = parte.ancla if parte else ancla_de(DE_TODO)
        super().__init__(datos, initial=inicial, auto_id=f"{ancla}_%s")
        if parte is None or not parte.de_accion:
            del self.fields["verificado"]
            return
        self.fields["nota"].help_text = "Al observar, qué falta. Al validar otra cifra, por qué: se publica."
        if dictamen and dictamen.veredicto == Veredicto.OBSERVADO:
            self.initial["nota"] = ""  # lo que se observó no es la explicación de la cifra


class FormaEvidencia(FormaMesa):
    """Verificar u observar una evidencia."""

    nombre = "forma_evidencia"

    motivo = Llano(
        label="Por qué la observas", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    revision = forms.ChoiceField(choices=RevisionEvidencia.choices, error_messages=DECIDE)
    visto = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, pk: int, dictamen: DictamenEvidencia | None, datos: Any = None, en: str = "") -> None:
        """`en` es la parte junto a la que se muestra: una evidencia puede respaldar varias."""
        inicial = {"visto": momento_de(dictamen), "motivo": dictamen.motivo if dictamen else ""}
        super().__init__(datos, initial=inicial, auto_id=f"{en}_evidencia-{pk}_%s")


class FormaCorregir(FormaMesa):
    """Por qué se abre la corrección."""

    nombre = "forma_corregir"

    motivo = Llano(
        label="Qué hay que corregir",
        max_length=2000,
        help_text="Lo lee la institución.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Di qué hay que corregir."},
    )


class FiltroRevision(Filtro):
    """Por bimestre y por lo que falta."""

    bimestre = forms.ChoiceField(label="Bimestre", required=False)
    estado = forms.ChoiceField(
        label="Estado",
        required=False,
        choices=(
            ("", "Por atender"),
            (EstadoReporte.ENVIADO, "Por revisar"),
            (EstadoReporte.VALIDADO, "Por publicar"),
            (EstadoReporte.OBSERVADO, "Esperan a la institución"),
            (NO_REPORTO, "No reportaron"),
            (EstadoReporte.PUBLICADO, "Publicados"),
        ),
    )

    def __init__(self, datos: Any, bimestres: Iterable[Bimestre]) -> None:
        """Ofrece los bimestres de los planes que la cuenta revisa."""
        super().__init__(datos)
        campo: Any = self.fields["bimestre"]
        campo.choices = [("", "Todos"), *((str(b.pk), f"{b} · {b.plan}") for b in bimestres)]
