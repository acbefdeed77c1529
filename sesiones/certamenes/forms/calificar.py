"""Las formas del comité: calificar o abstenerse."""

from typing import Any

from django import forms

from sesiones.certamenes.models import Certamen, Dictamen
from sesiones.forms.base import Linea


class FormaCalificacion(forms.Form):
    """Los puntos de cada criterio."""

    def __init__(self, *args: Any, certamen: Certamen, dictamen: Dictamen | None, **kwargs: Any) -> None:
        """Con lo que ya había puesto, si algo."""
        super().__init__(*args, **kwargs)
        puestos = {p.criterio_id: p.puntos for p in dictamen.puntajes.all()} if dictamen else {}
        self.criterios = list(certamen.criterios.all())
        for criterio in self.criterios:
            fuera = f"Escribe un número entero de 0 a {criterio.escala}."
            self.fields[f"criterio_{criterio.pk}"] = forms.IntegerField(
                label=f"{criterio.nombre} ({criterio.peso}%)",
                min_value=0,
                max_value=criterio.escala,
                initial=puestos.get(criterio.pk),
                help_text=f"{criterio.que_se_mira} De 0 a {criterio.escala}.".strip(),
                error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), fuera),
            )

    @property
    def puntos(self) -> dict[int, int]:
        """Los puntos, por criterio."""
        return {c.pk: self.cleaned_data[f"criterio_{c.pk}"] for c in self.criterios}


class FormaAbstencion(forms.Form):
    """Por qué no la califica."""

    motivo = Linea(
        label="Cuál es tu conflicto de interés",
        max_length=300,
        help_text="Por ejemplo: trabajé en esa práctica. Lo lee quien conduce; no se publica.",
        error_messages={"required": "Di cuál es el conflicto de interés."},
    )
