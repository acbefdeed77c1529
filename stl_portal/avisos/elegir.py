"""«Mis avisos»: cada quien elige qué recibe enseguida, qué en un resumen diario y qué no."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from . import clases, destino, preferencias
from .models import Aviso, EstadoAviso, Modo

MODOS = [(Modo.ENSEGUIDA, "Enseguida"), (Modo.RESUMEN, "En un resumen diario"), (Modo.NO, "No recibirlo")]
EXTRANO = "Elige una de las tres maneras de recibirlo."


class MisAvisos(forms.Form):
    """Una lista de tres maneras por cada clase que se elige."""

    def __init__(self, *args: Any, elegidos: Mapping[str, Modo], **kwargs: Any) -> None:
        """`elegidos`: cómo está ahora cada una."""
        super().__init__(*args, **kwargs)
        for clave, modo in elegidos.items():
            clase = clases.CLASES[clave]
            self.fields[clave] = forms.ChoiceField(
                label=clase.nombre,
                help_text=f"{clase.cuando}.",
                choices=MODOS,
                initial=modo,
                error_messages={"invalid_choice": EXTRANO, "required": EXTRANO},
            )

    def grupos(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Los campos, bajo el título de su grupo."""
        for grupo, suyas in clases.por_grupo(que_se_eligen=True).items():
            yield grupo, [self[clase.clave] for clase in suyas]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mis_avisos(request: HttpRequest) -> HttpResponse:
    """Ver y cambiar cómo se recibe cada clase. Con algo que no se ofrece, 422 con su campo."""
    usuario: int = request.user.pk  # type: ignore[assignment]  # ya entró
    datos = request.POST if request.method == "POST" else None
    form = MisAvisos(datos, elegidos=preferencias.de(usuario))
    if form.is_bound and form.is_valid():
        preferencias.guardar(usuario, form.cleaned_data)
        messages.success(request, "Se guardó cómo quieres recibir cada correo.")
        return redirect("mis_avisos")
    correo = request.user.email  # type: ignore[union-attr]
    contexto = {
        "form": form,
        "siempre": clases.por_grupo(que_se_eligen=False),
        "hora": preferencias.hora_del_resumen(),
        "correo": correo,
        "rebota": destino.rebota(correo),
        "juntados": Aviso.objects.filter(para=correo, estado=EstadoAviso.EN_RESUMEN).count(),
    }
    return render(request, "avisos/mis_avisos.html", contexto, status=422 if form.is_bound else 200)
