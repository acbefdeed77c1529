"""Guardar de una vez lo escrito en muchos apartados: lo que choca o trae error no detiene a lo demás."""

from http import HTTPStatus
from typing import Any

from django.http import JsonResponse

from stl_portal.versiones import VersionRancia

from . import escribir
from .apartado import Apartado
from .armar import Parte
from .forms import FormaApartado, huella_de
from .models import InformeAnual, TextoDeApartado
from .registro import Fuente


def guardar_todas(formas: list[FormaApartado], por: Any) -> tuple[list[FormaApartado], int]:
    """Las que no se guardaron, con su porqué, y qué se contesta: 409, 422 o 0 si no falló ninguna.

    Lanza `ValidationError` si mientras tanto el informe se publicó o se descartó.
    """
    estados = [(forma, _guardar_una(forma, por)) for forma in formas]
    rechazadas = [forma for forma, estado in estados if estado]
    return rechazadas, max((estado for _, estado in estados), default=0)


def guardar_sola(informe: InformeAnual, fuente: Fuente, enviado: Any, por: Any) -> JsonResponse:
    """Lo que se contesta al guardado automático de un apartado; no se pregunta lo que en él consta.

    Lanza `ValidationError` si mientras tanto el informe se publicó o se descartó.
    """
    datos = enviado.copy()
    datos[f"{fuente.clave}-version"] = datos.get("version", "")
    escrito = informe.textos.filter(apartado=fuente.clave).first()
    texto = escrito or TextoDeApartado(informe=informe, apartado=fuente.clave)
    forma = FormaApartado(Parte(fuente, texto, Apartado(())), datos)
    if not forma.is_valid():
        mensajes = [str(m) for suyos in forma.errors.values() for m in suyos]
        cuerpo = {"error": "texto", "mensaje": " ".join(mensajes)}
        return JsonResponse(cuerpo, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    limpios = forma.cleaned_data
    try:
        fila = escribir.guardar(texto, limpios["version"], por, limpios["texto"], va=limpios["va"])
    except VersionRancia as error:
        return _en_conflicto(error.actual, por)
    return JsonResponse({"version": fila.version})


def _en_conflicto(actual: TextoDeApartado, por: Any) -> JsonResponse:
    """La versión que hay, quién la guardó y lo que dice: nada se pisa."""
    cuerpo = {
        "error": "version",
        "mensaje": "Otra persona guardó cambios mientras escribías.",
        "version": actual.version,
        "quien": "Tu otra ventana" if actual.editado_por_id == por.pk else _quien(actual, por),
        "texto": actual.texto,
    }
    return JsonResponse(cuerpo, status=HTTPStatus.CONFLICT)


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
