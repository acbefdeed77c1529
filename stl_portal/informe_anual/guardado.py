"""Guardar de una vez lo escrito en muchos apartados: lo que choca o trae error no detiene a lo demás."""

from http import HTTPStatus
from typing import Any

from stl_portal.versiones import VersionRancia

from . import escribir
from .forms import FormaApartado, huella_de
from .models import TextoDeApartado


def guardar_todas(formas: list[FormaApartado], por: Any) -> tuple[list[FormaApartado], int]:
    """Las que no se guardaron, con su porqué, y qué se contesta: 409, 422 o 0 si no falló ninguna.

    Lanza `ValidationError` si mientras tanto el informe se publicó o se descartó.
    """
    estados = [(forma, _guardar_una(forma, por)) for forma in formas]
    rechazadas = [forma for forma, estado in estados if estado]
    return rechazadas, max((estado for _, estado in estados), default=0)


def _guardar_una(forma: FormaApartado, por: Any) -> int:
    if not forma.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    datos = forma.cleaned_data
    if forma.intacta:
        return 0
    try:
        fila = escribir.guardar(forma.parte.texto, datos["version"], por, datos["texto"], va=datos["va"])
    except VersionRancia as error:
        forma.choque = {"quien": _quien(error.actual, por), "guardado": error.actual.texto}
        forma.seguir_desde(error.actual)
        forma.add_error("texto", "Otra persona guardó este apartado mientras escribías.")
        return HTTPStatus.CONFLICT
    # Si otra forma se rechaza, la página se vuelve a pintar: esta ya es lo guardado.
    forma.seguir_desde(fila, base=huella_de(fila.texto, va=fila.va))
    return 0


def _quien(fila: TextoDeApartado, por: Any) -> str:
    """Quién guardó antes, dicho a quien ahora guarda."""
    if fila.editado_por_id == por.pk:
        return "Tú, en otra ventana,"
    return str(fila.editado_por) if fila.editado_por else "Otra persona"
