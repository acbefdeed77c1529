"""Reglas del órgano: cada versión rige desde una fecha y cierra la anterior."""

from typing import Any

from django import forms

from sesiones.estados import Sector
from sesiones.models import Regla

from .palabras_de_reglas import AYUDAS, FORMATOS, NOMBRES
from .registros import FormaRegistro, FormaVersion, Grupo

# Cómo se agrupan en la página: quien la lee busca por asunto, no por nombre de campo.
ASUNTOS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Desde cuándo y por qué", ("vigente_desde", "vigente_hasta", "fundamento")),
    (
        "Quórum",
        (
            "quorum_numerador",
            "quorum_denominador",
            "quorum_redondeo",
            "quorum_mas_uno",
            "quorum_base",
            "quorum_cuenta_facilitadora",
            "quorum_requiere_presidencia",
        ),
    ),
    ("Segunda convocatoria", ("segunda_convocatoria", "segunda_minutos")),
    ("Aviso previo", ("aviso_ordinaria", "aviso_extraordinaria", "aviso_habiles")),
    ("Votación", ("mayoria", "voto_de_calidad", "admite_abstencion")),
    ("Forma del acta", ("estilo_acta", "renglones", "formatos_agenda")),
    (
        "Revisión, firma y publicación del acta",
        (
            "quien_revisa",
            "revision_dias",
            "aprobacion",
            "quien_firma",
            "firma_en_orden",
            "publica_sin_firmas",
            "publicacion_dias",
        ),
    ),
    ("Preguntas de la ciudadanía", ("respuesta_dias",)),
    ("Numeración e integración", ("reinicio", "reinicio_por_tipo", "numeral", "representacion_meses")),
)


class FormaRegla(FormaVersion):
    """Todas las reglas de una versión; el mínimo por sector se pregunta sector por sector."""

    GRUPOS = ASUNTOS

    formatos_agenda = forms.ChoiceField(label="Cómo se numera el orden del día", choices=FORMATOS)

    class Meta(FormaRegistro.Meta):
        model = Regla
        fields = tuple(campo for _, campos in ASUNTOS for campo in campos)
        labels = NOMBRES
        help_texts = AYUDAS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Un número por sector en lugar de un texto con formato."""
        super().__init__(*args, **kwargs)
        minimos = self.instance.quorum_por_sector or {}
        for sector, nombre in Sector.choices:
            self.fields[f"sector_{sector}"] = forms.IntegerField(
                label=nombre,
                required=False,
                min_value=0,
                max_value=99,
                initial=minimos.get(sector),
            )
        self.fields["vigente_desde"].required = True
        self._conservar_formato()

    def _conservar_formato(self) -> None:
        """La numeración que ya tiene y no es de las comunes se ofrece tal cual, para no perderla."""
        campo: Any = self.fields["formatos_agenda"]
        actual = self.instance.formatos_agenda
        if actual not in dict(campo.choices):
            campo.choices = [*campo.choices, (actual, f"Como está: {actual}")]

    def clean(self) -> dict[str, Any]:
        """La fracción del quórum no pasa de uno."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        numerador, denominador = datos.get("quorum_numerador"), datos.get("quorum_denominador")
        if denominador and numerador is not None and numerador > denominador:
            self.add_error("quorum_numerador", "La fracción del quórum no puede pasar de uno.")
        return datos

    def _post_clean(self) -> None:
        """Arma el mínimo por sector con los números escritos."""
        super()._post_clean()
        datos = self.cleaned_data
        self.instance.quorum_por_sector = {
            sector: datos[f"sector_{sector}"] for sector in Sector.values if datos.get(f"sector_{sector}")
        }

    def grupos(self) -> list[Grupo]:
        """Después del quórum va el mínimo por sector, un número por cada uno."""
        grupos = super().grupos()
        por_sector = [self[f"sector_{s}"] for s in Sector.values]
        minimo = Grupo("Quórum: cuántas personas de cada sector, al menos (vacío: no se exige)", por_sector)
        return [*grupos[:2], minimo, *grupos[2:]]
